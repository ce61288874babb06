import { Badge, Group, Table, Text } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconAddressBook } from "../ui/icons.ts";
import { Pages } from "../ui/Pages.tsx";
import { Empty, Loading } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useLoad } from "../ui/use-load.ts";
import { useSearchPages } from "../ui/use-search-pages.ts";

const colors: Record<string, string> = { new: "gray", waiting: "yellow", active: "blue", done: "green" };

export function ContactsTable({ id, turn }: { id: string; turn: number }) {
  const { t, moment } = useWords();
  const pages = useSearchPages(50);
  const { size, offset, settled } = pages;
  const contacts = useLoad(() => api.contacts(id, { search: settled, limit: size, offset }), [id, settled, offset, turn]);
  return (
    <>
      <Group mb="sm">
        <SearchField of={pages} label={t("campaigns.searchContact")} w={240} />
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
            <Pages of={pages} total={data.total} />
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
