import { readNumber } from "../language/read-number.ts";
import type { Value } from "../schema/values.ts";

/** A number in a node form, or a CEL expression for it, usually an input. */
export type Tunable = number | string;
export type TunableRange = { min: number; max: number };

/** The expression of a tunable number, for the checks; nothing when it is a plain number. */
export const tunablePieces = (path: string, value: Tunable): { path: string; source: string; type: string }[] =>
  typeof value === "string" ? [{ path, source: value, type: "double" }] : [];

/** A tunable number as known at design time: `otherwise` stands for an expression. */
export const knownNumber = (value: Tunable, otherwise: number): number => (typeof value === "number" ? value : otherwise);

/**
 * The value of an expression as a number of the form. Values outside the range are clamped, so that a wrong
 * setting does not end a call. Throws an Error that names the value when it is no number.
 */
export function numberWithin(value: Value, { min, max }: TunableRange): number {
  const read = typeof value === "string" ? readNumber(value, null) : null;
  const number = read ? ("value" in read ? read.value : null) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) throw new Error(`${JSON.stringify(value)} is not a number from ${min} to ${max}`);
  return Math.min(max, Math.max(min, number));
}
