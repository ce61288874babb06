import { Stack, Switch, Text } from "@mantine/core";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import type { CallGiven } from "./call-given.ts";
import { givenProblem } from "./given-problem.ts";
import { JsonField } from "./JsonField.tsx";
import type { SideProps } from "./SidePanel.tsx";

/** Switches, lists, tables, contacts and counters that the flow asks about; until changed they are the installation's own. */
export function WorldData({ asked, stored, given, setGiven }: SideProps) {
  const { t } = useWords();
  const { switches, lists, tables, counters, contacts } = asked;
  if (switches.length + lists.length + tables.length + counters.length === 0 && !contacts) return null;
  const set = (change: Partial<CallGiven>) => setGiven({ ...given, ...change });
  return (
    <Stack gap={6} role="group" aria-label={t("phone.data")}>
      <Text fz="xs" fw={600} c="dimmed" mt={4}>
        {t("phone.data")}
      </Text>
      {switches.map((name) => (
        <Switch
          key={name}
          size="xs"
          label={t("phone.switch", { name })}
          checked={given.switches?.[name] ?? stored.switches[name] ?? false}
          onChange={(event) => set({ switches: { ...given.switches, [name]: event.currentTarget.checked } })}
        />
      ))}
      {lists.map((name) => (
        <Switch
          key={name}
          size="xs"
          label={t("phone.onList", { list: name })}
          checked={given.listed.includes(name)}
          onChange={(event) => set({ listed: event.currentTarget.checked ? [...given.listed, name] : given.listed.filter((item) => item !== name) })}
        />
      ))}
      {tables.map((name) => (
        <JsonField
          key={name}
          label={t("phone.table", { name })}
          help={t("phone.tableHelp")}
          value={(given.tables?.[name] ?? stored.tables[name] ?? {}) as Value}
          problem={(value) => givenProblem("tables", name, value)}
          onChange={(value) => set({ tables: { ...given.tables, [name]: value as Rows } })}
          onReset={given.tables?.[name] && (() => set({ tables: without(given.tables, name) }))}
        />
      ))}
      {contacts && (
        <JsonField
          label={t("phone.contacts")}
          help={t("phone.contactsHelp")}
          value={(given.contacts ?? stored.contacts) as Value}
          problem={(value) => givenProblem("contacts", null, value)}
          onChange={(value) => set({ contacts: value as Rows })}
          onReset={given.contacts && (() => setGiven(withoutContacts(given)))}
        />
      )}
      {counters.map((name) => (
        <JsonField
          key={name}
          label={t("phone.counter", { name })}
          help={t("phone.counterHelp")}
          value={(given.counters?.[name] ?? stored.counters[name] ?? 0) as Value}
          problem={(value) => givenProblem("counters", name, value)}
          onChange={(value) => set({ counters: { ...given.counters, [name]: value as number | Record<string, number> } })}
          onReset={given.counters?.[name] === undefined ? undefined : () => set({ counters: without(given.counters, name) })}
        />
      ))}
    </Stack>
  );
}

type Rows = Record<string, Record<string, Value>>;

function without<T>(all: Record<string, T> | undefined, name: string): Record<string, T> {
  const { [name]: _old, ...others } = all ?? {};
  return others;
}

function withoutContacts(given: CallGiven): CallGiven {
  const { contacts: _old, ...others } = given;
  return others;
}
