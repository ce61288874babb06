import type { Translate } from "../i18n/index.ts";

/** Reasons are stored in English with their data; the screen translates them. */
const reasons: [RegExp, string][] = [
  [/^not-available: no gateway/, "messages.reason.noGateway"],
  [/^bad-value: there is nobody/, "messages.reason.nobody"],
  [/^timeout: /, "messages.reason.slow"],
  [/^network: the gateway answered (?<status>\d+) ?(?<said>.*)$/s, "messages.reason.answered"],
  [/^network: (?<said>.*)$/s, "messages.reason.network"],
];

export function messageReason(error: string, t: Translate): string {
  for (const [pattern, key] of reasons) {
    const found = pattern.exec(error);
    if (found) return t(key, { ...found.groups }).trim();
  }
  return error;
}
