import { exactNumber } from "../../flows/language/read-number.ts";
import type { Value } from "../../flows/schema/values.ts";

/** A cell as a person sees and types it. */
export const textOf = (value: Value | undefined): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** What was typed, as a value: figures are numbers where that loses nothing (no code, no account, no "1.10"), JSON is JSON. */
export function valueOf(text: string): Value {
  const cell = text.trim();
  const number = exactNumber(cell);
  if (number !== null) return number;
  if (cell === "true" || cell === "false") return cell === "true";
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell) as Value;
  } catch {
    return cell;
  }
}
