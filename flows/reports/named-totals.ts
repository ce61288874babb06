import type { FindFlow } from "../compile/unit.ts";
import type { Flow } from "../schema/flow.ts";
import type { Localized } from "../schema/values.ts";
import { marksOf } from "./call-facts.ts";
import { outcomeTitle, reasonTitle } from "./titles.ts";
import { totalsOf, type Cell, type Totals, type TotalsRow } from "./totals.ts";

type Titled<Row> = Row & { title: Localized | null };

/** Totals with row titles; null: the document has no title, and the key is used. */
export type NamedTotals = Omit<Totals, "reasons" | "outcomes"> & {
  reasons: Titled<Totals["reasons"][number]>[];
  outcomes: Titled<Totals["outcomes"][number]>[];
  /** Flows without marked goals: any outcome reached before the call ended counts as a goal. */
  unmarked: string[];
};

/** Sums cells (see `totalsOf`) and names the rows with the documents returned by `flowOf`. */
export function namedTotals(cells: readonly Cell[], flowOf: (id: string) => Flow | null, find?: FindFlow): NamedTotals {
  const totals = totalsOf(cells);
  const played = [...new Set(cells.map((cell) => cell.flow))].flatMap((id) => flowOf(id) ?? []);
  const outcomeIn = (outcome: string, language: string) => first(played, (flow) => outcomeTitle(flow, outcome, language));
  return {
    ...totals,
    reasons: totals.reasons.map((row) =>
      titled(row, row.key === null ? null : inBoth((language) => reasonIn(flowOf(row.key!.flow), row.key!.reason, language, find))),
    ),
    outcomes: totals.outcomes.map((row) => titled(row, row.key === null ? null : inBoth((language) => outcomeIn(row.key!, language)))),
    unmarked: played.filter((flow) => flow.kind !== "script" && !marksOf(flow).goal).map(({ id }) => id),
  };
}

const reasonIn = (flow: Flow | null, reason: string, language: string, find: FindFlow | undefined): string | null =>
  flow && reasonTitle(flow, reason, language, find);

const titled = <Row extends TotalsRow<unknown>>(row: Row, title: Localized | null): Titled<Row> => ({ ...row, title });

function inBoth(title: (language: string) => string | null): Localized | null {
  const [ru, en] = [title("ru"), title("en")];
  return ru === null || en === null ? null : { ru, en };
}

function first<T>(flows: readonly Flow[], look: (flow: Flow) => T | null): T | null {
  for (const flow of flows) {
    const found = look(flow);
    if (found !== null) return found;
  }
  return null;
}
