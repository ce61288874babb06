import { describe, expect, test } from "vitest";
import { reasonText } from "../../editor/campaigns/reason-text.ts";
import { messageReason } from "../../editor/settings/message-reason.ts";
import type { Translate } from "../../editor/i18n/index.ts";

const keyOf = ((key: string) => key) as unknown as Translate;

/** Stored rows keep the wording of the version that wrote them. */
describe("reasons in the wording of any version are translated", () => {
  test.each([
    ["no phone number", "reason.noPhone"],
    ["no telephone number", "reason.noPhone"],
    ['"x" is not a phone number', "reason.badPhone"],
    ['"x" is not a telephone number', "reason.badPhone"],
    ['"7,9E+10" lost its last digits in a spreadsheet: format the column as text and export it again', "reason.lostDigits"],
    ['"7,9E+10" has lost its last digits in a spreadsheet: make the column text and export it again', "reason.lostDigits"],
    ['two columns are called "a": the second one is now "a 2"', "reason.sameColumn"],
    ['two columns are called "a": the second is "a 2"', "reason.sameColumn"],
  ])("import: %s", (reason, key) => expect(reasonText(reason, keyOf)).toBe(key));

  test.each([
    ["bad-value: the recipient is empty", "messages.reason.nobody"],
    ["bad-value: there is nobody to send to", "messages.reason.nobody"],
    ["network: the gateway responded 500 oops", "messages.reason.answered"],
    ["network: the gateway answered 500 oops", "messages.reason.answered"],
    ["not-available: no gateway is configured for sms: add one in the settings", "messages.reason.noGateway"],
    ["timeout: the gateway did not respond in 10 seconds", "messages.reason.slow"],
  ])("message: %s", (reason, key) => expect(messageReason(reason, keyOf)).toBe(key));
});
