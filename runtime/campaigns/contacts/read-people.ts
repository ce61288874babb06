import type { PersonChange } from "../../ports/data-store.ts";
import type { ImportError } from "../../ports/store.ts";
import { readCsv, repeated, sourceOf, tooWide, withOthers } from "./import-contacts.ts";
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
export function peopleOf({ columns: named, rows, notes }: Sheet, mapping: PeopleMapping, group: string, country: string): ReadPeople {
  const phoneAt = named.indexOf(mapping.phone);
  if (phoneAt < 0) throw new CsvError("no-key-column", `column "${mapping.phone}" does not exist`);
  const columns = named.map((column, index) => column.replace(/[."]/g, "_").slice(0, 60) || `column${index + 1}`);
  const typed = typedColumns(rows, columns.length);
  const seen = new Map<string, number>();
  const people: ReadPeople["people"] = [];
  const errors: ImportError[] = [];
  for (const row of rows) {
    const read = readPhone(row.cells[phoneAt] ?? "", country);
    const phone = "phone" in read ? read.phone : "";
    const reason = tooWide(row, named) ?? ("reason" in read ? read.reason : null) ?? repeated(seen.get(phone));
    if (reason || !("phone" in read)) {
      errors.push({ line: row.line, reason: reason ?? "", source: sourceOf(row) });
      continue;
    }
    seen.set(phone, row.line);
    const values = Object.fromEntries(columns.flatMap((column, at) => (at === phoneAt ? [] : [[column, typed.valueOf(row, at, "")]])));
    people.push({ phone, change: changeOf(withOthers(values, read.others), mapping, group) });
  }
  return { people, errors, notes };
}

function changeOf(values: Record<string, PersonChange["fields"][string]>, { name, groups }: PeopleMapping, group: string): PersonChange {
  const fields = Object.fromEntries(Object.entries(values).filter(([column, value]) => value !== "" && column !== name && column !== groups));
  const named = name === undefined ? "" : String(values[name] ?? "").slice(0, 200);
  const listed = groups === undefined ? [] : String(values[groups] ?? "").split(",");
  const add = [...new Set([...listed, group].map((each) => each.trim().slice(0, 60)).filter(Boolean))].slice(0, 50);
  return { ...(named ? { name: named } : {}), fields, add, remove: [] };
}
