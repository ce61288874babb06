import { type Decimal, toDecimal } from "./decimal.ts";

/** How a language writes figures: the sign between thousands and the one before the fraction. */
export type NumberMarks = { group: string; point: string };

/** 1 250,5 or 1,250.5; null when the number is no number or too large to be exact. */
export function writtenNumber(n: number, marks: NumberMarks): string | null {
  const decimal = toDecimal(n);
  return decimal && writtenDecimal(decimal, marks);
}

export function writtenDecimal({ negative, whole, fraction }: Decimal, { group, point }: NumberMarks): string {
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, group);
  return (negative ? "-" : "") + grouped + (fraction ? point + fraction : "");
}
