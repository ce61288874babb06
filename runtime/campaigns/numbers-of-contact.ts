import type { ContactRow } from "../ports/store.ts";
import { parseNumber } from "../routing/normalize-number.ts";

/** All numbers of a contact as E.164, without repeats: its own, then the columns phone2 to phone9 of the list. */
export function numbersOfContact(contact: ContactRow, country: string): string[] {
  const more = [2, 3, 4, 5, 6, 7, 8, 9].map((index) => contact.data[`phone${index}`] ?? contact.data[`phone_${index}`]);
  const parsed = more.flatMap((value) => (typeof value === "string" || typeof value === "number" ? [parseNumber(String(value), country)] : []));
  return [...new Set([contact.phone, ...parsed.filter((number): number is string => number !== null)])];
}
