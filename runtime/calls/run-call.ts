import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { AnyStateMachine } from "xstate";
import type { Calendar } from "../../flows/schema/calendar.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { fold, type CallResult } from "../../flows/result.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { CallRow, NewCall } from "../ports/store.ts";
import type { Leg, LegEvent } from "../ports/telephony.ts";
import type { CallDeps, LiveCall } from "./call-registry.ts";
import { startInstance, type Instance } from "./instance.ts";
import { openJournal } from "./journal.ts";
import { perform } from "./perform/index.ts";
import type { CallHost } from "./perform/performer.ts";

export type CallPlan = {
  call: NewCall;
  flow: Flow;
  machine: AnyStateMachine;
  inputs: Record<string, Value>;
  contact?: Record<string, Value>;
  calendars: Record<string, Calendar>;
  /** The leg was answered before the flow starts (outbound). */
  answered: boolean;
};

const reportWaitMs = 3_000;
const recordingCloseMs = 200;

/** Plays a flow on a leg: asks go to performers, reports of the leg become events, the journal is the truth. */
export function runCall(plan: CallPlan, leg: Leg, deps: CallDeps): LiveCall {
  const { call } = plan;
  const { clock, bus, store, log } = deps;
  const journal = openJournal(call.id, store.calls, bus, (error) => log(`call ${call.id}: journal: ${String(error)}`));
  const running = new Map<string, () => void>();
  const watchers = new Set<(event: LegEvent) => void>();
  const openRecordings = new Set<string>();
  let answeredAt: number | null = plan.answered ? call.startedAt : null;
  let callRecording: string | null = null;
  let legGone = false;
  let instance: Instance | null = null;
  let settleEnd: (result: CallResult) => void;
  const ended = new Promise<CallResult>((resolve) => (settleEnd = resolve));
  let waitAnswer: Promise<boolean> | null = plan.answered ? Promise.resolve(true) : null;
  let onAnswered: ((answered: boolean) => void) | null = null;

  const host: CallHost = {
    callId: call.id, leg, clock, store, telephony: deps.telephony, prompts: deps.prompts, defaultTrunk: deps.defaultTrunk,
    answered() {
      if (waitAnswer) return waitAnswer;
      waitAnswer = new Promise((resolve) => (onAnswered = resolve));
      if (legGone) onAnswered!(false);
      else leg.answer();
      return waitAnswer;
    },
    send: (event) => report(event),
    reply: (id, exit, value) => report({ type: "reply", at: clock.now(), id, exit, ...(value === undefined ? {} : { value }) }),
    fault: (id, code, message) => report({ type: "reply", at: clock.now(), id, exit: "error", fault: { code, message: message.slice(0, 500) } }),
    async recordingFile(id) {
      await mkdir(join(deps.recordings, call.id), { recursive: true });
      return join(deps.recordings, call.id, `${fileName(id)}.wav`);
    },
    recordingOpened: (id) => void openRecordings.add(id),
    watch(listener) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    async startCallRecording() {
      callRecording = await host.recordingFile("call");
      leg.startCallRecording(callRecording);
    },
  };

  function report(event: Parameters<Instance["send"]>[0]): void {
    if ("id" in event) running.delete(event.id);
    if (event.type === "recorded" && instance?.done) late(event);
    else instance?.send(event);
    if (event.type === "recorded") openRecordings.delete(event.id);
    void journal.flush();
  }

  /** A report that comes after the flow has ended still belongs to the result. */
  function late({ at, id, ms, speechMs, reason, recording }: Extract<Parameters<Instance["send"]>[0], { type: "recorded" }>): void {
    journal.add([{ at, node: id.split("#")[0] ?? "", kind: "reply", data: { id, ms, speechMs, reason, recording, late: true } }]);
  }

  function onLeg(event: LegEvent): void {
    for (const watcher of [...watchers]) watcher(event);
    if (event.type === "answered") {
      answeredAt ??= event.at;
      onAnswered?.(true);
    }
    if (event.type === "digit") report({ type: "digit", at: event.at, digit: event.digit, leg: "A" });
    if (event.type !== "hungup") return;
    legGone = true;
    onAnswered?.(false);
    const by = event.cause.by === "network" ? "network" : "caller";
    const { sipStatus, q850 } = event.cause;
    if (event.cause.by !== "local") report({ type: "hangup", at: event.at, by, ...(sipStatus ? { sipStatus } : {}), ...(q850 ? { q850 } : {}) });
  }

  async function finish(): Promise<void> {
    for (const cancel of running.values()) cancel();
    running.clear();
    if (!legGone) leg.hangup({ q850: 16 });
    const deadline = clock.now() + reportWaitMs;
    while (openRecordings.size > 0 && clock.now() < deadline) await new Promise<void>((resolve) => clock.after(20, resolve));
    const endedAt = clock.now();
    if (callRecording) await noteCallRecording(callRecording);
    const result = fold(journal.lines);
    await store.calls.finish(call.id, { endedAt, answeredAt, result }, journal.take()).catch((error: unknown) => log(`call ${call.id}: result: ${String(error)}`));
    bus.publish({ type: "call-end", call: callRow(call, result, answeredAt, endedAt) });
    settleEnd(result);
  }

  /** The stereo recording of the whole call: 32 bytes a millisecond after the header. */
  async function noteCallRecording(file: string): Promise<void> {
    await new Promise<void>((resolve) => clock.after(recordingCloseMs, resolve));
    const size = await stat(file).then((found) => found.size, () => 0);
    if (size > 44) journal.add([{ at: clock.now(), node: "", kind: "reply", data: { id: "call", ms: Math.floor((size - 44) / 32), recording: "call" } }]);
  }

  bus.publish({ type: "call-begin", call });
  const input = {
    at: clock.now(), zone: deps.zone, inputs: plan.inputs, calendars: plan.calendars, contact: plan.contact ?? {},
    call: { id: call.id, dialled: call.dialled, direction: call.direction }, caller: { number: call.caller },
  };
  journal.add([{ at: input.at, node: "", kind: "note", data: { start: input as unknown as Value } }]);
  void store.calls.begin(call, journal.take()).catch((error: unknown) => log(`call ${call.id}: ${String(error)}`));
  leg.listen(onLeg);
  const early: (() => void)[] = [];
  instance = startInstance({
    machine: plan.machine, clock, input,
    host: {
      journal: (lines) => void journal.add(lines),
      ask(ask) {
        if (!instance) return void early.push(() => begin(ask));
        begin(ask);
      },
      cancel(id) {
        running.get(id)?.();
        running.delete(id);
      },
      done: () => void queueMicrotask(() => void finish()),
    },
  });
  for (const each of early) each();
  void journal.flush();

  function begin(ask: Parameters<typeof perform>[0]): void {
    const cancel = perform(ask, host);
    if (cancel) running.set(ask.id, cancel);
  }

  return {
    call, ended, get context() { return instance!.context; },
    hangup: () => leg.hangup(),
    journal,
  };
}

/** Command ids as file names: "voice-mail#3" → "voice-mail.3". */
export const fileName = (id: string): string => id.replaceAll("#", ".").replace(/[^A-Za-z0-9._-]/g, "_");

export function callRow(call: NewCall, result: CallResult, answeredAt: number | null, endedAt: number | null): CallRow {
  const { ended, q850, sipStatus, outcome, disposition, path, recordings } = result;
  return { ...call, answeredAt, endedAt, ended, q850, sipStatus, outcome, disposition, result: result.result, path, recordings };
}
