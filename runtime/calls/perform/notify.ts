import { createHash } from "node:crypto";
import type { Command } from "../../../flows/commands.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { DataAnswer } from "./data-answer.ts";

/**
 * Sends a message through the outbox. `sent`: the gateway accepted it, or it waits for a retry. `failed`: it will
 * not be sent; the value has the reason (`code`, `reason`).
 */
export const notify: DataAnswer<Extract<Command, { do: "notify" }>> = async (command, { outbox }, { callId }) => {
  const { channel, subject, text, data } = command;
  const to = keyText(command.to);
  const sum = createHash("sha256")
    .update(JSON.stringify([channel, to, subject, text, data]))
    .digest("hex")
    .slice(0, 16);
  const { state, error, id } = await outbox.post({ key: `${keyText(command.key)}:${sum}`, channel, to, subject, text, data, callId });
  const [code = "", reason = ""] = error === "" ? [] : splitOnce(error);
  return { exit: state === "failed" ? "failed" : "sent", value: { state, channel, to, id, ...(error ? { code, reason } : {}) } };
};

/** "not-available: no gateway …" → its code and its words. */
function splitOnce(error: string): [string, string] {
  const at = error.indexOf(": ");
  return at < 0 ? ["", error] : [error.slice(0, at), error.slice(at + 2)];
}
