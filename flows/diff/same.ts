/** Deep equality of JSON; the order of keys says nothing, that of lists does. Absent is undefined. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

export type Json = Readonly<Record<string, unknown>>;

/** A JSON object, not a list. */
export const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** An own value by key; what a prototype has does not count. */
export const own = (record: Json | undefined, key: string): unknown => (record && Object.hasOwn(record, key) ? record[key] : undefined);

/** Keys of several objects, in the order of the first and then of the others. */
export const keysOf = (...records: (Json | undefined)[]): string[] => [...new Set(records.flatMap((record) => Object.keys(record ?? {})))];

/** JSON as text with the keys of objects in order, so equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).toSorted(([x], [y]) => (x < y ? -1 : 1))) : each,
  );
}
