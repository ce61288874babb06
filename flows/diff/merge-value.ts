import { below, type Place, type Report } from "./conflict.ts";
import { itemKeys } from "./item-keys.ts";
import { mergeOrder } from "./merge-order.ts";
import { isRecord, keysOf, own, same, type Json } from "./same.ts";

/** Three versions of one value; undefined is absent. */
export type Three = { base: unknown; ours: unknown; theirs: unknown };

/** Three-way merge of JSON: objects by key, lists by item, other values as a whole. The same place changed twice: ours, with a conflict. */
export function mergeValue(three: Three, at: Place, report: Report): unknown {
  const plain = unopposed(three);
  if (plain) return plain.value;
  const { base, ours, theirs } = three;
  if (isRecord(ours) && isRecord(theirs) && (base === undefined || isRecord(base))) {
    const each = (key: string) => mergeValue(threeOf(base, ours, theirs, key), below(at, key), report);
    return inOrder(keysOf(ours, theirs), each, { base, ours, theirs }).value;
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && (base === undefined || Array.isArray(base))) {
    const merged = mergeList(base ?? [], ours, theirs, at, report);
    if (merged) return merged;
  }
  report({ ...at, kind: "same-field", base, ours, theirs });
  return ours;
}

/** The value when at most one side changed it, or both alike. */
export function unopposed({ base, ours, theirs }: Three): { value: unknown } | null {
  if (same(ours, theirs) || same(base, theirs)) return { value: ours };
  return same(base, ours) ? { value: theirs } : null;
}

export const threeOf = (base: unknown, ours: unknown, theirs: unknown, key: string): Three => ({
  base: at(base, key),
  ours: at(ours, key),
  theirs: at(theirs, key),
});
const at = (record: unknown, key: string): unknown => (isRecord(record) ? own(record, key) : undefined);

/** An object of merged values without the absent ones; keys keep the order of the versions. `clash`: two new orders. */
export function inOrder(keys: readonly string[], value: (key: string) => unknown, versions: Three): { value: Json; clash: boolean } {
  const values = new Map(keys.map((key) => [key, value(key)]).filter((entry): entry is [string, unknown] => entry[1] !== undefined));
  const [base, ours, theirs] = [versions.base, versions.ours, versions.theirs].map((record) => (isRecord(record) ? Object.keys(record) : []));
  const { order, clash } = mergeOrder(base!, ours!, theirs!, new Set(values.keys()));
  return { value: Object.fromEntries(order.map((key) => [key, values.get(key)])), clash };
}

function mergeList(base: unknown[], ours: unknown[], theirs: unknown[], place: Place, report: Report): unknown[] | null {
  const keys = itemKeys([base, ours, theirs]);
  if (!keys) return null;
  const [b, o, t] = [base, ours, theirs].map((list, index) => Object.fromEntries(list.map((item, n) => [`[${keys[index]![n]}]`, item]))) as [Json, Json, Json];
  const each = (key: string) => mergeValue(threeOf(b, o, t, key), below(place, key), report);
  const { value, clash } = inOrder(keysOf(b, o, t), each, { base: b, ours: o, theirs: t });
  if (clash) report({ ...place, kind: "order", base, ours, theirs });
  return Object.values(value);
}
