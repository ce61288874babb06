import Papa from "papaparse";
import type { ContactRow, ImportError } from "../../ports/store.ts";
import { knownZone } from "../../../flows/schema/calendar.ts";
import type { Value } from "../../../flows/schema/values.ts";
import { dataNames } from "./column-name.ts";
import { csvRows } from "./csv-rows.ts";
import { readPhone } from "./phone-cell.ts";
import { CsvError, importLimits, sheetOf, type Sheet, type SheetRow } from "./sheet.ts";
import { typedColumns } from "./typed-columns.ts";

export { CsvError, importLimits } from "./sheet.ts";

export type Mapping = { phone: string; name?: string; zone?: string };
/** `groups` matters to the contact book only. */
export type Preview = { columns: string[]; rows: string[][]; guess: Partial<Mapping> & { groups?: string }; notes: string[] };
export type Imported = { contacts: ContactRow[]; errors: ImportError[]; notes: string[] };

const aliases: Record<keyof Preview["guess"], RegExp> = {
  phone: /^(телефон|тел\.?|моб(ильный)?\.?|номер( телефона)?|phone|mobile|tel|number|msisdn)$/i,
  name: /^(имя|фио|клиент|name|full ?name|client|contact)$/i,
  zone: /^(часовой пояс|пояс|таймзона|zone|time ?zone|tz)$/i,
  groups: /^(группы|группа|groups?)$/i,
};

/** Columns, the first rows and a guess at the mapping. Delimiter (comma, semicolon, tab) is found by itself. */
export function previewCsv(csv: string): Preview {
  const { columns, rows, notes } = readCsv(csv, 20);
  const guess: Preview["guess"] = {};
  for (const key of Object.keys(aliases) as (keyof Preview["guess"])[]) {
    const found = columns.find((column) => aliases[key].test(column));
    if (found) guess[key] = found;
  }
  return { columns, rows: rows.map((row) => row.cells), guess, notes };
}

/** A CSV as a sheet; `preview` is how many rows at most. Throws CsvError. */
export function readCsv(csv: string, preview = 0): Sheet {
  if (csv.length > importLimits.bytes) throw new CsvError("too-large", "the file is larger than 20 MB: split it", "файл больше 20 МБ: разделите его");
  if (csv.includes("\u0000"))
    throw new CsvError("not-csv", "this is not a text file: save it as CSV (UTF-8)", "это не текстовый файл: сохраните его как CSV (UTF-8)");
  return sheetOf(csvRows(csv, preview ? preview + 1 : importLimits.rows + 2));
}

export type ImportOptions = { csv: string; mapping: Mapping; campaign: string; country: string; zone: string; at: number; nextId: () => string };

/** The contacts of a CSV, see `contactsOf`. Throws CsvError. */
export const importContacts = ({ csv, ...options }: ImportOptions): Imported => contactsOf(readCsv(csv), options);

/**
 * Rows to contacts: E.164 by libphonenumber, the original kept; every bad row is an error with its line, none is
 * dropped. The same number twice: the first stays, the others are errors that say so. Columns of numbers give numbers.
 */
export function contactsOf({ columns, rows, notes }: Sheet, { mapping, campaign, country, zone, at, nextId }: Omit<ImportOptions, "csv">): Imported {
  const indexOf = (column: string | undefined) => (column ? columns.indexOf(column) : -1);
  const phoneAt = indexOf(mapping.phone);
  if (phoneAt < 0) throw new CsvError("no-phone-column", `column "${mapping.phone}" does not exist`, `нет столбца «${mapping.phone}»`);
  const nameAt = indexOf(mapping.name);
  const zoneAt = indexOf(mapping.zone);
  const dataOf = dataReader(columns, rows, [phoneAt, nameAt, zoneAt]);
  const told = [...notes, ...dataOf.notes];
  const seen = new Map<string, number>();
  const contacts: ContactRow[] = [];
  const errors: ImportError[] = [];
  const cellOf = ({ cells }: SheetRow, index: number) => (index >= 0 ? (cells[index] ?? "").trim() : "");
  for (const row of rows) {
    const original = cellOf(row, phoneAt);
    const rowZone = cellOf(row, zoneAt);
    const read = readPhone(original, country);
    const phone = "phone" in read ? read.phone : "";
    const reason = tooWide(row, columns) ?? ("reason" in read ? read.reason : null) ?? badZone(rowZone) ?? repeated(seen.get(phone));
    if (reason || !("phone" in read)) {
      errors.push({ line: row.line, reason: reason ?? "", source: sourceOf(row) });
      continue;
    }
    seen.set(phone, row.line);
    const { data, wrong } = withNumbers(dataOf.of(row), phone, read.others, country);
    if (wrong.length > 0 && told.length < mostNotes) told.push(`line ${row.line}: "${wrong.join(", ")}" is not a phone number and was left out`);
    contacts.push({ ...fresh, id: nextId(), campaign, phone, original, name: cellOf(row, nameAt), zone: rowZone || zone, data, updatedAt: at });
  }
  return { contacts, errors, notes: told };
}

export const mostNotes = 50;
const fresh = { state: "new" as const, version: 0, snapshot: null, dueAt: null, outcome: null, attempts: 0, lastOutcome: null, result: {} };

/** A row as it stood in the file, for the list of bad rows. */
export const sourceOf = ({ cells }: SheetRow): string => Papa.unparse([cells]).slice(0, 2_000);
export const tooWide = ({ cells }: SheetRow, columns: readonly string[]): string | null =>
  cells.length > columns.length ? `${cells.length} cells, but ${columns.length} columns` : null;
const badZone = (zone: string) => (zone === "" || knownZone(zone) ? null : `unknown time zone "${zone}"`);
export const repeated = (line: number | undefined): string | null => (line === undefined ? null : `the same number as in line ${line}`);

/** Other columns by their names in the data of a contact, each of one type. */
function dataReader(columns: string[], rows: readonly SheetRow[], used: number[]): { of(row: SheetRow): Record<string, Value>; notes: string[] } {
  const kept = columns.map((_column, index) => index).filter((index) => !used.includes(index));
  const { names, notes } = dataNames(kept.map((index) => columns[index]!));
  const typed = typedColumns(rows, columns);
  const noted = [...notes, ...typed.notes.filter(({ column }) => kept.includes(column)).map(({ note }) => note)];
  return { of: (row) => Object.fromEntries(kept.map((index, at) => [names[at], shortened(typed.valueOf(row, index, null))])), notes: noted };
}
const shortened = (value: Value): Value => (typeof value === "string" ? value.slice(0, 2_000) : value);

const furtherNumbers = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`phone${n}`, `phone_${n}`]);

/** Numbers of the columns phone2 to phone9 as E.164, those of the cell behind them; what is no number, and what repeats one, is left out. */
export function withNumbers<T extends Record<string, Value>>(data: T, phone: string, others: readonly string[], country: string): { data: T; wrong: string[] } {
  const seen = new Set([phone]);
  const wrong: string[] = [];
  const kept: Record<string, Value> = { ...data };
  for (const name of furtherNumbers) {
    const original = String(kept[name] ?? "").trim();
    if (original === "") continue;
    const read = readPhone(original, country);
    if ("reason" in read) wrong.push(original.slice(0, 60));
    const number = "phone" in read && !seen.has(read.phone) ? read.phone : "";
    seen.add(number);
    kept[name] = number;
  }
  return {
    data: withOthers(
      kept as T,
      others.filter((other) => !seen.has(other)),
    ),
    wrong,
  };
}

/** Further numbers of the cell go where a campaign looks for them: phone2 to phone9, if the list has none there. */
function withOthers<T extends Record<string, Value>>(data: T, others: readonly string[]): T {
  if (others.length === 0) return data;
  const places = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `phone${n}`).filter((name) => (data[name] ?? "") === "");
  return { ...data, ...Object.fromEntries(others.slice(0, places.length).map((number, index) => [places[index], number])) };
}
