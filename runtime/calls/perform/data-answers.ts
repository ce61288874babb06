import type { Command } from "../../../flows/commands.ts";
import { callerInfo } from "./caller-info.ts";
import { contact } from "./contact.ts";
import { count } from "./count.ts";
import { crm } from "./crm.ts";
import { failed, type DataAnswer, type DataCall, type DataDeps, type Reply } from "./data-answer.ts";
import { http } from "./http.ts";
import { list } from "./list.ts";
import { notify } from "./notify.ts";
import type { Performer } from "./performer.ts";
import { table } from "./table.ts";
import { toggle } from "./toggle.ts";

/** Commands that need no leg, for phone calls, scripts and strategies. */
const answers = { http, list, table, contact, crm, notify, count, toggle, callerInfo };
export type DataCommand = Extract<Command, { do: keyof typeof answers }>;

export const isData = (command: Command): command is DataCommand => Object.hasOwn(answers, command.do);

/** Never rejects: internal errors become the fault `network`. */
export async function answerData(command: DataCommand, deps: DataDeps, call: DataCall): Promise<Reply> {
  try {
    return await (answers[command.do] as DataAnswer<DataCommand>)(command, deps, call);
  } catch (error) {
    return failed("network", error instanceof Error ? error.message : String(error));
  }
}

/** The same for a phone call: given up, it is aborted and says nothing more. */
export const dataPerformer: Performer<DataCommand> = ({ id, command }, call) => {
  const abort = new AbortController();
  void answerData(command, call.data, { callId: call.callId, signal: abort.signal, withheld: call.withheld }).then((reply) => {
    if (abort.signal.aborted) return;
    if (reply.fault) call.fault(id, reply.fault.code, reply.fault.message);
    else call.reply(id, reply.exit, reply.value);
  });
  return () => abort.abort();
};
