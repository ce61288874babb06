import type { Command } from "../../../flows/commands.ts";
import { answer } from "./answer.ts";
import { background } from "./background.ts";
import { dataPerformer } from "./data-answers.ts";
import { dtmf } from "./dtmf.ts";
import { hangup } from "./hangup.ts";
import { whyNot } from "./not-available.ts";
import type { Ask, CallHost, Performer, Performers } from "./performer.ts";
import { play } from "./play.ts";
import { recordControl } from "./record-control.ts";
import { record } from "./record.ts";
import { bridge, refer } from "./transfer.ts";

/** A command not supported in phone calls: not available yet, or for scripts or strategies only. The node leaves by `error`. */
const notHere: Performer<Command> = ({ id, command }, call) => call.fault(id, "not-available", whyNot(command, "phone call"));

/** One performer per command of the closed union; a missing one does not compile. */
export const performers = {
  answer,
  play,
  background,
  record,
  recordControl,
  dtmf,
  refer,
  bridge,
  hangup,
  http: dataPerformer,
  list: dataPerformer,
  table: dataPerformer,
  contact: dataPerformer,
  crm: dataPerformer,
  notify: dataPerformer,
  count: dataPerformer,
  toggle: dataPerformer,
  callerInfo: dataPerformer,
  listen: notHere,
  queue: notHere,
  queueStatus: notHere,
  callback: notHere,
  hold: notHere,
  whisper: notHere,
  screenPop: notHere,
  amd: notHere,
  show: notHere,
  dial: notHere,
  schedule: notHere,
  connect: notHere,
} satisfies Performers;

/** Performs a command; returns a cancel function. */
export function perform(ask: Ask<Command>, call: CallHost): (() => void) | void {
  return (performers[ask.command.do] as Performer<Command>)(ask, call);
}
