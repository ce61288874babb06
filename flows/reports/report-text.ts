import type { FlowLanguage } from "../schema/flow.ts";
import { localize, type Localized } from "../schema/values.ts";
import type { NamedTotals } from "./named-totals.ts";
import type { TotalsRow } from "./totals.ts";
import { endedWords, noOutcomeWords, noReasonWords, wayWords } from "./words.ts";

/** Refused calls are a row only if there are any; the calls of one flow never are. */
export const shownWays = ({ ways }: Pick<NamedTotals, "ways">): NamedTotals["ways"] => ways.filter(({ key, calls }) => key !== "refused" || calls > 0);

/** Below this number of calls, a share is shown with its interval. */
export const surelyMany = 1000;

const words = {
  calls: { ru: "Звонков", en: "Calls" },
  ways: { ru: "Чем обернулись", en: "Results" },
  reasons: { ru: "С чем звонили", en: "Reasons" },
  outcomes: { ru: "Итоги", en: "Outcomes" },
  ended: { ru: "Кто закончил", en: "Ended by" },
  deflected: { ru: "Решено без человека", en: "Resolved without an operator" },
  unmarked: {
    ru: "Цели не отмечены, целью считался любой итог, названный до конца разговора:",
    en: "No goals are marked, so any outcome reached before the call ended counts as a goal:",
  },
} satisfies Record<string, Localized>;

/** The totals as lines of text: every breakdown adds up to the calls above it. */
export function reportText(totals: NamedTotals, language: FlowLanguage): string {
  const say = (text: Localized) => localize(text, language);
  const few = totals.calls > 0 && totals.calls < surelyMany;
  const deflected = totals.ways.find(({ key }) => key === "deflected");
  const part = <Row extends TotalsRow<unknown>>(title: Localized, rows: readonly Row[], name: (row: Row) => string) =>
    rows.length === 0 ? [] : ["", say(title), ...table(rows, rows.map(name), few, language)];
  return [
    `${say(words.calls)}: ${totals.calls}`,
    ...(deflected && totals.calls > 0 ? [`${say(words.deflected)}: ${percent(deflected, language)}${few ? ` (${interval(deflected)})` : ""}`] : []),
    ...part(words.ways, shownWays(totals), ({ key }) => say(wayWords[key])),
    ...part(words.reasons, totals.reasons, ({ key, title }) => (key === null ? say(noReasonWords) : title ? say(title) : key.reason)),
    ...part(words.outcomes, totals.outcomes, ({ key, title }) => (key === null ? say(noOutcomeWords) : title ? `${say(title)} (${key})` : key)),
    ...part(words.ended, totals.ended, ({ key }) => say(endedWords[key])),
    ...(totals.unmarked.length > 0 ? ["", `${say(words.unmarked)} ${totals.unmarked.join(", ")}`] : []),
  ].join("\n");
}

function table(rows: readonly TotalsRow<unknown>[], names: readonly string[], few: boolean, language: FlowLanguage): string[] {
  const wide = Math.max(...names.map((name) => [...name].length));
  const long = Math.max(...rows.map(({ calls }) => String(calls).length));
  return rows.map((row, index) => {
    const name = names[index]! + " ".repeat(wide - [...names[index]!].length);
    return `  ${name}  ${String(row.calls).padStart(long)}  ${percent(row, language).padStart(7)}${few ? `  (${interval(row)})` : ""}`;
  });
}

const percent = ({ permille }: TotalsRow<unknown>, language: FlowLanguage): string => {
  const shown = (permille / 10).toFixed(1);
  return `${language === "ru" ? shown.replace(".", ",") : shown} %`;
};

/** In whole per cent: with few calls more digits would be made up. */
const interval = ({ low, high }: TotalsRow<unknown>): string => `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
