import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { AnyStateMachine } from "xstate";
import type { Context, StartInput } from "../../flows/compile/context.ts";
import type { CallEvent, FaultCode } from "../../flows/events.ts";
import { fold, type CallResult } from "../../flows/result.ts";
import type { Calendar } from "../../flows/schema/calendar.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { limits } from "../../flows/schema/limits.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { CallRow, NewCall } from "../ports/store.ts";
import type { Clip, Leg, LegEvent } from "../ports/telephony.ts";
import type { CallDeps } from "./call-registry.ts";
import { Instance } from "./instance.ts";
import { openJournal, type Journal } from "./journal.ts";
import { perform } from "./perform/index.ts";
import { steadyClock, type SteadyClock } from "./steady-clock.ts";
import type { CallHost } from "./perform/performer.ts";

export type CallPlan = {
  call: NewCall;
  flow: Flow;
  machine: AnyStateMachine;
  inputs: Record<string, Value>;
  contact?: Record<string, Value>;
  /** The campaign it is dialled for. */
  campaign?: string;
  calendars: Record<string, Calendar>;
  /** The leg was answered before the flow starts (outbound). */
  answered: boolean;
};

const reportWaitMs = 3_000;
const recordingCloseMs = 200;
/** An answer waits for its row in the store at most this long. */
const storeWaitMs = 1_000;

/** Runs a flow on a leg: commands go to performers, reports of the leg become events, and the journal is authoritative. */
export function runCall(plan: CallPlan, leg: Leg, deps: CallDeps): PhoneCall {
  const call = new PhoneCall(plan, leg, deps);
  call.begin();
  return call;
}

/** One phone call with its flow. */
export class PhoneCall implements CallHost {
  readonly call: NewCall;
  readonly leg: Leg;
  readonly journal: Journal;
  /** Settles with the result once it is stored, or kept for a store that cannot write now. */
  readonly ended: Promise<CallResult>;
  private readonly deps: CallDeps;
  /** The time of this call. */
  readonly clock: SteadyClock;
  private readonly instance: Instance;
  private readonly running = new Map<string, () => void>();
  private readonly watchers = new Set<(event: LegEvent) => void>();
  private readonly openRecordings = new Set<string>();
  private readonly input: StartInput;
  /** Recordings of the whole call, in order; the last one may be going on. */
  private readonly callRecordings: { id: string; file: string }[] = [];
  private recordsCall = false;
  /** Recordings that were played in this call: what was made for that goes with it. */
  private readonly heardAgain = new Set<string>();
  /** Whether the row of the call is stored. */
  private begun: Promise<unknown> = Promise.resolve();
  private answeredAt: number | null;
  private legGone = false;
  private waitAnswer: Promise<boolean> | null;
  private onAnswered: (answered: boolean) => void = () => {};
  private settleEnd!: (result: CallResult) => void;

  constructor(plan: CallPlan, leg: Leg, deps: CallDeps) {
    const { call } = plan;
    this.call = call;
    this.leg = leg;
    this.deps = deps;
    this.clock = steadyClock(deps.clock);
    this.answeredAt = plan.answered ? call.startedAt : null;
    this.waitAnswer = plan.answered ? Promise.resolve(true) : null;
    this.ended = new Promise((resolve) => (this.settleEnd = resolve));
    this.journal = openJournal(call.id, deps);
    this.input = {
      at: this.clock.now(),
      zone: deps.zone,
      country: deps.country,
      inputs: plan.inputs,
      calendars: plan.calendars,
      contact: plan.contact ?? {},
      call: { id: call.id, dialled: call.dialled, direction: call.direction, ...(plan.campaign ? { campaign: plan.campaign } : {}) },
      caller: { number: call.caller },
    };
    this.instance = new Instance({
      machine: plan.machine,
      clock: this.clock,
      input: this.input,
      host: {
        journal: (lines) => void this.journal.add(lines),
        ask: (ask) => this.ask(ask),
        cancel: (id) => this.cancel(id),
        done: () => queueMicrotask(() => void this.finish()),
      },
    });
  }

  get context(): Context {
    return this.instance.context;
  }
  get callId(): string {
    return this.call.id;
  }
  get withheld(): string {
    const { direction, caller, asserted = "" } = this.leg;
    return direction === "inbound" && caller === "" ? asserted : "";
  }
  get store() {
    return this.deps.store;
  }
  get data() {
    return this.deps;
  }
  get telephony() {
    return this.deps.telephony;
  }
  get prompts() {
    return this.deps.prompts;
  }
  get talking(): boolean {
    return this.waitAnswer !== null;
  }
  get defaultTrunk(): string {
    return this.deps.defaultTrunk;
  }

  begin(): void {
    const { call, deps } = this;
    deps.bus.publish({ type: "call-begin", call });
    this.journal.add([{ at: this.input.at, node: "", kind: "note", data: { start: this.input as unknown as Value } }]);
    const lines = this.journal.take();
    this.begun = deps.kept.write(call.id, () => deps.store.calls.begin(call, lines));
    this.leg.listen((event) => this.onLeg(event));
    this.instance.begin();
    const cancelLimit = this.clock.after(limits.callMs, () => this.hangup());
    void this.ended.finally(cancelLimit);
    void this.journal.flush();
  }

  hangup(): void {
    this.leg.hangup();
  }

  answered(): Promise<boolean> {
    if (this.waitAnswer) return this.waitAnswer;
    this.waitAnswer = new Promise((resolve) => (this.onAnswered = resolve));
    void this.rowStored().then(() => (this.legGone ? this.onAnswered(false) : this.leg.answer()));
    return this.waitAnswer;
  }

  /** The row of the call is stored before the call is answered, so that a crash leaves no answered call without a row. A slow store delays the answer only briefly. */
  private rowStored(): Promise<unknown> {
    let cancel = () => {};
    const late = new Promise<void>((resolve) => (cancel = this.clock.after(storeWaitMs, resolve)));
    return Promise.race([this.begun, late]).finally(() => cancel());
  }

  send(event: CallEvent): void {
    // A transfer that has joined two people goes on: it still has to be given up when the caller leaves.
    if ("id" in event && event.type !== "connected") this.running.delete(event.id);
    if (event.type === "recorded") this.openRecordings.delete(event.id);
    if (event.type === "recorded" && this.instance.done) this.noteLate(event);
    else this.instance.send(event);
    void this.journal.flush();
  }

  reply(id: string, exit: string, value?: Value): void {
    this.send({ type: "reply", at: this.clock.now(), id, exit, ...(value === undefined ? {} : { value }) });
  }

  fault(id: string, code: FaultCode, message: string): void {
    this.send({ type: "reply", at: this.clock.now(), id, exit: "error", fault: { code, message: message.slice(0, 500) } });
  }

  async recordingFile(id: string): Promise<string> {
    const folder = join(this.deps.recordings, this.callId);
    await mkdir(folder, { recursive: true });
    return join(folder, `${fileName(id)}.wav`);
  }

  recordedClip(id: string): Promise<Clip | null> {
    const path = join(this.deps.recordings, this.callId, fileName(id));
    this.heardAgain.add(path);
    return this.deps.recorded.clip(path);
  }

  recordingOpened(id: string): void {
    this.openRecordings.add(id);
  }

  async startCallRecording(): Promise<void> {
    if (this.recordsCall) return;
    this.recordsCall = true;
    const id = this.callRecordings.length === 0 ? "call" : `call-${this.callRecordings.length + 1}`;
    const file = await this.recordingFile(id);
    this.callRecordings.push({ id, file });
    this.leg.startCallRecording(file);
  }

  stopCallRecording(): void {
    if (!this.recordsCall) return;
    this.recordsCall = false;
    this.leg.stopCallRecording();
  }

  watch(listener: (event: LegEvent) => void): () => void {
    this.watchers.add(listener);
    return () => void this.watchers.delete(listener);
  }

  private ask(ask: Parameters<typeof perform>[0]): void {
    const cancel = perform(ask, this);
    if (cancel) this.running.set(ask.id, cancel);
  }

  private cancel(id: string): void {
    this.running.get(id)?.();
    this.running.delete(id);
  }

  private onLeg(told: LegEvent): void {
    const event = { ...told, at: this.clock.momentOf(told.at) };
    for (const watcher of Array.from(this.watchers)) watcher(event);
    if (event.type === "answered") {
      this.answeredAt ??= event.at;
      this.onAnswered(true);
    }
    if (event.type === "digit") this.send({ type: "digit", at: event.at, digit: event.digit, leg: "A" });
    if (event.type === "hungup") this.onHungup(event);
  }

  private onHungup({ at, cause }: Extract<LegEvent, { type: "hungup" }>): void {
    this.legGone = true;
    this.onAnswered(false);
    const { sipStatus, q850 } = cause;
    if (cause.by === "local") {
      const how = this.answeredAt === null ? { q850: q850 ?? null, sipStatus: sipStatus ?? null } : { q850: q850 ?? 16, sipStatus: 200 };
      this.journal.add([{ at, node: "", kind: "note", data: { hungup: how } }]);
      // Not asked for by the flow: somebody here ended the call, or it lasted too long.
      if (!this.instance.done) this.send({ type: "hangup", at, by: "operator" });
      return;
    }
    this.send({ type: "hangup", at, by: cause.by === "network" ? "network" : "caller", ...(sipStatus ? { sipStatus } : {}), ...(q850 ? { q850 } : {}) });
  }

  /** A report that comes after the flow has ended still belongs to the result. */
  private noteLate({ at, id, ms, speechMs, reason, recording }: Extract<CallEvent, { type: "recorded" }>): void {
    this.journal.add([{ at, node: id.split("#")[0] ?? "", kind: "reply", data: { id, ms, speechMs, reason, recording, late: true } }]);
  }

  /** Ends the call in every case: releases its place and its leg. */
  private async finish(): Promise<void> {
    try {
      this.settleEnd(await this.close());
    } catch (error) {
      this.deps.log(`call ${this.callId}: ending the call failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!this.legGone) this.leg.hangup({ q850: 16 });
      this.settleEnd(fold([{ at: this.clock.now(), node: "", kind: "end", data: { ended: "fault" } }]));
    }
  }

  /** The flow is over: media is given up, the leg released, late recordings awaited, the result stored. */
  private async close(): Promise<CallResult> {
    const { call, clock, deps } = this;
    for (const cancel of this.running.values()) cancel();
    this.running.clear();
    if (!this.legGone) this.leg.hangup({ q850: 16 });
    const deadline = clock.now() + reportWaitMs;
    while (this.openRecordings.size > 0 && clock.now() < deadline) await this.pause(20);
    const endedAt = clock.now();
    if (this.callRecordings.length > 0) await this.pause(recordingCloseMs);
    for (const recording of this.callRecordings) await this.noteCallRecording(recording);
    for (const path of this.heardAgain) await deps.recorded.forget(path).catch(() => {});
    const result = fold(this.journal.lines);
    // The row first: kept for later, it stands before its end.
    await this.begun;
    const lines = this.journal.take();
    await deps.kept.write(call.id, () => deps.store.calls.finish(call.id, { endedAt, answeredAt: this.answeredAt, result }, lines));
    deps.bus.publish({ type: "call-end", call: callRow(call, result, this.answeredAt, endedAt) });
    return result;
  }

  /** The stereo recording of the whole call: 32 bytes a millisecond after the header. */
  private async noteCallRecording({ id, file }: { id: string; file: string }): Promise<void> {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 44) this.journal.add([{ at: this.clock.now(), node: "", kind: "reply", data: { id, ms: Math.floor((size - 44) / 32), recording: id } }]);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }
}

/** Command ids as file names: "voice-mail#3" → "voice-mail.3". */
export const fileName = (id: string): string => id.replaceAll("#", ".").replace(/[^A-Za-z0-9._-]/g, "_");

export function callRow(call: NewCall, result: CallResult, answeredAt: number | null, endedAt: number | null): CallRow {
  const { ended, q850, sipStatus, outcome, disposition, path, recordings } = result;
  return { ...call, answeredAt, endedAt, ended, q850, sipStatus, outcome, disposition, result: result.result, path, recordings };
}
