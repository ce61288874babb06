import { isRecord } from "./same.ts";

type List = readonly unknown[];

/** The identity of list items, first match wins: a menu's key, a field's name, a case's exit, an answer's value. */
const names = ["key", "name", "exit", "value", "id", "code", "from", "prompt"];

/**
 * Keys by which items of versions of one list are the same item: the value itself for plain words, a naming field for
 * objects, else the place when all lists are equally long. Null when nothing tells: then the list is one value.
 */
export function itemKeys(lists: readonly List[]): string[][] | null {
  const byName = [plainKey, ...names.map(keyBy)].map((keyOf) => lists.map((list) => list.map(keyOf)));
  const found = byName.find((keys) => keys.every(allDistinct));
  if (found) return found as string[][];
  const [first = []] = lists;
  return lists.every((list) => list.length === first.length) ? lists.map((list) => list.map((_item, index) => String(index))) : null;
}

const plainKey = (item: unknown): string | null => (typeof item === "string" ? item : null);

const keyBy =
  (name: string) =>
  (item: unknown): string | null => {
    const value = isRecord(item) ? item[name] : undefined;
    return typeof value === "string" && value !== "" ? value : null;
  };

const allDistinct = (keys: readonly (string | null)[]): boolean => !keys.includes(null) && new Set(keys).size === keys.length;
