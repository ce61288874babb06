import { itemKeys } from "./item-keys.ts";
import { isRecord, keysOf, own, same } from "./same.ts";

/** The smallest differing places. `order`: the same items in another order. */
export type Leaf = { path: readonly string[]; before: unknown; after: unknown; order?: true };

/** Differences between two JSON values, by path; items of lists go by their key (see `itemKeys`). */
export function leafChanges(before: unknown, after: unknown, path: readonly string[] = []): Leaf[] {
  if (same(before, after)) return [];
  if (isRecord(before) && isRecord(after)) return keysOf(before, after).flatMap((key) => leafChanges(own(before, key), own(after, key), [...path, key]));
  const lists = Array.isArray(before) && Array.isArray(after) ? itemKeys([before, after]) : null;
  if (!lists) return [{ path, before, after }];
  const [old, now] = lists as [string[], string[]];
  const item = (list: unknown, keys: string[], key: string): unknown => (list as unknown[])[keys.indexOf(key)];
  const items = [...new Set([...old, ...now])].flatMap((key) => leafChanges(item(before, old, key), item(after, now, key), [...path, `[${key}]`]));
  const moved = !same(
    old.filter((key) => now.includes(key)),
    now.filter((key) => old.includes(key)),
  );
  return moved ? [...items, { path, before: old, after: now, order: true }] : items;
}

/** ["choices", "[1]", "value"] → "choices[1].value". */
export const pathText = (path: readonly string[]): string => path.map((part, index) => (index === 0 || part.startsWith("[") ? part : `.${part}`)).join("");
