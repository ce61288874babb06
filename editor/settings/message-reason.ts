import type { Translate } from "../i18n/index.ts";

/** Reasons are stored in English with their data, in the wording of this or an earlier version; the screen translates them. */
const reasons: [RegExp, string][] = [
  [/^not-available: no gateway/, "messages.reason.noGateway"],
  [/^bad-value: (?:there is nobody|the recipient is empty)/, "messages.reason.nobody"],
  [/^timeout: /, "messages.reason.slow"],
  [/^network: the gateway (?:answered|responded) (?<status>\d+) ?(?<said>.*)$/s, "messages.reason.answered"],
  [/^network: (?<said>.*)$/s, "messages.reason.network"],
];

export function messageReason(error: string, t: Translate): string {
  for (const [pattern, key] of reasons) {
    const found = pattern.exec(error);
    if (found) return t(key, { ...found.groups }).trim();
  }
  return error;
}
