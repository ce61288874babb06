import type { Command } from "../../../flows/commands.ts";
import { answer } from "./answer.ts";
import { hangup } from "./hangup.ts";
import { http } from "./http.ts";
import { list } from "./list.ts";
import type { Ask, CallHost, Performer, Performers } from "./performer.ts";
import { play } from "./play.ts";
import { record } from "./record.ts";
import { bridge, refer } from "./transfer.ts";

/** A command that a phone call cannot do: it belongs to a script or a strategy. */
const notHere: Performer<Command> = ({ id, command }, call) => call.fault(id, "not-available", `"${command.do}" does not work in a phone call`);

/** A command whose part of the product is not built: the node leaves by `error`, told apart from a failure. */
const notYet: Performer<Command> = ({ id, command }, call) => call.fault(id, "not-available", `"${command.do}" is not available yet`);

/** One performer per command of the closed union; a missing one does not compile. */
export const performers = {
  answer,
  play,
  record,
  http,
  list,
  refer,
  bridge,
  hangup,
  listen: notYet,
  recordControl: notYet,
  dtmf: notYet,
  table: notYet,
  contact: notYet,
  crm: notYet,
  notify: notYet,
  count: notYet,
  toggle: notYet,
  callerInfo: notYet,
  queue: notYet,
  queueStatus: notYet,
  callback: notYet,
  hold: notYet,
  whisper: notYet,
  screenPop: notYet,
  amd: notYet,
  show: notHere,
  dial: notHere,
  schedule: notHere,
  connect: notHere,
} satisfies Performers;

/** Does a command; returns how to give it up. */
export function perform(ask: Ask<Command>, call: CallHost): (() => void) | void {
  return (performers[ask.command.do] as Performer<Command>)(ask, call);
}
