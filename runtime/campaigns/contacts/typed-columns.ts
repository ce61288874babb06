import { exactNumber } from "../../../flows/language/read-number.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { SheetRow } from "./sheet.ts";

/** Digits of a number at most: more are a code, and would not come back as they were. */
const mostDigits = 15;
const longestCell = 10_000;

/** An export puts an apostrophe before what a spreadsheet would take for a formula ("+7…"); coming back it goes. */
export const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, "");

/** A number in a list: no plus, no leading zero (those are phone numbers and codes). */
function isNumber(cell: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(cell) && cell.replace(/\D/g, "").length <= mostDigits;
}
const isFlag = (cell: string): boolean => cell === "true" || cell === "false";

/** A cell alone as a value. */
export function cellValue(text: string): Value {
  const cell = unguarded(text.trim()).slice(0, longestCell);
  const number = exactNumber(cell);
  if (number !== null) return number;
  return isFlag(cell) ? cell === "true" : cell;
}

/** A column as a whole: a number only when every value in it is one; `true` and `false` are themselves. The same at every door. */
export type TypedColumns = { valueOf(row: SheetRow, column: number, empty: Value): Value };

/** `exact`: for tables, whose numbers come back as they were written: a column with "1.10" in it is text. */
export function typedColumns(rows: readonly SheetRow[], width: number, exact?: "exact"): TypedColumns {
  const fits = exact ? (cell: string) => exactNumber(cell) !== null : isNumber;
  const numbers = Array.from({ length: width }, (_, column) => isNumberColumn(rows, column, fits));
  return {
    /** `empty` is for a cell without a value in a column of numbers; elsewhere it is an empty text. */
    valueOf({ cells }, column, empty) {
      const cell = (cells[column] ?? "").trim();
      if (numbers[column]) return cell === "" ? empty : Number(cell);
      return isFlag(cell) ? cell === "true" : unguarded(cell).slice(0, longestCell);
    },
  };
}

function isNumberColumn(rows: readonly SheetRow[], column: number, fits: (cell: string) => boolean): boolean {
  let seen = false;
  for (const { cells } of rows) {
    const cell = (cells[column] ?? "").trim();
    if (cell === "") continue;
    if (!fits(cell)) return false;
    seen = true;
  }
  return seen;
}
