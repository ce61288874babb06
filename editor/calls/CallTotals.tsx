import { Text, Tooltip } from "@mantine/core";
import { useEffect } from "react";
import { shownWays, surelyMany } from "../../flows/reports/report-text.ts";
import { wayWords } from "../../flows/reports/words.ts";
import { api, type CallsQuery, type CallTotals as Totals } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { useFlowTitles } from "../ui/FlowSelect.tsx";
import { IconPhoneIncoming } from "../ui/icons.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import type { ChosenRow } from "./call-filter.ts";
import classes from "./calls.module.css";
import { inPercent, TotalsTable, type Row } from "./TotalsTable.tsx";
import { useFollow } from "./use-follow.ts";

type Props = { query: CallsQuery; onOpen(row: ChosenRow): void };

/** Totals of the filtered calls; each table adds up to the calls on top, each row opens its calls. */
export function CallTotals({ query, onOpen }: Props) {
  const { t } = useWords();
  const loaded = useLoad(() => api.totals(query), [JSON.stringify(query)]);
  useFollow([loaded]);
  useAgain(loaded.data?.uncounted ?? 0, loaded.reload);
  return (
    <Loading
      of={loaded}
      empty={(data) =>
        data.calls + data.uncounted === 0 && (
          <Empty icon={<IconPhoneIncoming size={32} />} title={t("calls.totals.empty")}>
            {t("calls.totals.emptyHelp")}
          </Empty>
        )
      }
    >
      {(data) => <Figures totals={data} oneFlow={Boolean(query.flow)} onOpen={onOpen} />}
    </Loading>
  );
}

/** While calls of earlier days are being counted, asks again. */
function useAgain(uncounted: number, reload: () => void): void {
  useEffect(() => {
    if (uncounted === 0) return;
    const timer = setInterval(reload, 2_000);
    return () => clearInterval(timer);
  }, [uncounted, reload]);
}

function Figures({ totals, oneFlow, onOpen }: { totals: Totals; oneFlow: boolean } & Pick<Props, "onOpen">) {
  const { t, say, number, language } = useWords();
  const titles = useFlowTitles([...totals.reasons.flatMap(({ key }) => (key ? [key.flow] : [])), ...totals.unmarked.slice(0, mostNamed)]);
  const deflected = totals.ways.find(({ key }) => key === "deflected")!;
  const few = totals.calls < surelyMany;
  const wayRows = shownWays(totals).map((row): Row => {
    const name = say(wayWords[row.key]);
    return { ...row, id: row.key, name, open: { name, way: row.key } };
  });
  const reasonRows = totals.reasons.map(({ key, title, ...row }): Row => {
    if (key === null) return { ...row, id: "-", name: t("calls.totals.noReason"), open: { name: t("calls.totals.noReason"), reason: "-" } };
    const name = title ? say(title) : key.reason;
    const from = oneFlow ? {} : { from: titles.get(key.flow) ?? key.flow };
    return { ...row, id: `${key.flow} ${key.reason}`, name, ...from, open: { name, flow: key.flow, reason: key.reason } };
  });
  const outcomeRows = totals.outcomes.map(({ key, title, ...row }): Row => {
    const name = key === null ? t("calls.totals.noOutcome") : title ? say(title) : key;
    const from = key !== null && name !== key ? { from: key } : {};
    return { ...row, id: key ?? "-", name, ...from, open: { name, outcome: key ?? "-" } };
  });
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>{t("calls.totals.calls")}</dt>
          <dd data-total>{number(totals.calls)}</dd>
        </div>
        <Tooltip label={t("calls.totals.deflectedHelp")} multiline w={280}>
          <div>
            <dt>{t("calls.totals.deflected")}</dt>
            <dd>
              {inPercent(deflected.permille / 10, language, 1)}
              {few && totals.calls > 0 && <small>{`${Math.round(deflected.low * 100)}–${inPercent(deflected.high * 100, language, 0)}`}</small>}
            </dd>
          </div>
        </Tooltip>
      </dl>
      <div className={classes.tables}>
        <TotalsTable title={t("calls.totals.ways")} rows={wayRows} few={few} onOpen={onOpen} />
        <TotalsTable title={t("calls.totals.reasons")} rows={reasonRows} few={few} onOpen={onOpen} />
        <TotalsTable title={t("calls.totals.outcomes")} rows={outcomeRows} few={few} onOpen={onOpen} />
      </div>
      <Notes totals={totals} titles={titles} />
    </>
  );
}

const mostNamed = 4;

/** Notes on the figures: calls not included and the basis of goals. */
function Notes({ totals: { live, uncounted, unmarked }, titles }: { totals: Totals } & { titles: ReadonlyMap<string, string> }) {
  const { t, number } = useWords();
  const named = unmarked.slice(0, mostNamed).map((id) => titles.get(id) ?? id);
  const flows = [...named, ...(unmarked.length > mostNamed ? ["…"] : [])].join(", ");
  return (
    <Text fz="xs" c="dimmed" mt="sm" maw={760}>
      {uncounted > 0 && `${t("calls.totals.uncounted", { shown: number(uncounted) })} `}
      {live > 0 && `${t("calls.totals.live", { shown: number(live) })} `}
      {unmarked.length > 0 && t("calls.totals.unmarked", { flows })}
    </Text>
  );
}
