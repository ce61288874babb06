import { phoneGroups } from "./phone-groups.ts";

/** +7 999 000-01-07; null when the text is not a number. */
export function writtenPhone(text: string): string | null {
  const number = phoneGroups(text);
  if (!number) return null;
  const prefixed = number.prefixed ? number.groups.slice(0, 2) : number.groups.slice(0, 1);
  const rest = number.groups.slice(prefixed.length);
  // A short or local number has no code of a city to stand apart.
  const spaced = number.prefixed || number.groups.length > 3 ? [...prefixed, rest.join("-")].filter(Boolean).join(" ") : number.groups.join("-");
  return (number.international ? "+" : "") + spaced;
}
