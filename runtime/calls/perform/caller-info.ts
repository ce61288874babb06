import type { Command } from "../../../flows/commands.ts";
import { describeNumber } from "../../../flows/nodes/caller-info/describe-number.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { DataAnswer } from "./data-answer.ts";

const day = 86_400_000;

/** Information about the number and its previous calls. */
export const callerInfo: DataAnswer<Extract<Command, { do: "callerInfo" }>> = async ({ number, days }, { store, clock, country }, { callId }) => {
  const facts = describeNumber(keyText(number), country);
  if (facts.hidden) return { exit: "hidden", value: { ...facts, calls: 0, lastCallAt: "", lastOutcome: "" } };
  const { calls, last } = await store.calls.history(facts.number, clock.now() - days * day, callId);
  const value = { ...facts, calls, lastCallAt: last ? new Date(last.at).toISOString() : "", lastOutcome: last?.outcome ?? "" };
  return { exit: calls > 0 ? "known" : "new", value };
};
