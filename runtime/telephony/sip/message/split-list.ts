import { limits } from "./limits.ts";

/** Splits a header value at `separator`, but not inside quotes or angle brackets (RFC 3261 §7.3.1). */
export function splitList(value: string, separator = ",", max: number = limits.listItems): string[] {
  if (!value.includes(separator)) return value === "" ? [] : [value.trim()];
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  let angle = false;
  for (let i = 0; i < value.length && items.length < max; i++) {
    const c = value[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "<") angle = true;
    else if (c === ">") angle = false;
    else if (c === separator && !angle) {
      items.push(value.slice(start, i).trim());
      start = i + 1;
    }
  }
  if (items.length < max) items.push(value.slice(start).trim());
  return items.filter((item) => item !== "");
}
