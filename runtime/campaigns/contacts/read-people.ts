import Papa from "papaparse";
import type { PersonChange } from "../../ports/data-store.ts";
import type { ImportError } from "../../ports/store.ts";
import { parseNumber } from "../../routing/normalize-number.ts";
import { readTable } from "./read-table.ts";

/** Which columns hold the number, the name and the groups (separated by commas); the others are fields. */
export type PeopleMapping = { phone: string; name?: string; groups?: string };
export type ReadPeople = { people: { phone: string; change: PersonChange }[]; errors: ImportError[] };

/**
 * People of the contacts book from a CSV: numbers to E.164, figures to numbers, an empty cell says nothing. Every bad row
 * is an error with its line; of two rows with one number the first stays. `group` is one that everybody joins. Throws CsvError.
 */
export function readPeople(csv: string, mapping: PeopleMapping, group: string, country: string): ReadPeople {
  const { rows, errors } = readTable(csv, mapping.phone);
  const seen = new Map<string, number>();
  const people: ReadPeople["people"] = [];
  const bad: ImportError[] = [...errors];
  for (const { key, line, values } of rows) {
    const phone = parseNumber(key, country);
    const before = phone === null ? undefined : seen.get(phone);
    if (phone === null || before !== undefined) {
      const reason = phone === null ? `"${key}" is not a telephone number` : `the same number as in line ${before}`;
      bad.push({ line, reason, source: Papa.unparse([[key, ...Object.values(values).map(String)]]).slice(0, 2_000) });
      continue;
    }
    seen.set(phone, line);
    people.push({ phone, change: changeOf(values, mapping, group) });
  }
  return { people, errors: bad.toSorted((a, b) => a.line - b.line) };
}

function changeOf(values: Record<string, PersonChange["fields"][string]>, { name, groups }: PeopleMapping, group: string): PersonChange {
  const fields = Object.fromEntries(Object.entries(values).filter(([column, value]) => value !== "" && column !== name && column !== groups));
  const named = name === undefined ? "" : String(values[name] ?? "").slice(0, 200);
  const listed = groups === undefined ? [] : String(values[groups] ?? "").split(",");
  const add = [...new Set([...listed, group].map((each) => each.trim().slice(0, 60)).filter(Boolean))].slice(0, 50);
  return { ...(named ? { name: named } : {}), fields, add, remove: [] };
}
