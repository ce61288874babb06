import { sql as raw, type RawBuilder } from "kysely";
import { folded } from "../ports/folded.ts";

/** What is looked through when a list is searched: columns by table; of JSON the values, not the names. */
const searched: Record<string, { key: string; plain: readonly string[]; json: readonly string[] }> = {
  calls: { key: "id", plain: ["caller", "dialled", "outcome"], json: ["result"] },
  contacts: { key: "id", plain: ["phone", "name", "outcome"], json: [] },
  list_entries: { key: "list, number", plain: ["number", "reason"], json: [] },
  people: { key: "phone", plain: ["phone", "name"], json: ["data"] },
  table_rows: { key: "name, key", plain: ["key"], json: ["data"] },
  messages: { key: "id", plain: ["recipient", "body"], json: [] },
  flows: { key: "id", plain: ["id"], json: ["title"] },
};

/** Functions of a writing connection. */
export const searchFunctions: Record<string, (text: unknown) => string> = {
  folded: (text) => folded(typeof text === "string" ? text : ""),
  folded_values: (text) => folded(typeof text === "string" ? valuesIn(JSON.parse(text)) : ""),
};

/** Texts and figures of a value, one a line. */
function valuesIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(valuesIn).join("\n");
  if (typeof value === "object" && value !== null) return Object.values(value).map(valuesIn).join("\n");
  return value === null ? "" : String(value);
}

/** SQL: a column `folded` in each of these tables, filled for the rows that are there and kept by triggers for those to come. */
export const foldedColumns: readonly string[] = Object.entries(searched).flatMap(([table, { key, plain, json }]) => {
  const text = [...plain.map((column) => `folded(${column})`), ...json.map((column) => `folded_values(${column})`)].join(" || char(10) || ");
  const same = key
    .split(", ")
    .map((column) => `${column} = new.${column}`)
    .join(" AND ");
  const set = `UPDATE ${table} SET folded = ${text} WHERE ${same};`;
  return [
    `ALTER TABLE ${table} ADD COLUMN folded TEXT NOT NULL DEFAULT ''`,
    `UPDATE ${table} SET folded = ${text}`,
    `CREATE TRIGGER ${table}_folded_new AFTER INSERT ON ${table} BEGIN ${set} END`,
    `CREATE TRIGGER ${table}_folded_changed AFTER UPDATE OF ${[...plain, ...json].join(", ")} ON ${table} BEGIN ${set} END`,
  ];
});

/** SQL: the row holds this text, whatever the case; `%` and `_` are letters like any other. A phone number is found in any spelling. */
export function holds(search: string, column = "folded"): RawBuilder<boolean> {
  const pattern = `%${folded(search.trim()).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const text = raw<boolean>`${raw.ref(column)} like ${pattern} escape '\\'`;
  const digits = phoneDigits(search);
  return digits === null ? text : raw<boolean>`(${text} or ${raw.ref(column)} like ${`%${digits}%`})`;
}

/**
 * The digits by which a number written by hand is found among numbers in E.164: "8 916 123-45-67" → "9161234567". Without
 * what is dialled within a country (0, in Russia 8) or abroad (00), which E.164 lacks. Null for what is no number.
 */
function phoneDigits(search: string): string | null {
  const text = search.trim();
  const digits = text.replace(/\D/g, "");
  if (!/^\+?[\d\s().-]+$/.test(text) || digits.length < 4 || digits === text) return bareDigits(text, digits);
  return text.startsWith("+") ? digits : (bareDigits(digits, digits) ?? digits);
}

const bareDigits = (text: string, digits: string): string | null =>
  text === digits && digits.length >= 7 && /^(?:00|0|8)/.test(digits) ? digits.replace(/^(?:00|0|8)/, "") : null;
