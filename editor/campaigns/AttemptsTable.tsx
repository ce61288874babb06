import { Group, Pagination, Table, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconPhoneOutgoing } from "../ui/icons.ts";
import { linkTo, pathOf } from "../ui/router.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { attemptOutcome } from "./ContactsTable.tsx";

const page = 50;

/** Every attempt with the rule that allowed or denied it and the evidence. */
export function AttemptsTable({ id, turn }: { id: string; turn: number }) {
  const { t, moment } = useWords();
  const [offset, setOffset] = useState(0);
  const attempts = useLoad(() => api.attempts(id, { limit: page + 1, offset }), [id, offset, turn]);
  return (
    <Loading
      of={attempts}
      empty={(rows) => rows.length === 0 && offset === 0 && <Empty icon={<IconPhoneOutgoing size={28} />} title={t("campaigns.noAttempts")} />}
    >
      {(rows) => (
        <>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("campaigns.requested")}</Table.Th>
                <Table.Th>{t("campaigns.phone")}</Table.Th>
                <Table.Th>{t("campaigns.attemptState")}</Table.Th>
                <Table.Th>{t("campaigns.lastOutcome")}</Table.Th>
                <Table.Th>SIP · Q.850</Table.Th>
                <Table.Th>{t("campaigns.rule")}</Table.Th>
                <Table.Th>{t("campaigns.evidence")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, page).map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>{moment(row.requestedAt)}</Table.Td>
                  <Table.Td ff="monospace" fz="sm">
                    {row.number}
                  </Table.Td>
                  <Table.Td>{t(`attempt.${row.state}`)}</Table.Td>
                  <Table.Td>{row.outcome ? attemptOutcome(row.outcome, t) : "—"}</Table.Td>
                  <Table.Td>
                    {row.sipStatus ?? "—"} · {row.q850 ?? "—"}
                  </Table.Td>
                  <Table.Td>{row.rule || "—"}</Table.Td>
                  <Table.Td>
                    <Text fz="xs" lineClamp={1} maw={320} title={row.evidence}>
                      {row.evidence || "—"}
                    </Text>
                  </Table.Td>
                  <Table.Td>{row.callId && <a {...linkTo(pathOf("calls", row.callId))}>{t("campaigns.call")}</a>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Group mt="md">
            {(offset > 0 || rows.length > page) && (
              <Pagination
                size="sm"
                total={offset / page + (rows.length > page ? 2 : 1)}
                value={offset / page + 1}
                onChange={(next) => setOffset((next - 1) * page)}
              />
            )}
          </Group>
        </>
      )}
    </Loading>
  );
}
