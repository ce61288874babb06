import type { PersonChange } from "../../ports/data-store.ts";
import type { ImportError } from "../../ports/store.ts";
import { columnName, distinct } from "./column-name.ts";
import { mostNotes, readCsv, repeated, sourceOf, tooWide, withNumbers } from "./import-contacts.ts";
import { readPhone } from "./phone-cell.ts";
import { CsvError, type Sheet } from "./sheet.ts";
import { typedColumns } from "./typed-columns.ts";

/** Which columns hold the number, the name and the groups (separated by commas); the others are fields. */
export type PeopleMapping = { phone: string; name?: string; groups?: string };
export type ReadPeople = { people: { phone: string; change: PersonChange }[]; errors: ImportError[]; notes: string[] };

/** People of the contact book from a CSV, see `peopleOf`. Throws CsvError. */
export const readPeople = (csv: string, mapping: PeopleMapping, group: string, country: string): ReadPeople => peopleOf(readCsv(csv), mapping, group, country);

/**
 * People of the contact book: numbers to E.164, columns of numbers to numbers, an empty cell says nothing. Every bad row
 * is an error with its line; of two rows with one number the first stays. `group` is one that everybody joins.
 */
export function peopleOf({ columns: headers, rows, notes }: Sheet, mapping: PeopleMapping, group: string, country: string): ReadPeople {
  const phoneAt = headers.indexOf(mapping.phone);
  if (phoneAt < 0) throw new CsvError("no-key-column", `column "${mapping.phone}" does not exist`, `нет столбца «${mapping.phone}»`);
  const { names: columns, notes: named } = distinct(headers, columnName);
  const typed = typedColumns(rows, headers);
  const told = [...notes, ...named, ...typed.notes.map(({ note }) => note)];
  const seen = new Map<string, number>();
  const people: ReadPeople["people"] = [];
  const errors: ImportError[] = [];
  for (const row of rows) {
    const read = readPhone(row.cells[phoneAt] ?? "", country);
    const phone = "phone" in read ? read.phone : "";
    const reason = tooWide(row, headers) ?? ("reason" in read ? read.reason : null) ?? repeated(seen.get(phone));
    if (reason || !("phone" in read)) {
      errors.push({ line: row.line, reason: reason ?? "", source: sourceOf(row) });
      continue;
    }
    seen.set(phone, row.line);
    const values = Object.fromEntries(columns.flatMap((column, at) => (at === phoneAt ? [] : [[column, typed.valueOf(row, at, "")]])));
    const { data, wrong } = withNumbers(values, phone, read.others, country);
    if (wrong.length > 0 && told.length < mostNotes) told.push(`line ${row.line}: "${wrong.join(", ")}" is not a phone number and was left out`);
    people.push({ phone, change: changeOf(data, mapping, group) });
  }
  return { people, errors, notes: told };
}

function changeOf(values: Record<string, PersonChange["fields"][string]>, { name, groups }: PeopleMapping, group: string): PersonChange {
  const fields = Object.fromEntries(Object.entries(values).filter(([column, value]) => value !== "" && column !== name && column !== groups));
  const named = name === undefined ? "" : String(values[name] ?? "").slice(0, 200);
  const listed = groups === undefined ? [] : String(values[groups] ?? "").split(",");
  const add = [...new Set([...listed, group].map((each) => each.trim().slice(0, 60)).filter(Boolean))].slice(0, 50);
  return { ...(named ? { name: named } : {}), fields, add, remove: [] };
}
