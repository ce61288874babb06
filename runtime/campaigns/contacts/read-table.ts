import type { Row } from "../../ports/data-store.ts";
import type { ImportError } from "../../ports/store.ts";
import { columnName, distinct } from "./column-name.ts";
import { readCsv, sourceOf, tooWide } from "./import-contacts.ts";
import { CsvError, type Sheet, type SheetRow } from "./sheet.ts";
import { typedColumns, unguarded } from "./typed-columns.ts";

export { cellValue } from "./typed-columns.ts";

export type ReadTable = { columns: string[]; rows: { key: string; line: number; values: Row }[]; errors: ImportError[]; notes: string[] };

const longestKey = 200;

/** Rows of a table from a CSV, see `tableOf`. Throws CsvError. */
export const readTable = (csv: string, keyColumn: string): ReadTable => tableOf(readCsv(csv), keyColumn);

/** Rows of a table by the column that is the key. Columns of numbers give numbers. Every bad row is an error with its line. */
export function tableOf({ columns: headers, rows: sheetRows, notes }: Sheet, keyColumn: string): ReadTable {
  const keyAt = headers.indexOf(keyColumn);
  if (keyAt < 0) throw new CsvError("no-key-column", `column "${keyColumn}" does not exist`, `нет столбца «${keyColumn}»`);
  const { names: columns, notes: named } = distinct(headers, columnName);
  const typed = typedColumns(sheetRows, headers, "exact");
  const seen = new Map<string, number>();
  const rows: ReadTable["rows"] = [];
  const errors: ImportError[] = [];
  for (const row of sheetRows) {
    const key = unguarded((row.cells[keyAt] ?? "").trim());
    const reason = problemOf(row, headers, key, seen.get(key));
    if (reason) {
      errors.push({ line: row.line, reason, source: sourceOf(row) });
      continue;
    }
    seen.set(key, row.line);
    const values = Object.fromEntries(columns.flatMap((column, at) => (at === keyAt ? [] : [[column, typed.valueOf(row, at, null)]])));
    rows.push({ key, line: row.line, values });
  }
  return { columns: columns.filter((_column, at) => at !== keyAt), rows, errors, notes: [...notes, ...named] };
}

function problemOf(row: SheetRow, columns: readonly string[], key: string, before: number | undefined): string | null {
  const wide = tooWide(row, columns);
  if (wide) return wide;
  if (key === "") return "no key";
  if (key.length > longestKey) return `the key is longer than ${longestKey} characters`;
  return before === undefined ? null : `the same key as in line ${before}`;
}
