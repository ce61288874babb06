import { Badge, Table, Text } from "@mantine/core";
import type { CallRow } from "../api/index.ts";
import { minutes, useWords } from "../i18n/index.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import classes from "./calls.module.css";

export function CallTable({ calls, titles }: { calls: readonly CallRow[]; titles: ReadonlyMap<string, string> }) {
  const { t, moment } = useWords();
  return (
    <Table className={classes.table!}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("calls.when")}</Table.Th>
          <Table.Th>{t("calls.caller")}</Table.Th>
          <Table.Th>{t("calls.dialled")}</Table.Th>
          <Table.Th>{t("calls.flow")}</Table.Th>
          <Table.Th ta="right">{t("calls.length")}</Table.Th>
          <Table.Th>{t("calls.outcome")}</Table.Th>
          <Table.Th>{t("calls.ended")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map((call) => (
          <Table.Tr key={call.id} className={classes.row} onClick={() => navigate(pathOf("calls", call.id))}>
            <Table.Td>
              <a {...linkTo(pathOf("calls", call.id))}>{moment(call.startedAt)}</a>
            </Table.Td>
            <Table.Td ff="monospace" fz="sm">
              {call.caller || t("calls.hidden")}
            </Table.Td>
            <Table.Td ff="monospace" fz="sm">
              {call.dialled || "—"}
            </Table.Td>
            <Table.Td>
              {titles.get(call.flow) ?? call.flow}{" "}
              <Text span fz="xs" c="dimmed">
                v{call.version}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{call.endedAt ? minutes(call.endedAt - call.startedAt) : "…"}</Table.Td>
            <Table.Td>{call.outcome ?? call.disposition ?? "—"}</Table.Td>
            <Table.Td>
              {call.endedAt ? (
                <Ended call={call} />
              ) : (
                <Badge color="green" variant="light" tt="none">
                  {t("calls.now")}
                </Badge>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function Ended({ call }: { call: CallRow }) {
  const { t } = useWords();
  if (!call.ended) return <>—</>;
  const bad = call.ended === "fault" || call.ended === "limit";
  return (
    <Text span fz="sm" c={bad ? "var(--bad)" : undefined}>
      {t(`ended.${call.ended}`)}
    </Text>
  );
}
