import { phoneGroups } from "../phone-groups.ts";
import { digitName } from "./number.ts";

const signs: Record<string, string> = {
  "-": "dash",
  "–": "dash",
  "—": "dash",
  "/": "slash",
  ".": "dot",
  _: "underscore",
  "@": "at",
  "+": "plus",
  "*": "star",
  "#": "pound",
};

/** four zero seven one */
export function digits(text: string): string {
  const read = [...String(text)].filter((sign) => /[\d+*#]/.test(sign)).map(nameOf);
  return read.length > 0 ? read.join(" ") : String(text);
}

/** A, B, dash, one, two */
export function code(text: string): string {
  const read = [...String(text).toUpperCase()].map(nameOf).filter((name) => name !== undefined);
  return read.length > 0 ? read.join(", ") : String(text);
}

/** plus seven, nine nine nine, zero zero zero, zero zero, zero one */
export function phone(e164: string): string {
  const number = phoneGroups(String(e164));
  if (!number) return String(e164);
  return (number.international ? "plus " : "") + number.groups.map((group) => [...group].map(digitName).join(" ")).join(", ");
}

function nameOf(sign: string): string | undefined {
  if (/\d/.test(sign)) return digitName(sign);
  return signs[sign] ?? (/\p{L}/u.test(sign) ? sign : undefined);
}
