import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type KeyedRow } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { attempt } from "../ui/notify.ts";
import { textOf, valueOf } from "./cell-text.ts";

type Props = { table: string; row: KeyedRow | null; columns: readonly string[]; onClose(): void; onSaved(): void };

/** One row: its key and a field for each column. A cell that is not touched keeps its value. */
export function RowForm({ table, row, columns, onClose, onSaved }: Props) {
  const { t, moment } = useWords();
  const [key, setKey] = useState(row?.key ?? "");
  const [cells, setCells] = useState<Record<string, string>>({});
  const save = () => {
    const typed = Object.fromEntries(Object.entries(cells).map(([column, text]) => [column, valueOf(text)]));
    void attempt(() => dataApi.putRow(table, key.trim(), { ...row?.values, ...typed })).then((good) => good && onSaved());
  };
  return (
    <Modal opened onClose={onClose} title={row ? t("tables.row", { key: row.key }) : t("tables.addRow")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          {!row && <TextInput data-autofocus required label={t("tables.key")} value={key} onChange={(event) => setKey(event.currentTarget.value)} />}
          {columns.map((column) => (
            <TextInput
              key={column}
              label={column}
              value={cells[column] ?? textOf(row?.values[column])}
              onChange={(event) => setCells({ ...cells, [column]: event.currentTarget.value })}
            />
          ))}
          {columns.length === 0 && (
            <Text fz="sm" c="dimmed">
              {t("tables.noColumns")}
            </Text>
          )}
          {row && (
            <Text fz="xs" c="dimmed">
              {t("tables.changed", { at: moment(row.updatedAt) })}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={key.trim() === ""}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
