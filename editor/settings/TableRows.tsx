import { Button, Group, Table, Text } from "@mantine/core";
import { useState } from "react";
import { address, part } from "../api/client.ts";
import { dataApi, type KeyedRow, type TableRow } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDownload, IconEdit, IconFileImport, IconPlus, IconTrash, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Pages } from "../ui/Pages.tsx";
import { Empty, Loading } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useLoad } from "../ui/use-load.ts";
import { useSearchPages } from "../ui/use-search-pages.ts";
import { textOf } from "./cell-text.ts";
import { RowForm } from "./RowForm.tsx";
import { TableImport } from "./TableImport.tsx";
import classes from "./settings.module.css";

type Props = { table: TableRow; onChange(): void; onEdit(): void; onRemove(): void };

/** Rows of one table: search, edit, import, export. */
export function TableRows({ table, onChange, onEdit, onRemove }: Props) {
  const { t, say } = useWords();
  const pages = useSearchPages(100);
  const { size, offset, settled } = pages;
  const rows = useLoad(() => dataApi.rows(table.name, { search: settled, limit: size, offset }), [table.name, settled, offset]);
  const [form, setForm] = useState<KeyedRow | "new" | null>(null);
  const [importing, setImporting] = useState(false);
  const refresh = () => {
    rows.reload();
    onChange();
  };
  const columns = columnsOf(table, rows.data?.rows ?? []);
  return (
    <section className={classes.panel}>
      <Group justify="space-between" mb="sm">
        <div>
          <Text fw={600} fz="lg">
            {say(table.title, table.name)}
          </Text>
          <Text fz="xs" c="dimmed">
            {t("tables.use", { name: table.name })}
          </Text>
        </div>
        <Group gap={4}>
          <SearchField of={pages} label={t("common.search")} w={180} />
          <IconButton label={t("tables.import")} onClick={() => setImporting(true)}>
            <IconFileImport size={16} />
          </IconButton>
          <IconButton label={t("tables.export")} onClick={() => location.assign(address(`/tables/${part(table.name)}/rows.csv`))}>
            <IconDownload size={16} />
          </IconButton>
          <IconButton label={t("tables.edit")} onClick={onEdit}>
            <IconEdit size={16} />
          </IconButton>
          <IconButton label={t("tables.remove")} onClick={onRemove}>
            <IconTrash size={16} />
          </IconButton>
        </Group>
      </Group>
      <Button mb="sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setForm("new")}>
        {t("tables.addRow")}
      </Button>
      <Loading of={rows} empty={({ total }) => total === 0 && <Empty title={t(settled ? "common.nothingFound" : "tables.noRows")} />}>
        {({ rows: shown, total }) => (
          <>
            <div className={classes.scroll}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("tables.key")}</Table.Th>
                    {columns.map((column) => (
                      <Table.Th key={column}>{column}</Table.Th>
                    ))}
                    <Table.Th w={40} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {shown.map((row) => (
                    <Table.Tr key={row.key}>
                      <Table.Td>
                        <button type="button" className={classes.open} onClick={() => setForm(row)}>
                          {row.key}
                        </button>
                      </Table.Td>
                      {columns.map((column) => (
                        <Table.Td key={column} className={classes.cell}>
                          {textOf(row.values[column])}
                        </Table.Td>
                      ))}
                      <Table.Td>
                        <IconButton
                          size={24}
                          label={t("tables.removeRow", { key: row.key })}
                          onClick={() => void attempt(() => dataApi.removeRow(table.name, row.key)).then(refresh)}
                        >
                          <IconX size={14} />
                        </IconButton>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
            <Pages of={pages} total={total} />
          </>
        )}
      </Loading>
      {form && (
        <RowForm
          table={table.name}
          row={form === "new" ? null : form}
          columns={columns}
          onClose={() => setForm(null)}
          onSaved={() => {
            setForm(null);
            refresh();
          }}
        />
      )}
      {importing && (
        <TableImport
          table={table}
          onClose={() => {
            setImporting(false);
            refresh();
          }}
        />
      )}
    </section>
  );
}

/** Declared columns first, then those that flows have written. */
function columnsOf(table: TableRow, rows: readonly KeyedRow[]): string[] {
  return [...new Set([...table.columns, ...rows.flatMap((row) => Object.keys(row.values))])];
}
