import type { Value } from "../../flows/schema/values.ts";

/** A cell as a person sees and types it. */
export const textOf = (value: Value | undefined): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** What was typed, as a value: figures are numbers (not codes with a zero or a plus before them), JSON is JSON. */
export function valueOf(text: string): Value {
  const cell = text.trim();
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(cell)) return Number(cell);
  if (cell === "true" || cell === "false") return cell === "true";
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell) as Value;
  } catch {
    return cell;
  }
}
