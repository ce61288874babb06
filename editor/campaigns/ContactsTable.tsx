import { Badge, Group, Pagination, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { show } from "../../flows/expressions/evaluate.ts";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconAddressBook, IconSearch } from "../ui/icons.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";

const page = 50;
const colors: Record<string, string> = { new: "gray", waiting: "yellow", active: "blue", done: "green" };

export function ContactsTable({ id, turn }: { id: string; turn: number }) {
  const { t, moment } = useWords();
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 250);
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(0), [settled]);
  const contacts = useLoad(() => api.contacts(id, { search: settled, limit: page, offset }), [id, settled, offset, turn]);
  return (
    <>
      <Group mb="sm">
        <TextInput
          w={240}
          leftSection={<IconSearch size={14} />}
          placeholder={t("campaigns.searchContact")}
          aria-label={t("campaigns.searchContact")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      <Loading
        of={contacts}
        empty={(data) =>
          data.contacts.length === 0 && (
            <Empty icon={<IconAddressBook size={28} />} title={t(settled ? "common.nothingFound" : "campaigns.noContacts")}>
              {settled ? null : t("campaigns.noContactsHelp")}
            </Empty>
          )
        }
      >
        {(data) => (
          <>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("campaigns.phone")}</Table.Th>
                  <Table.Th>{t("campaigns.name")}</Table.Th>
                  <Table.Th>{t("campaigns.state")}</Table.Th>
                  <Table.Th ta="right">{t("campaigns.tries")}</Table.Th>
                  <Table.Th>{t("campaigns.lastOutcome")}</Table.Th>
                  <Table.Th>{t("campaigns.outcome")}</Table.Th>
                  <Table.Th>{t("campaigns.nextAt")}</Table.Th>
                  <Table.Th>{t("campaigns.result")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.contacts.map((contact) => (
                  <Table.Tr key={contact.id}>
                    <Table.Td ff="monospace" fz="sm" title={contact.original}>
                      {contact.phone}
                    </Table.Td>
                    <Table.Td>{contact.name || "—"}</Table.Td>
                    <Table.Td>
                      <Badge tt="none" variant="light" color={colors[contact.state]!}>
                        {t(`contact.${contact.state}`)}
                      </Badge>
                    </Table.Td>
                    <Table.Td ta="right">{contact.attempts}</Table.Td>
                    <Table.Td>{contact.lastOutcome ? attemptOutcome(contact.lastOutcome, t) : "—"}</Table.Td>
                    <Table.Td>{contact.outcome ?? "—"}</Table.Td>
                    <Table.Td>{contact.state === "waiting" ? moment(contact.dueAt) : "—"}</Table.Td>
                    <Table.Td>
                      <Text fz="xs" lineClamp={1} maw={260}>
                        {Object.entries(contact.result)
                          .filter(([, value]) => value !== null && typeof value !== "object")
                          .map(([name, value]) => `${name}: ${show(value)}`)
                          .join(", ") || "—"}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {data.total > page && (
              <Pagination mt="md" size="sm" total={Math.ceil(data.total / page)} value={offset / page + 1} onChange={(next) => setOffset((next - 1) * page)} />
            )}
          </>
        )}
      </Loading>
    </>
  );
}

export function attemptOutcome(outcome: string, t: (key: string) => string): string {
  const known = t(`exit.${outcome}`);
  return known === `exit.${outcome}` ? outcome : known;
}
