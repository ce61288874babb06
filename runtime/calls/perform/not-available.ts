import type { Command, CommandName } from "../../../flows/commands.ts";

/** Commands whose part of the product is not built, and what to do meanwhile. */
const reasons: Partial<Record<CommandName, string>> = {
  listen: "recognising speech is not available yet: ask for keys",
  queue: "queues to operators are not available yet: use a transfer",
  queueStatus: "queues to operators are not available yet",
  callback: "calling back is not available yet: save the number in a table or send a message",
  hold: "hold is not available yet",
  whisper: "whispering is not available yet",
  screenPop: "opening a page for an operator is not available yet",
  amd: "telling machines from people is not available yet: leave the node out",
  connect: "handing over to an operator is not available yet: name a flow in the dial node",
};

/** Why a command cannot be done here: not built yet, or not of this kind of flow. */
export function whyNot(command: Command, where: "phone call" | "script" | "strategy"): string {
  if (command.do === "dial" && command.amd) return "telling machines from people is not available yet: switch it off in the dial node";
  return reasons[command.do] ?? `"${command.do}" does not work in a ${where}`;
}

/** Commands that no call of this installation can do yet, for the check. */
export const missingCommands = Object.keys(reasons);
