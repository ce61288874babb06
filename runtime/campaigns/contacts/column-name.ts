import { latinName } from "./latin-names.ts";

const longest = 50;

/**
 * The name of a column in a contact's data. A Latin header is a name for expressions (`full_name`); any other keeps its
 * words («Город»), and expressions reach it by its letters in Latin, too (`latin-names.ts`).
 */
export function dataName(header: string, index: number): string {
  const trimmed = header.trim();
  if (/\p{L}/u.test(trimmed.replace(/[A-Za-z]/g, ""))) return trimmed.replace(/[."]/g, "_").slice(0, longest);
  const name = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(name) ? name.slice(0, longest) : `column${index + 1}`;
}

/** A header as the name of a field: a path in an answer is split at dots, so there are none in it. */
export const columnName = (header: string, index: number): string => header.replace(/[."]/g, "_").slice(0, 60) || `column${index + 1}`;

/**
 * One name for each column, and what to tell the importer where two would have been one: "Phone" and "phone" are `phone`
 * and `phone_2`. Names that differ only in case, or a Cyrillic one that has the Latin letters of another, are one name.
 */
export function dataNames(columns: readonly string[]): { names: string[]; notes: string[] } {
  return distinct(columns, dataName);
}

/** As `dataNames`, for names that `nameOf` makes of headers. */
export function distinct(columns: readonly string[], nameOf: (header: string, index: number) => string): { names: string[]; notes: string[] } {
  const taken = new Set<string>();
  const names: string[] = [];
  const notes: string[] = [];
  for (const [index, column] of columns.entries()) {
    const wanted = nameOf(column, index);
    let name = wanted;
    for (let n = 2; taken.has(sameName(name)); n++) name = `${wanted.slice(0, longest - 3)}_${n}`;
    if (name !== wanted) notes.push(`the column "${column}" shares its name with another one: it is now "${name}"`);
    taken.add(sameName(name));
    names.push(name);
  }
  return { names, notes };
}

const sameName = (name: string): string => latinName(name) ?? name.toLowerCase();
