import { sql as raw, type RawBuilder } from "kysely";
import type { Value } from "../../flows/schema/values.ts";

/** A column name that a JSON path can hold. */
const label = (name: string): string => `$."${name.replaceAll('"', "'")}"`;

/** SQL: the JSON of `column` with these keys set, each whole (null stays null). */
export function withKeys(column: string, values: Record<string, Value>): RawBuilder<string> {
  const entries = Object.entries(values);
  const pairs = entries.flatMap(([name, value]) => [raw`${label(name)}`, raw`json(${JSON.stringify(value)})`]);
  return entries.length === 0 ? raw<string>`${raw.ref(column)}` : raw<string>`json_set(${raw.ref(column)}, ${raw.join(pairs)})`;
}
