import { limits } from "./limits.ts";

/** Splits a header value at `separator`, but not inside quotes or angle brackets (RFC 3261 §7.3.1). */
export function splitList(value: string, separator = ",", max: number = limits.listItems): string[] {
  if (!value.includes(separator)) return value === "" ? [] : [value.trim()];
  const items: string[] = [];
  let start = 0;
  while (start <= value.length && items.length < max) {
    const end = itemEnd(value, separator, start);
    const item = value.slice(start, end).trim();
    if (item !== "") items.push(item);
    start = end + 1;
  }
  return items;
}

/** Index of the next separator outside quotes and brackets, or the length. */
function itemEnd(value: string, separator: string, from: number): number {
  let angle = false;
  for (let i = from; i < value.length; i++) {
    const c = value[i];
    if (c === '"') i = quoteEnd(value, i);
    else if (c === "<") angle = true;
    else if (c === ">") angle = false;
    else if (c === separator && !angle) return i;
  }
  return value.length;
}

function quoteEnd(value: string, from: number): number {
  for (let i = from + 1; i < value.length; i++) {
    if (value[i] === "\\") i++;
    else if (value[i] === '"') return i;
  }
  return value.length;
}
