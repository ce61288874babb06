import type { AnyStateMachine } from "xstate";
import type { ShownStep } from "../../flows/commands.ts";
import type { Context, StartInput } from "../../flows/compile/context.ts";
import type { Saved, Step } from "../../flows/compile/step.ts";
import type { CallEvent, Fault } from "../../flows/events.ts";
import { fold, type CallResult, type JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { NewCall, StoredLine } from "../ports/store.ts";
import type { CallDeps } from "./call-registry.ts";
import { startInstance, type Instance } from "./instance.ts";
import { openJournal, type Journal } from "./journal.ts";
import { requestHttp } from "./perform/http.ts";
import { useList } from "./perform/list.ts";
import { callRow } from "./run-call.ts";

export type ScriptRun = {
  readonly call: NewCall;
  readonly flow: Flow;
  readonly journal: Journal;
  readonly done: boolean;
  readonly context: Context;
  /** The step on the screen, or null while the script works. */
  readonly shown: { id: string; node: string; step: ShownStep } | null;
  /** Steps answered so far, for the breadcrumb; `index` goes to `back`. */
  readonly trail: { node: string; answer: string }[];
  /** Keeps what is typed. Resolves when it is stored. */
  fill(fields: Record<string, Value>): Promise<void>;
  /** Chooses an answer. Says why not when the step refuses. */
  choose(answer: string, fields: Record<string, Value>): Promise<{ ok: true } | { ok: false; reason: string; fields: string[] }>;
  /** Back to the step at `index` of the trail (default: the one before). Loses nothing. */
  back(index?: number): Promise<boolean>;
  hangup(): Promise<void>;
  readonly ended: Promise<CallResult>;
};

export type ScriptPlan = { call: NewCall; flow: Flow; machine: AnyStateMachine; input: StartInput };

type Mark = { saved: Saved; node: string; answer: string };

/** Plays a script on the desk. With `replay` it first repeats what the journal of a broken-off run holds. */
export function runScript(plan: ScriptPlan, deps: CallDeps, replay: readonly StoredLine[] = []): ScriptRun {
  const { call } = plan;
  const { store, bus, log } = deps;
  const journal = openJournal(call.id, store.calls, bus, (error) => log(`script ${call.id}: journal: ${String(error)}`), replay.length);
  const past: JournalLine[] = [...replay];
  const marks: Mark[] = [];
  let shown: ScriptRun["shown"] = null;
  let replaying = replay.length > 0;
  let finished = false;
  let settleEnd: (result: CallResult) => void;
  const ended = new Promise<CallResult>((resolve) => (settleEnd = resolve));
  let clockNow: number | null = null;
  const clock = { now: () => clockNow ?? deps.clock.now(), after: deps.clock.after.bind(deps.clock) };
  const early: (() => void)[] = [];
  let instance: Instance | null = null;

  const begin = (ask: Step["asks"][number]) => {
    if (!instance) return void early.push(() => begin(ask));
    if (ask.command.do === "show") return showStep(ask.id, ask.node, ask.command.step);
    if (!replaying) void perform(ask, deps, (reply) => instance!.send({ type: "reply", at: clock.now(), id: ask.id, ...reply })).then(() => journal.flush());
  };

  function showStep(id: string, node: string, step: ShownStep): void {
    if (shown?.id !== id && !marks.some((mark) => mark.saved.context.pending[node]?.id === id)) marks.push({ saved: instance!.saved(), node, answer: "" });
    shown = { id, node, step };
  }

  async function finish(): Promise<void> {
    if (finished || replaying) return;
    finished = true;
    shown = null;
    const result = fold([...past, ...journal.lines]);
    const endedAt = clock.now();
    await store.calls.finish(call.id, { endedAt, answeredAt: call.startedAt, result }, journal.take()).catch((error: unknown) => log(`script ${call.id}: ${String(error)}`));
    bus.publish({ type: "call-end", call: callRow(call, result, call.startedAt, endedAt) });
    settleEnd(result);
  }

  if (replay.length === 0) {
    bus.publish({ type: "call-begin", call });
    journal.add([{ at: plan.input.at, node: "", kind: "note", data: { start: plan.input as unknown as Value } }]);
    void store.calls.begin(call, journal.take()).catch((error: unknown) => log(`script ${call.id}: ${String(error)}`));
  }
  instance = startInstance({
    machine: plan.machine, clock, input: plan.input,
    host: {
      journal: (lines) => void (replaying ? null : journal.add(lines)),
      ask: begin,
      cancel: (id) => {
        if (shown?.id === id) shown = null;
      },
      done: () => void queueMicrotask(() => void finish()),
    },
  });
  for (const each of early) each();
  if (replaying) {
    for (const line of replay) repeat(line);
    clockNow = null;
    replaying = false;
    if (instance.done) void finish();
  }
  void journal.flush();

  /** One line of the past: events of the operator and replies of the world, at their own times. */
  function repeat(line: StoredLine): void {
    clockNow = line.at;
    if (line.kind === "stimulus") {
      const event = { ...line.data, at: line.at } as unknown as CallEvent;
      if (event.type === "choose") markAnswer(event.answer);
      instance!.send(event);
    }
    if (line.kind === "reply" && typeof line.data?.["id"] === "string" && !line.data["late"]) {
      const { id, exit, value, fault } = line.data as unknown as { id: string; exit: string; value?: Value; fault?: Fault };
      instance!.send({ type: "reply", at: line.at, id, exit, ...(value === undefined ? {} : { value }), ...(fault ? { fault } : {}) });
    }
    if (line.kind === "note" && typeof line.data?.["backTo"] === "number") goBack(line.data["backTo"]);
  }

  function markAnswer(answer: string): void {
    const mark = marks.at(-1);
    if (mark) mark.answer = answer;
  }

  function goBack(index: number): boolean {
    const mark = marks[index];
    if (!mark || index >= marks.length - 1) return false;
    marks.length = index;
    shown = null;
    instance!.rewind(mark.saved);
    return true;
  }

  const run: ScriptRun = {
    call, flow: plan.flow, journal, ended,
    get done() { return instance!.done; },
    get context() { return instance!.context; },
    get shown() { return shown; },
    get trail() { return marks.map(({ node, answer }) => ({ node, answer })); },
    async fill(fields) {
      if (shown) instance!.send({ type: "fill", at: clock.now(), id: shown.id, fields });
      await journal.flush();
    },
    async choose(answer, fields) {
      if (!shown) return { ok: false, reason: "nothing-shown", fields: [] };
      const { id } = shown;
      const from = journal.lines.length;
      markAnswer(answer);
      instance!.send({ type: "choose", at: clock.now(), id, answer, fields });
      await journal.flush();
      const refused = journal.lines.slice(from).find((line) => line.kind === "note" && line.data?.["rejected"] !== undefined);
      if (!refused) return { ok: true };
      markAnswer("");
      return { ok: false, reason: String(refused.data?.["reason"]), fields: (refused.data?.["fields"] as string[] | undefined) ?? [] };
    },
    async back(index = marks.length - 2) {
      if (finished || index < 0) return false;
      journal.add([{ at: clock.now(), node: "", kind: "note", data: { backTo: index } }]);
      const gone = goBack(index);
      await journal.flush();
      return gone;
    },
    async hangup() {
      instance!.send({ type: "hangup", at: clock.now(), by: "operator" });
      await journal.flush();
    },
  };
  return run;
}

type Reply = { exit: string; value?: Value; fault?: Fault };

/** What a script may ask of the world besides showing steps. */
async function perform(ask: Step["asks"][number], deps: CallDeps, reply: (reply: Reply) => void): Promise<void> {
  reply(await replyOf(ask.command, deps).catch((error: unknown): Reply => ({ exit: "error", fault: { code: "network", message: error instanceof Error ? error.message : String(error) } })));
}

/** Commands of the world that need no leg: http and list. Anything else is not available here. */
export async function replyOf(command: Step["asks"][number]["command"], deps: Pick<CallDeps, "store" | "clock">): Promise<Reply> {
  if (command.do === "http") {
    const answer = await requestHttp(command, new AbortController().signal);
    return "exit" in answer ? answer : { exit: "error", fault: { code: "network", message: answer.message } };
  }
  if (command.do === "list") return useList(deps.store, command, deps.clock.now());
  return { exit: "error", fault: { code: "not-available", message: `"${command.do}" needs a phone call` } };
}
