/** `prefixed`: the first group is a country code or a trunk prefix. */
export type PhoneGroups = { international: boolean; prefixed: boolean; groups: string[] };

/** ITU-T E.164 country codes of two digits; 1 and 7 have one digit, all others three. */
const twoDigitCodes = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(" "),
);

/** How many digits each group has, by the length of what is left. */
const shapes: Record<number, number[]> = { 1: [1], 2: [2], 3: [3], 4: [2, 2], 5: [3, 2], 6: [2, 2, 2], 7: [3, 2, 2], 8: [2, 2, 2, 2] };

const longestNumber = 20;

/** Splits a phone number for reading aloud; null if the text is not a number. */
export function phoneGroups(text: string): PhoneGroups | null {
  if (!/^[+\d\s().-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, "");
  if (digits.length === 0 || digits.length > longestNumber) return null;
  const international = text.trim().startsWith("+");
  const prefix = international ? countryCode(digits) : trunkPrefix(digits);
  const rest = digits.slice(prefix.length);
  const groups = prefix === "1" && rest.length === 10 ? cut(rest, [3, 3, 4]) : cut(rest, shapeOf(rest.length));
  return { international, prefixed: prefix !== "", groups: prefix ? [prefix, ...groups] : groups };
}

function countryCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  return digits.slice(0, twoDigitCodes.has(digits.slice(0, 2)) ? 2 : 3);
}

/** The Russian long-distance 8, or a 7 or 1 written without its plus. */
function trunkPrefix(digits: string): string {
  return digits.length === 11 && /^[178]/.test(digits) ? digits.slice(0, 1) : "";
}

function shapeOf(length: number): number[] {
  if (length === 0) return [];
  return shapes[length] ?? [3, ...shapeOf(length - 3)];
}

function cut(digits: string, shape: number[]): string[] {
  let at = 0;
  return shape.map((size) => digits.slice(at, (at += size)));
}
