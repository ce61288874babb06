import { Button, Table, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { dataApi } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { attempt } from "../ui/notify.ts";
import { RowsTable } from "../ui/RowsTable.tsx";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./settings.module.css";

/** Counters of the rate-limit nodes, created automatically; they can be viewed and reset here. */
export function CountersPanel() {
  const { t, moment, number } = useWords();
  const counters = useLoad(() => dataApi.counters(), []);
  const reset = (name: string) =>
    modals.openConfirmModal({
      title: t("counters.resetTitle", { name }),
      children: t("counters.resetText"),
      labels: { confirm: t("counters.reset"), cancel: t("common.cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void attempt(() => dataApi.resetCounter(name)).then(counters.reload),
    });
  return (
    <div className={`${classes.panel} ${classes.below}`}>
      <Title order={2} mb={4}>
        {t("counters.title")}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t("counters.help")}
      </Text>
      <RowsTable
        of={counters}
        empty={<Empty title={t("counters.empty")} />}
        head={[t("counters.name"), { right: t("counters.keys") }, { right: t("counters.total") }, t("counters.last"), { w: 140 }]}
      >
        {(row) => (
          <Table.Tr key={row.counter}>
            <Table.Td>{row.counter}</Table.Td>
            <Table.Td ta="right">{number(row.keys)}</Table.Td>
            <Table.Td ta="right">{number(row.total)}</Table.Td>
            <Table.Td>{moment(row.lastAt)}</Table.Td>
            <Table.Td ta="right">
              <Button size="compact-xs" variant="default" onClick={() => reset(row.counter)}>
                {t("counters.reset")}
              </Button>
            </Table.Td>
          </Table.Tr>
        )}
      </RowsTable>
    </div>
  );
}
