import type { Command, CommandName } from "../../../flows/commands.ts";

/** Commands that are not available yet, with a workaround. */
const reasons: Partial<Record<CommandName, string>> = {
  listen: "speech recognition is not available yet: ask for DTMF digits",
  queue: "operator queues are not available yet: use a transfer",
  queueStatus: "operator queues are not available yet",
  callback: "callbacks are not available yet: save the number in a table or send a message",
  hold: "hold is not available yet",
  whisper: "whisper is not available yet",
  screenPop: "screen pop is not available yet",
  amd: "answering machine detection is not available yet: remove the node",
  connect: "connecting an operator is not available yet: set a flow in the dial node",
};

/** The reason why a command is unavailable: not available yet, or not for this kind of flow. */
export function whyNot(command: Command, where: "phone call" | "script" | "strategy"): string {
  if (command.do === "dial" && command.amd) return "answering machine detection is not available yet: turn it off in the dial node";
  return reasons[command.do] ?? `"${command.do}" does not work in a ${where}`;
}

/** Commands not available in live calls of this installation, for the check. */
export const missingCommands = Object.keys(reasons);
