/** A finite number as decimal digits, never in exponent form. */
export type Decimal = { negative: boolean; whole: number; fraction: string };

/** Null for NaN, infinities, values of other types and numbers too large to be exact. */
export function toDecimal(n: number): Decimal | null {
  if (!Number.isFinite(n) || Math.abs(n) > Number.MAX_SAFE_INTEGER) return null;
  const [mantissa = "0", exponent = "0"] = String(Math.abs(n)).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  // The range check leaves only negative exponents, and those always have one digit before the point.
  const shift = -Number(exponent);
  if (shift === 0) return { negative: n < 0, whole: Number(whole), fraction };
  return { negative: n < 0, whole: 0, fraction: "0".repeat(shift - 1) + whole + fraction };
}

/** Rounds half away from zero to `places` digits, on the written digits: 1.005 becomes 1.01. */
export function roundDecimal(value: Decimal, places: number): { negative: boolean; whole: number; minor: number } {
  const kept = Number(value.fraction.slice(0, places).padEnd(places, "0"));
  const roundedUp = kept + (Number(value.fraction[places] ?? "0") >= 5 ? 1 : 0);
  const carried = roundedUp === 10 ** places;
  const whole = carried ? value.whole + 1 : value.whole;
  const minor = carried ? 0 : roundedUp;
  return { negative: value.negative && (whole > 0 || minor > 0), whole, minor };
}

/** Groups of three digits, lowest first: 1,234,567 gives [567, 234, 1]. */
export function thousandGroups(n: number): number[] {
  const groups: number[] = [];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  return groups;
}
