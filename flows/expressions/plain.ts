import type { Value } from "../schema/values.ts";
import { TextError } from "./text-error.ts";

/** Characters and items of one value at most: variables that double in a loop must not fill the memory of the server. */
const mostSize = 1_000_000;

/** CEL results as JSON values: BigInt to number, Map to object, optionals and dates unwrapped. Throws TextError for a value without bounds. */
export function plain(value: unknown): Value {
  let left = mostSize;
  const spend = (size: number): void => {
    left -= size;
    if (left < 0) throw new TextError(`a value of more than ${mostSize} characters and items`, `значение больше ${mostSize} знаков и элементов`);
  };
  const entries = (pairs: Iterable<[unknown, unknown]>): Value =>
    Object.fromEntries(
      [...pairs].map(([key, item]) => {
        spend(String(key).length);
        return [String(key), walk(item)];
      }),
    );
  const walk = (item: unknown): Value => {
    spend(typeof item === "string" ? item.length : 1);
    if (typeof item === "bigint") return Number(item);
    if (item === null || item === undefined) return null;
    if (typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") return finite(item);
    if (Array.isArray(item)) return item.map(walk);
    if (item instanceof Date) return item.toISOString();
    if (item instanceof Map) return entries(item);
    return typeof item === "object" ? entries(Object.entries(item)) : String(item);
  };
  return walk(value);
}

function finite(number: number): number | null {
  if (Number.isNaN(number)) return null;
  if (Number.isFinite(number)) return number;
  throw new TextError("the result is larger than any number", "результат больше любого числа");
}
