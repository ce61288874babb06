import Papa from "papaparse";
import type { ContactRow, ImportError } from "../../ports/store.ts";
import { knownZone } from "../../../flows/schema/calendar.ts";
import type { Value } from "../../../flows/schema/values.ts";
import { parseNumber } from "../../routing/normalize-number.ts";

export type Mapping = { phone: string; name?: string; zone?: string };
/** `groups` matters to the contacts book only. */
export type Preview = { columns: string[]; rows: string[][]; guess: Partial<Mapping> & { groups?: string } };
export type Imported = { contacts: ContactRow[]; errors: ImportError[] };

export const importLimits = { bytes: 20 * 1024 * 1024, rows: 200_000, columns: 200 };

/** A CSV that cannot be read at all; the message says what to do. */
export class CsvError extends Error {
  override readonly name = "CsvError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const aliases: Record<keyof Preview["guess"], RegExp> = {
  phone: /^(телефон|тел\.?|моб(ильный)?\.?|номер( телефона)?|phone|mobile|tel|number|msisdn)$/i,
  name: /^(имя|фио|клиент|name|full ?name|client|contact)$/i,
  zone: /^(часовой пояс|пояс|таймзона|zone|time ?zone|tz)$/i,
  groups: /^(группы|группа|groups?)$/i,
};

/** Columns, the first rows and a guess at the mapping. Delimiter (comma, semicolon, tab) is found by itself. */
export function previewCsv(csv: string): Preview {
  const { columns, rows } = readCsv(csv, 20);
  const guess: Preview["guess"] = {};
  for (const key of Object.keys(aliases) as (keyof Preview["guess"])[]) {
    const found = columns.find((column) => aliases[key].test(column.trim()));
    if (found) guess[key] = found;
  }
  return { columns, rows, guess };
}

/** Header and rows of a CSV, with their lines. Throws CsvError. */
export function readCsv(csv: string, preview = 0): { columns: string[]; rows: string[][]; lines: number[] } {
  if (csv.length > importLimits.bytes) throw new CsvError("too-large", "the file is larger than 20 MB: split it");
  if (csv.includes("\u0000")) throw new CsvError("not-csv", "this is not a text file: save it as CSV (UTF-8)");
  const parsed = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ""), {
    skipEmptyLines: "greedy",
    delimitersToGuess: [",", ";", "\t", "|"],
    ...(preview ? { preview: preview + 1 } : {}),
  });
  const [columns = [], ...rows] = parsed.data;
  if (columns.length === 0 || rows.length === 0) throw new CsvError("empty", "the file needs a header row and at least one row below it");
  if (columns.length > importLimits.columns) throw new CsvError("too-large", `more than ${importLimits.columns} columns`);
  if (rows.length > importLimits.rows) throw new CsvError("too-large", `more than ${importLimits.rows} rows: split the file`);
  return { columns: columns.map((column) => column.trim()), rows, lines: rows.map((_row, index) => index + 2) };
}

export type ImportOptions = { csv: string; mapping: Mapping; campaign: string; country: string; zone: string; at: number; nextId: () => string };

/**
 * Rows to contacts: E.164 by libphonenumber, the original kept; every bad row is an error with its line, none is
 * dropped. The same number twice: the first stays, the others are errors that say so.
 */
export function importContacts({ csv, mapping, campaign, country, zone, at, nextId }: ImportOptions): Imported {
  const { columns, rows, lines } = readCsv(csv);
  const indexOf = (column: string | undefined) => (column ? columns.indexOf(column) : -1);
  const phoneAt = indexOf(mapping.phone);
  if (phoneAt < 0) throw new CsvError("no-phone-column", `there is no column "${mapping.phone}"`);
  const nameAt = indexOf(mapping.name);
  const zoneAt = indexOf(mapping.zone);
  const seen = new Map<string, number>();
  const contacts: ContactRow[] = [];
  const errors: ImportError[] = [];
  const cellOf = (row: string[], index: number) => (index >= 0 ? (row[index] ?? "").trim() : "");
  for (const [index, row] of rows.entries()) {
    const line = lines[index]!;
    const original = cellOf(row, phoneAt);
    const rowZone = cellOf(row, zoneAt);
    const phone = parseNumber(original, country) ?? "";
    const reason = tooWide(row, columns) ?? badPhone(original, phone) ?? badZone(rowZone) ?? repeated(seen.get(phone));
    if (reason) {
      errors.push({ line, reason, source: Papa.unparse([row]).slice(0, 2_000) });
      continue;
    }
    seen.set(phone, line);
    const data = dataOf(columns, row, [phoneAt, nameAt, zoneAt]);
    contacts.push({ ...fresh, id: nextId(), campaign, phone, original, name: cellOf(row, nameAt), zone: rowZone || zone, data, updatedAt: at });
  }
  return { contacts, errors };
}

const fresh = { state: "new" as const, version: 0, snapshot: null, dueAt: null, outcome: null, attempts: 0, lastOutcome: null, result: {} };

const tooWide = (row: string[], columns: string[]) => (row.length > columns.length ? `${row.length} cells, but ${columns.length} columns` : null);
const badPhone = (original: string, phone: string) =>
  original === "" ? "no telephone number" : phone === "" ? `"${original}" is not a telephone number` : null;
const badZone = (zone: string) => (zone === "" || knownZone(zone) ? null : `unknown time zone "${zone}"`);
const repeated = (line: number | undefined) => (line === undefined ? null : `the same number as in line ${line}`);

/** Other columns by a name usable in expressions: letters, digits and _; a column without one becomes `columnN`. */
function dataOf(columns: string[], row: string[], used: number[]): Record<string, Value> {
  const data: Record<string, Value> = {};
  for (const [index, column] of columns.entries()) {
    if (used.includes(index)) continue;
    const name = column
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "_")
      .replace(/^_+|_+$/g, "");
    data[/^[a-z]/.test(name) ? name.slice(0, 50) : `column${index + 1}`] = (row[index] ?? "").trim().slice(0, 2_000);
  }
  return data;
}
