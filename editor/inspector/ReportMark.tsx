import { Select } from "@mantine/core";
import { goalMark, reasonMark } from "../../flows/reports/call-facts.ts";
import { setTitle } from "../document/edits/set-title.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";

/** How reports count a node; a custom name from a file is kept. */
export function ReportMark({ id }: { id: string }) {
  const { t } = useWords();
  const store = useFlowStore();
  const mark = useFlow((state) => state.flow.nodes[id]?.analytics);
  const marks = [reasonMark, goalMark];
  return (
    <Select
      label={t("inspector.report")}
      description={t("inspector.reportHelp")}
      placeholder={t("inspector.report.none")}
      clearable
      data={[
        ...marks.map((value) => ({ value, label: t(`inspector.report.${value}`) })),
        ...(mark && !marks.includes(mark) ? [{ value: mark, label: mark }] : []),
      ]}
      value={mark ?? null}
      onChange={(value) => store.edit(setTitle(id, { analytics: value ?? undefined }))}
    />
  );
}
