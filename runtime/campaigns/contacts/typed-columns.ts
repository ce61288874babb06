import { exactNumber, readNumber } from "../../../flows/language/read-number.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { SheetRow } from "./sheet.ts";

const longestCell = 10_000;

/** An export puts an apostrophe before what a spreadsheet would take for a formula ("+7…"); coming back it goes. */
export const unguarded = (cell: string): string => cell.replace(/^'(?='*[=+\-@])/, "");

/**
 * A number as lists have it, in any spelling that has one meaning ("1250", "1 250,50"): no plus, no zero before another
 * digit (those are telephones and codes), 15 digits at most. `ambiguous`: "1.250" may be two numbers.
 */
function readCell(cell: string): number | "ambiguous" | null {
  const read = readNumber(cell, null);
  return "value" in read ? read.value : read.problem === "ambiguous" ? "ambiguous" : null;
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
export type TypedColumns = { valueOf(row: SheetRow, column: number, empty: Value): Value; notes: { column: number; note: string }[] };

/** `exact`: for tables, whose numbers come back as they were written: a column with "1.10" in it is text. */
export function typedColumns(rows: readonly SheetRow[], columns: readonly string[], exact?: "exact"): TypedColumns {
  const read = exact ? exactNumber : readCell;
  const kinds = columns.map((_name, column) => kindOf(rows, column, read));
  const notes = kinds.flatMap((kind, column) => (typeof kind === "object" ? [{ column, note: ambiguousNote(columns[column]!, kind.ambiguous) }] : []));
  return {
    notes,
    /** `empty` is for a cell without a value in a column of numbers; elsewhere it is an empty text. */
    valueOf({ cells }, column, empty) {
      const cell = unguarded((cells[column] ?? "").trim());
      if (kinds[column] === "number") return cell === "" ? empty : (read(cell) as number);
      return isFlag(cell) ? cell === "true" : cell.slice(0, longestCell);
    },
  };
}

type Kind = "number" | "text" | { ambiguous: string };

/** A column of numbers, of which one could be two numbers, stays text and is told about. */
function kindOf(rows: readonly SheetRow[], column: number, read: (cell: string) => number | "ambiguous" | null): Kind {
  let kind: Kind = "text";
  for (const { cells } of rows) {
    const cell = unguarded((cells[column] ?? "").trim());
    if (cell === "") continue;
    const value = read(cell);
    if (value === null) return "text";
    if (value === "ambiguous") kind = typeof kind === "object" ? kind : { ambiguous: cell };
    else if (kind === "text") kind = "number";
  }
  return kind;
}

const ambiguousNote = (column: string, cell: string): string => `the column "${column}" stays text: "${cell.slice(0, 40)}" is ambiguous as a number`;
