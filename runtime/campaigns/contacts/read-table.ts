import Papa from "papaparse";
import type { Value } from "../../../flows/schema/values.ts";
import type { Row } from "../../ports/data-store.ts";
import type { ImportError } from "../../ports/store.ts";
import { CsvError, readCsv } from "./import-contacts.ts";

export type ReadTable = { columns: string[]; rows: { key: string; line: number; values: Row }[]; errors: ImportError[] };

const longestKey = 200;
const longestCell = 10_000;

/**
 * Rows of a table from a CSV, by the column that is the key. Figures become numbers, unless they begin with a zero or a
 * plus (codes and telephones stay texts). Every bad row is an error with its line. Throws CsvError.
 */
export function readTable(csv: string, keyColumn: string): ReadTable {
  const { columns: named, rows: cells, lines } = readCsv(csv);
  const keyAt = named.indexOf(keyColumn);
  if (keyAt < 0) throw new CsvError("no-key-column", `there is no column "${keyColumn}"`);
  const columns = named.map(columnName);
  const seen = new Map<string, number>();
  const rows: ReadTable["rows"] = [];
  const errors: ImportError[] = [];
  for (const [index, row] of cells.entries()) {
    const key = unguarded((row[keyAt] ?? "").trim());
    const reason = problemOf(row, columns.length, key, seen.get(key));
    if (reason) {
      errors.push({ line: lines[index]!, reason, source: Papa.unparse([row]).slice(0, 2_000) });
      continue;
    }
    seen.set(key, lines[index]!);
    rows.push({
      key,
      line: lines[index]!,
      values: Object.fromEntries(columns.flatMap((column, at) => (at === keyAt ? [] : [[column, cellValue(row[at] ?? "")]]))),
    });
  }
  return { columns: columns.filter((_column, at) => at !== keyAt), rows, errors };
}

function problemOf(row: readonly string[], columns: number, key: string, before: number | undefined): string | null {
  if (row.length > columns) return `${row.length} cells, but ${columns} columns`;
  if (key === "") return "no key";
  if (key.length > longestKey) return `the key is longer than ${longestKey} characters`;
  return before === undefined ? null : `the same key as in line ${before}`;
}

/** A column as a name: a path in an answer is split at dots, so there are none in it. */
const columnName = (column: string, index: number): string => column.replace(/[."]/g, "_").slice(0, 60) || `column${index + 1}`;

/** An export puts an apostrophe before what a spreadsheet would take for a formula ("+7…"); coming back it goes. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, "");

/** A cell as a value. */
export function cellValue(text: string): Value {
  const cell = unguarded(text.trim()).slice(0, longestCell);
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(cell)) return Number(cell);
  if (cell === "true" || cell === "false") return cell === "true";
  return cell;
}
