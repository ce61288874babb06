import type { Value } from "../schema/values.ts";
import { readableText } from "./readable.ts";

const rounded = (n: number): number => Math.round(n * 1e9) / 1e9;

/** A value in a text for people: nothing for null, numbers without trailing zeros, the items of a list or map one after another. */
export function show(value: Value): string {
  if (typeof value === "number") return readableText(rounded(value));
  if (Array.isArray(value)) return value.map(show).filter(Boolean).join(", ");
  if (typeof value === "object" && value !== null) return show(Object.values(value));
  return readableText(value);
}

/** A value in a text for programs (JSON, XML, a URL): unchanged, maps as JSON. */
export function showExactly(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(rounded(value));
  if (Array.isArray(value)) return value.map(showExactly).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** JSON, XML and addresses go to programs: there every space counts. */
export function isForPrograms(text: string): boolean {
  return /^\s*(\{(?!\{)|\[|<|\{\{\s*json\(|[a-z][a-z0-9+.-]*:\/\/)/i.test(text);
}
