import { Badge, Button, Group, Select, Table, Text } from "@mantine/core";
import { useState } from "react";
import { address } from "../api/client.ts";
import { dataApi, type Person } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDownload, IconPlus, IconUpload, IconUser, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Pages } from "../ui/Pages.tsx";
import { Empty, Loading } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useLoad } from "../ui/use-load.ts";
import { useSearchPages } from "../ui/use-search-pages.ts";
import { PeopleImport } from "./PeopleImport.tsx";
import { PersonForm } from "./PersonForm.tsx";
import classes from "./lists.module.css";

/** The contact book: data about people by number. */
export function PeopleBook() {
  const { t } = useWords();
  const [group, setGroup] = useState<string | null>(null);
  const pages = useSearchPages(100, [group]);
  const { size, offset, settled } = pages;
  const people = useLoad(() => dataApi.people({ search: settled, group: group ?? "", limit: size, offset }), [settled, group, offset]);
  const [form, setForm] = useState<Person | "new" | null>(null);
  const [importing, setImporting] = useState(false);
  const groups = people.data?.groups ?? [];
  return (
    <section className={classes.list}>
      <Group justify="space-between" mb="sm">
        <div>
          <Text fw={600} fz="lg">
            {t("people.title")}
          </Text>
          <Text fz="xs" c="dimmed">
            {t("people.help")}
          </Text>
        </div>
        <Group gap={4}>
          <Select
            w={150}
            clearable
            placeholder={t("people.anyGroup")}
            aria-label={t("people.group")}
            data={groups.map(({ name, people: count }) => ({ value: name, label: `${name} · ${count}` }))}
            value={group}
            onChange={setGroup}
          />
          <SearchField of={pages} label={t("people.search")} w={180} />
          <IconButton label={t("people.export")} onClick={() => location.assign(address("/contacts.csv", { search: settled, group }))}>
            <IconDownload size={16} />
          </IconButton>
        </Group>
      </Group>
      <Group gap={6} mb="sm">
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setForm("new")}>
          {t("people.new")}
        </Button>
        <Button variant="default" leftSection={<IconUpload size={14} />} onClick={() => setImporting(true)}>
          {t("people.import")}
        </Button>
      </Group>
      <Loading
        of={people}
        empty={({ total }) =>
          total === 0 && (
            <Empty icon={<IconUser size={28} />} title={t(settled || group ? "common.nothingFound" : "people.empty")}>
              {settled || group ? null : t("people.emptyHelp")}
            </Empty>
          )
        }
      >
        {({ people: rows, total }) => (
          <>
            <PeopleTable rows={rows} onOpen={setForm} onChange={people.reload} />
            <Pages of={pages} total={total} />
          </>
        )}
      </Loading>
      {importing && (
        <PeopleImport
          onClose={() => {
            setImporting(false);
            people.reload();
          }}
        />
      )}
      {form && (
        <PersonForm
          person={form === "new" ? null : form}
          groups={groups.map(({ name }) => name)}
          onClose={() => setForm(null)}
          onSaved={() => {
            setForm(null);
            people.reload();
          }}
        />
      )}
    </section>
  );
}

function PeopleTable({ rows, onOpen, onChange }: { rows: readonly Person[]; onOpen(person: Person): void; onChange(): void }) {
  const { t, moment } = useWords();
  const facts = (person: Person) =>
    Object.entries(person.fields)
      .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(" · ");
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("lists.number")}</Table.Th>
          <Table.Th>{t("people.name")}</Table.Th>
          <Table.Th>{t("people.groups")}</Table.Th>
          <Table.Th>{t("people.fields")}</Table.Th>
          <Table.Th>{t("people.changed")}</Table.Th>
          <Table.Th w={40} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((person) => (
          <Table.Tr key={person.phone}>
            <Table.Td ff="monospace" fz="sm">
              <button type="button" className={classes.open} onClick={() => onOpen(person)}>
                {person.phone}
              </button>
            </Table.Td>
            <Table.Td>{person.name || "—"}</Table.Td>
            <Table.Td>
              <Group gap={4}>
                {person.groups.map((group) => (
                  <Badge key={group} size="sm" variant="default" tt="none">
                    {group}
                  </Badge>
                ))}
              </Group>
            </Table.Td>
            <Table.Td className={classes.facts}>{facts(person)}</Table.Td>
            <Table.Td>{moment(person.updatedAt)}</Table.Td>
            <Table.Td>
              <IconButton
                size={24}
                label={t("people.remove", { phone: person.phone })}
                onClick={() => void attempt(() => dataApi.removePerson(person.phone)).then(onChange)}
              >
                <IconX size={14} />
              </IconButton>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
