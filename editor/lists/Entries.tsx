import { Button, Group, NumberInput, Table, Text, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { api, type ListRow } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconPlus, IconTrash, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Pages } from "../ui/Pages.tsx";
import { Empty, Loading } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useLoad } from "../ui/use-load.ts";
import { useSearchPages } from "../ui/use-search-pages.ts";
import classes from "./lists.module.css";

/** Numbers on a list: reason, expiry, number of calls. */
export function Entries({ list, onChange, onRemove }: { list: ListRow; onChange(): void; onRemove(): void }) {
  const { t, say, moment } = useWords();
  const pages = useSearchPages(100);
  const { size, offset, settled } = pages;
  const entries = useLoad(() => api.entries(list.name, { search: settled, limit: size + 1, offset }), [list.name, settled, offset]);
  const refresh = () => {
    entries.reload();
    onChange();
  };
  return (
    <section className={classes.list}>
      <Group justify="space-between" mb="sm">
        <div>
          <Text fw={600} fz="lg">
            {say(list.title, list.name)}
          </Text>
          <Text fz="xs" c="dimmed">
            {t(`listHelp.${list.kind}`)}
          </Text>
        </div>
        <Group gap={4}>
          <SearchField of={pages} label={t("lists.search")} w={220} />
          <IconButton label={t("lists.remove")} onClick={onRemove}>
            <IconTrash size={16} />
          </IconButton>
        </Group>
      </Group>
      <AddEntry list={list.name} onDone={refresh} />
      <Loading of={entries} empty={(rows) => rows.length === 0 && <Empty title={t(settled ? "common.nothingFound" : "lists.noEntries")} />}>
        {(rows) => (
          <>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("lists.number")}</Table.Th>
                  <Table.Th>{t("lists.reason")}</Table.Th>
                  <Table.Th>{t("lists.added")}</Table.Th>
                  <Table.Th>{t("lists.until")}</Table.Th>
                  <Table.Th ta="right">{t("lists.hits")}</Table.Th>
                  <Table.Th>{t("lists.lastSeen")}</Table.Th>
                  <Table.Th w={40} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.slice(0, size).map((entry) => (
                  <Table.Tr key={entry.number}>
                    <Table.Td ff="monospace" fz="sm">
                      {entry.number}
                    </Table.Td>
                    <Table.Td>{entry.reason || "—"}</Table.Td>
                    <Table.Td>{moment(entry.addedAt)}</Table.Td>
                    <Table.Td>{entry.expiresAt ? moment(entry.expiresAt) : t("lists.forever")}</Table.Td>
                    <Table.Td ta="right">{entry.hits}</Table.Td>
                    <Table.Td>{moment(entry.lastSeen)}</Table.Td>
                    <Table.Td>
                      <IconButton
                        size={24}
                        label={t("lists.take", { number: entry.number })}
                        onClick={() => void attempt(() => api.removeEntry(list.name, entry.number)).then(refresh)}
                      >
                        <IconX size={14} />
                      </IconButton>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Pages of={pages} total={offset + rows.length} />
          </>
        )}
      </Loading>
    </section>
  );
}

function AddEntry({ list, onDone }: { list: string; onDone(): void }) {
  const { t } = useWords();
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [days, setDays] = useState<number | "">("");
  const first = useRef<HTMLInputElement>(null);
  const add = async () => {
    const good = await attempt(() => api.putEntry(list, number.trim(), { ...(reason ? { reason } : {}), ...(days ? { days } : {}) }));
    if (!good) return;
    setNumber("");
    setReason("");
    first.current?.focus();
    onDone();
  };
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        ref={first}
        label={t("lists.number")}
        placeholder="+7 900 000-00-00"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <TextInput label={t("lists.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} flex={1} />
      <NumberInput
        label={t("lists.days")}
        placeholder={t("lists.forever")}
        min={1}
        max={3650}
        w={120}
        value={days}
        onChange={(value) => setDays(typeof value === "number" ? value : "")}
      />
      <Button type="submit" disabled={number.trim() === ""} leftSection={<IconPlus size={14} />}>
        {t("common.add")}
      </Button>
    </form>
  );
}
