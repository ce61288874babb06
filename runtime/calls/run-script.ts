import type { AnyStateMachine } from "xstate";
import type { ShownStep } from "../../flows/commands.ts";
import type { Context, StartInput } from "../../flows/compile/context.ts";
import type { Saved, Step } from "../../flows/compile/step.ts";
import type { CallEvent, Fault } from "../../flows/events.ts";
import { cardIn } from "../../flows/nodes/screen-pop/card-in.ts";
import type { OperatorCard } from "../../flows/nodes/screen-pop/card.ts";
import { fold, type CallResult } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { limits } from "../../flows/schema/limits.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { NewCall, StoredLine } from "../ports/store.ts";
import type { CallDeps } from "./call-registry.ts";
import { CardHold } from "./card-hold.ts";
import { Instance } from "./instance.ts";
import { openJournal, type Journal } from "./journal.ts";
import { answerData, isData } from "./perform/data-answers.ts";
import { failed, type Reply } from "./perform/data-answer.ts";
import { whyNot } from "./perform/not-available.ts";
import { NotKept } from "./not-kept.ts";
import { callRow } from "./run-call.ts";

export type ScriptPlan = { call: NewCall; flow: Flow; machine: AnyStateMachine; input: StartInput };
export type Refusal = "ended" | "nothing-shown" | "moved-on" | "required" | "invalid" | "unknown-answer";
export type Chosen = { ok: true } | { ok: false; reason: Refusal; fields: string[] };
type Ask = Step["asks"][number];

const hourMs = 3_600_000;
const longestWaitMs = 24 * hourMs;
type Mark = { saved: Saved; id: string; node: string; answer: string };

/** Runs a script on the desk. With `past`, it first replays the journal of an interrupted run. */
export function runScript(plan: ScriptPlan, deps: CallDeps, past: readonly StoredLine[] = []): ScriptRun {
  const run = new ScriptRun(plan, deps, past);
  run.begin();
  return run;
}

/** A running operator script. Every input is in the journal before it is acknowledged. */
export class ScriptRun {
  readonly call: NewCall;
  readonly flow: Flow;
  readonly journal: Journal;
  readonly ended: Promise<CallResult>;
  /** The current step, or null while the script is working. */
  shown: { id: string; node: string; step: ShownStep } | null = null;
  private readonly plan: ScriptPlan;
  private readonly deps: CallDeps;
  private readonly past: readonly StoredLine[];
  private readonly instance: Instance;
  /** Whether the row of the run is stored. */
  private begun: Promise<unknown> = Promise.resolve();
  private marks: Mark[] = [];
  private replaying: boolean;
  private replayedAt = 0;
  private finished = false;
  /** When the operator last did something on the card. */
  private touchedAt: number;
  private cancelClosing = () => {};
  readonly hold = new CardHold();
  private settleEnd!: (result: CallResult) => void;

  constructor(plan: ScriptPlan, deps: CallDeps, past: readonly StoredLine[]) {
    this.plan = plan;
    this.deps = deps;
    this.past = past;
    this.call = plan.call;
    this.flow = plan.flow;
    this.replaying = past.length > 0;
    this.touchedAt = plan.input.at;
    this.ended = new Promise((resolve) => (this.settleEnd = resolve));
    this.journal = openJournal(plan.call.id, deps, past.at(-1)?.seq ?? 0);
    const clock = { now: () => (this.replaying ? this.replayedAt : deps.clock.now()), after: deps.clock.after.bind(deps.clock) };
    this.instance = new Instance({
      machine: plan.machine,
      clock,
      input: plan.input,
      host: {
        journal: (lines) => void (this.replaying ? null : this.journal.add(lines)),
        ask: (ask) => this.ask(ask),
        cancel: (id) => {
          if (this.shown?.id === id) this.shown = null;
        },
        done: () => queueMicrotask(() => void this.finish()),
      },
    });
  }

  get done(): boolean {
    return this.instance.done;
  }
  get context(): Context {
    return this.instance.context;
  }
  /** Steps answered so far, for the breadcrumb; an index goes to `back`. */
  get trail(): { node: string; answer: string }[] {
    return this.marks.map(({ node, answer }) => ({ node, answer }));
  }

  /** The customer card, open from the moment the script reaches it. */
  get card(): OperatorCard | null {
    return cardIn(this.journal.lines) ?? cardIn(this.past);
  }
  /** Data known at the start: from the hand-over or entered at the desk. Lists and maps belong to the card. */
  get told(): Record<string, Value> {
    return Object.fromEntries(Object.entries(this.plan.input.inputs ?? {}).filter(([, value]) => value !== "" && typeof value !== "object"));
  }

  begin(): void {
    const { call, deps, plan } = this;
    if (!this.replaying) {
      deps.bus.publish({ type: "call-begin", call });
      this.journal.add([{ at: plan.input.at, node: "", kind: "note", data: { start: plan.input as unknown as Value } }]);
      const lines = this.journal.take();
      this.begun = deps.kept.write(call.id, () => deps.store.calls.begin(call, lines));
    }
    this.replayedAt = plan.input.at;
    this.instance.begin();
    for (const line of this.past) this.repeat(line);
    this.replaying = false;
    if (this.instance.done) void this.finish();
    else this.awaitTouch();
    void this.journal.flush();
  }

  /**
   * Saves typed values. Resolves when they are stored, throws `NotKept` if they wait in memory; returns the reason if there is
   * no such step any more.
   */
  async fill(fields: Record<string, Value>, shown?: string): Promise<Chosen> {
    const closed = this.refusal(shown);
    if (closed || !this.shown) return { ok: false, reason: closed ?? "nothing-shown", fields: [] };
    this.touch();
    this.instance.send({ type: "fill", at: this.deps.clock.now(), id: this.shown.id, fields });
    await this.kept();
    return { ok: true };
  }

  /** Why nothing can be written on the step `shown` (default: the one on the screen); null when it can. */
  private refusal(shown?: string): Refusal | null {
    if (this.done) return "ended";
    if (!this.shown) return "nothing-shown";
    return shown !== undefined && shown !== this.shown.id ? "moved-on" : null;
  }

  /** Selects an answer of the step `shown` (default: the current one). Returns the reason if it is rejected. */
  async choose(answer: string, fields: Record<string, Value>, shown?: string): Promise<Chosen> {
    const closed = this.refusal(shown);
    if (closed || !this.shown) return { ok: false, reason: closed ?? "nothing-shown", fields: [] };
    this.touch();
    const from = this.journal.lines.length;
    this.markAnswer(answer);
    this.instance.send({ type: "choose", at: this.deps.clock.now(), id: this.shown.id, answer, fields });
    await this.kept();
    const refused = this.journal.lines.slice(from).find((line) => line.kind === "note" && line.data?.["rejected"] !== undefined);
    if (!refused) return { ok: true };
    this.markAnswer("");
    return { ok: false, reason: refused.data?.["reason"] as Refusal, fields: (refused.data?.["fields"] as string[] | undefined) ?? [] };
  }

  /** Back to the step at `index` of the trail (default: the one before). Loses nothing. */
  async back(index = this.marks.length - 2): Promise<boolean> {
    if (this.finished || index < 0 || index >= this.marks.length - 1) return false;
    this.touch();
    this.journal.add([{ at: this.deps.clock.now(), node: "", kind: "note", data: { backTo: index } }]);
    this.goBack(index);
    await this.kept();
    return true;
  }

  /** The caller hung up; the operator keeps the card. */
  async hangup(): Promise<void> {
    this.touch();
    this.instance.send({ type: "hangup", at: this.deps.clock.now(), by: "caller" });
    await this.kept();
  }

  /** Resolves when the row and every line are stored. Throws `NotKept` when they wait for a store that cannot write now. */
  async kept(): Promise<void> {
    await this.begun;
    if (!(await this.journal.flush())) throw new NotKept();
  }

  /** Ends the run without a disposition. Typed values stay in its result; the row says `unfinished`. */
  async leave(why: "left" | "untouched" = "left"): Promise<void> {
    this.instance.send({ type: "unfinished", at: this.deps.clock.now(), why });
    await this.kept();
  }

  private touch(): void {
    this.touchedAt = this.deps.clock.now();
    this.awaitTouch();
  }

  /** Closes the card once nobody has touched it for as long as the script allows. A timer may be shorter than the wait: it looks again. */
  private awaitTouch(): void {
    this.cancelClosing();
    if (this.replaying || this.done) return;
    const left = this.touchedAt + (this.flow.untouchedHours ?? limits.untouchedHours) * hourMs - this.deps.clock.now();
    this.cancelClosing = this.deps.clock.after(Math.max(0, Math.min(left, longestWaitMs)), () =>
      left <= longestWaitMs ? void this.leave("untouched").catch(() => undefined) : this.awaitTouch(),
    );
  }

  private ask(ask: Ask): void {
    const { id, node, command } = ask;
    if (command.do === "show") {
      if (!this.marks.some((mark) => mark.id === id)) this.marks.push({ saved: this.instance.saved(), id, node, answer: "" });
      this.shown = { id, node, step: command.step };
      return;
    }
    if (this.replaying) return;
    void replyOf(command, this.deps, this.call.id, "script").then((reply) => {
      this.instance.send({ type: "reply", at: this.deps.clock.now(), id, ...reply });
      return this.journal.flush();
    });
  }

  private markAnswer(answer: string): void {
    const mark = this.marks.at(-1);
    if (mark) mark.answer = answer;
  }

  private goBack(index: number): void {
    const mark = this.marks[index]!;
    this.marks = this.marks.slice(0, index);
    this.shown = null;
    this.instance.rewind(mark.saved);
  }

  /** One line of the past: events of the operator and replies of the world, at their own times. */
  private repeat(line: StoredLine): void {
    this.instance.catchUp(line.at);
    this.replayedAt = line.at;
    if (isTouch(line)) this.touchedAt = line.at;
    if (line.kind === "stimulus") {
      const event = { ...line.data, at: line.at } as unknown as CallEvent;
      if (event.type === "choose") this.markAnswer(event.answer);
      this.instance.send(event);
    }
    if (line.kind === "reply" && typeof line.data?.["id"] === "string" && !line.data["late"]) {
      const { id, exit, value, fault } = line.data as unknown as { id: string; exit: string; value?: Value; fault?: Fault };
      this.instance.send({ type: "reply", at: line.at, id, exit, ...(value === undefined ? {} : { value }), ...(fault ? { fault } : {}) });
    }
    if (line.kind === "note" && typeof line.data?.["backTo"] === "number") this.goBack(line.data["backTo"]);
  }

  private async finish(): Promise<void> {
    if (this.finished || this.replaying) return;
    this.finished = true;
    this.shown = null;
    this.cancelClosing();
    const { call, deps } = this;
    const result = fold([...this.past, ...this.journal.lines]);
    const endedAt = deps.clock.now();
    await this.begun;
    const lines = this.journal.take();
    await deps.kept.write(call.id, () => deps.store.calls.finish(call.id, { endedAt, answeredAt: call.startedAt, result }, lines));
    deps.bus.publish({ type: "call-end", call: callRow(call, result, call.startedAt, endedAt) });
    this.settleEnd(result);
  }
}

/** Whether a line of the journal is something that the operator did. */
const isTouch = ({ kind, data }: StoredLine): boolean => kind === "stimulus" || (kind === "note" && data?.["backTo"] !== undefined);

/** What the world answers where there is no leg: commands of data, and the card of a script, which the desk shows from the journal. Anything else is not available here, and says why. */
export function replyOf(command: Ask["command"], deps: CallDeps, callId: string, where: "script" | "strategy"): Promise<Reply> {
  if (command.do === "screenPop" && where === "script") return Promise.resolve({ exit: "next" });
  if (isData(command)) return answerData(command, deps, { callId, signal: new AbortController().signal });
  return Promise.resolve(failed("not-available", whyNot(command, where)));
}
