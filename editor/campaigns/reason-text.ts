import type { Translate } from "../i18n/index.ts";

/** Reasons are stored in English with their data, in the wording of this or an earlier version; the screen translates them. */
const reasons: [RegExp, string][] = [
  [/^no (?:tele)?phone number$/, "reason.noPhone"],
  [/^"(.*)" is not a (?:tele)?phone number$/, "reason.badPhone"],
  [/^unknown time zone "(.*)"$/, "reason.badZone"],
  [/^the same number as in line (\d+)$/, "reason.twice"],
  [/^no key$/, "reason.noKey"],
  [/^the same key as in line (\d+)$/, "reason.twiceKey"],
  [/^(\d+) cells, but (\d+) columns$/, "reason.cells"],
  [/^"(.*)" (?:has )?lost its last digits in a spreadsheet: .*$/, "reason.lostDigits"],
  [/^the column "(.*)" shares its name with another one: it is now "(.*)"$/, "reason.sameName"],
  [/^the column "(.*)" stays text: "(.*)" is ambiguous as a number$/, "reason.twoNumbers"],
  [/^line (\d+): "(.*)" is not a phone number and was left out$/, "reason.leftOut"],
  [/^two columns are called "(.*)": the second (?:one )?is (?:now )?"(.*)"$/, "reason.sameColumn"],
];

export function reasonText(reason: string, t: Translate): string {
  for (const [pattern, key] of reasons) {
    const match = pattern.exec(reason);
    if (match) return t(key, { first: match[1], second: match[2] });
  }
  return reason;
}
