/** The language's own speed: figures of one run, side by side; ratios are what can be compared. */
import { cpus } from "node:os";
import { transition, type AnyStateMachine } from "xstate";
import { compileFlow } from "../../../flows/compile/compile-flow.ts";
import type { Context } from "../../../flows/compile/context.ts";
import { createFlowMachine } from "../../../flows/compile/machine.ts";
import { start, step, type Snapshot } from "../../../flows/compile/step.ts";
import type { CallEvent } from "../../../flows/events.ts";
import type { Flow } from "../../../flows/schema/flow.ts";
import type { JournalLine } from "../../../flows/result.ts";
import { conversationSchema } from "../../../flows/simulate/conversation.ts";
import { playersOf } from "../../../flows/simulate/player.ts";
import { replayer } from "../../../flows/simulate/replay.ts";
import { loopStart, loopStep, type LoopState } from "../loop.ts";
import { benchEvents, benchFlow } from "./bench-flow.ts";
import { checkTimes } from "./check-times.ts";
import { median, medians, taken, timed, type Taken } from "./timing.ts";

const callEvents = 36;

export async function benchEngine({ quick, json }: { quick: boolean; json: boolean }): Promise<void> {
  const rounds = quick ? 5 : 15;
  const report = {
    machine: { cpu: cpus()[0]?.model ?? "?", cores: cpus().length, node: process.version },
    events: eventSpeeds(rounds, quick ? 300 : 1_000),
    compile: [40, 400, 4_000].map((nodes) => compileTimes(nodes, rounds)),
    check: checkTimes(benchFlow(4_000), rounds),
    memory: memoryPerCall(quick ? 2_000 : 10_000),
    replay: replaySpeed(rounds, quick ? 300 : 1_000),
  };
  if (json) console.log(JSON.stringify(report, null, 2));
  else print(report);
}

/** Events a second of our step, of XState's exported transition(), of the hand-written loop: the same calls in one process. */
function eventSpeeds(rounds: number, calls: number) {
  const flow = benchFlow(40);
  const events = benchEvents(flow, callEvents);
  const machine = createFlowMachine(compileFlow(flow));
  sameEnd(flow, machine, events);
  const engines: Record<string, () => void> = {
    loop: () => runLoop(flow, events),
    step: () => void runStep(machine, events),
    transition: () => void runTransition(machine, events),
  };
  const perEvent = Object.fromEntries(
    Object.entries(engines).map(([name, run]) => {
      const samples = interleaved(rounds, () => timed(() => repeat(calls, run)));
      return [name, (median(samples) / calls / events.length) * 1_000];
    }),
  ) as { loop: number; step: number; transition: number };
  return {
    nodes: Object.keys(flow.nodes).length,
    eventsPerCall: events.length,
    usPerEvent: perEvent,
    perSecond: Object.fromEntries(Object.entries(perEvent).map(([name, us]) => [name, Math.round(1e6 / us)])),
    stepFasterThanTransition: perEvent.transition / perEvent.step,
    stepSlowerThanLoop: perEvent.step / perEvent.loop,
  };
}

const interleaved = (rounds: number, sample: () => number): number[] => Array.from({ length: rounds }, sample);
const repeat = (times: number, run: () => void): void => {
  for (let i = 0; i < times; i++) run();
};

type Nodes = Parameters<typeof loopStart>[0];

function runLoop(flow: Flow, events: readonly CallEvent[]): LoopState {
  const nodes = flow.nodes as unknown as Nodes;
  const state = loopStart(nodes, flow.start);
  for (const event of events) loopStep(nodes, state, event as { type: string });
  return state;
}

function runStep(machine: AnyStateMachine, events: readonly CallEvent[]): Snapshot {
  let now = start(machine, { at: 0 });
  for (const event of events) now = step(machine, now.snapshot, event);
  return now.snapshot;
}

function runTransition(machine: AnyStateMachine, events: readonly CallEvent[]): Snapshot {
  let snapshot = start(machine, { at: 0 }).snapshot;
  for (const event of events) {
    const context = { ...(snapshot.context as Context), now: event.at, entered: 0, toldStep: false, lines: [] };
    [snapshot] = transition(machine, { ...snapshot, context } as never, event as never) as unknown as [Snapshot];
  }
  return snapshot;
}

/** Engines that do not end alike would not be comparable: the bench refuses to print. */
function sameEnd(flow: Flow, machine: AnyStateMachine, events: readonly CallEvent[]): void {
  const loop = runLoop(flow, events);
  const ours = runStep(machine, events).context as Context;
  const theirs = runTransition(machine, events).context as Context;
  const known = Object.fromEntries(Object.entries(ours.vars).filter(([, value]) => value !== null));
  if (JSON.stringify(sorted(known)) !== JSON.stringify(sorted(loop.vars))) throw new Error("the loop ends with other variables");
  if (JSON.stringify(ours.vars) !== JSON.stringify(theirs.vars)) throw new Error("transition() ends with other variables");
}

const sorted = (record: Record<string, unknown>) => Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b));

function compileTimes(size: number, rounds: number) {
  const flow = benchFlow(size);
  const json = compileFlow(flow);
  const times = (work: () => unknown) => medians(Array.from({ length: rounds }, () => taken(work)));
  return { nodes: Object.keys(flow.nodes).length, compile: times(() => compileFlow(flow)), createMachine: times(() => createFlowMachine(json)) };
}

/** Heap of calls standing in the middle of a 40-node flow, one machine shared by all. Needs --expose-gc to be exact. */
function memoryPerCall(calls: number) {
  const flow = benchFlow(40);
  const machine = createFlowMachine(compileFlow(flow));
  const events = benchEvents(flow, callEvents / 2);
  runStep(machine, events);
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  const before = process.memoryUsage().heapUsed;
  const live: Snapshot[] = [];
  for (let i = 0; i < calls; i++) live.push(runStep(machine, events));
  collect?.();
  const bytes = (process.memoryUsage().heapUsed - before) / calls;
  if (live.length !== calls) throw new Error("calls were lost");
  return { calls, kbPerCall: bytes / 1024, collected: collect !== undefined };
}

/** Recorded calls of 36 events replayed on a draft, journals and all. */
function replaySpeed(rounds: number, calls: number) {
  const flow = benchFlow(40);
  const journal = recorded(flow);
  const replay = replayer(flow);
  const first = replay(journal);
  if (first.changed) throw new Error(`a replay on the same flow differs: ${JSON.stringify(first.differences).slice(0, 300)}`);
  const { wall, cpu } = medians(Array.from({ length: rounds }, () => taken(() => repeat(calls, () => void replay(journal)))));
  const aSecond = (ms: number): number => Math.round((calls / ms) * 1_000);
  return { eventsPerCall: callEvents, callsPerSecond: { wall: aSecond(wall), cpu: aSecond(cpu) } };
}

function recorded(flow: Flow): JournalLine[] {
  const player = playersOf(flow)(conversationSchema.parse({ title: "", talk: [], expect: {} }).given);
  let events = 0;
  while (!player.done && events < callEvents) {
    const [pending] = Object.values(player.context.pending);
    const awaited = pending && Object.keys(pending.acts).length === 0;
    if (awaited) {
      const { digits } = pending.state as { digits: string };
      const number = pending.id.startsWith("num");
      player.advanceTo(player.now + 700);
      player.send({ type: "digit", at: player.now, digit: !number ? "1" : digits.length < 2 ? "4" : "#", leg: "A" });
    } else player.advanceOne();
    events++;
  }
  if (!player.done) player.send({ type: "hangup", at: player.now, by: "caller" });
  return [...player.journal];
}

function print({
  machine,
  events,
  compile,
  check,
  memory,
  replay,
}: {
  machine: { cpu: string; cores: number; node: string };
  events: ReturnType<typeof eventSpeeds>;
  compile: ReturnType<typeof compileTimes>[];
  check: ReturnType<typeof checkTimes>;
  memory: ReturnType<typeof memoryPerCall>;
  replay: ReturnType<typeof replaySpeed>;
}): void {
  const met = (ok: boolean): string => (ok ? "met" : "MISSED");
  const ms = ({ wall, cpu }: Taken): string => `${cpu.toFixed(1)} ms (${wall.toFixed(1)})`;
  const us = (value: number): string => `${value.toFixed(2)} µs`;
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  console.log(`One call: ${events.eventsPerCall} events through ${events.nodes} nodes`);
  for (const [name, value] of Object.entries(events.usPerEvent))
    console.log(`  ${name.padEnd(12)} ${us(value).padStart(10)} an event  ${String(events.perSecond[name]).padStart(9)} events/s`);
  console.log(
    `  step is ${events.stepFasterThanTransition.toFixed(2)}× as fast as XState's transition()   target 2×, aim 3×: ${met(events.stepFasterThanTransition >= 2)}`,
  );
  console.log(`  step takes ${events.stepSlowerThanLoop.toFixed(1)}× the time of the hand-written loop\n`);
  console.log("Compile (time of a core; in brackets by the clock)");
  for (const each of compile)
    console.log(`  ${String(each.nodes).padStart(5)} nodes  compileFlow ${ms(each.compile)}, createMachine ${ms(each.createMachine)}`);
  const biggest = compile.at(-1)!;
  const total = { wall: check.whole.wall + biggest.compile.wall, cpu: check.whole.cpu + biggest.compile.cpu };
  const edited = Object.entries(check.edited);
  console.log(`\nCheck of ${check.nodes} nodes: whole ${ms(check.whole)}, the first time ${ms(check.first)}`);
  console.log(`  check + compile ${ms(total)}   target ≤ 150 ms by the clock: ${met(total.wall <= 150)}`);
  console.log(
    `  again after one node's ${edited.map(([name, time]) => `${name} ${ms(time)}`).join(", ")}   target ≤ 16 ms: ${met(edited.every(([, { cpu }]) => cpu <= 16))}`,
  );
  console.log(
    `\nMemory: ${memory.kbPerCall.toFixed(2)} KB a live call, ${memory.calls} calls${memory.collected ? "" : " (garbage not collected: run with --expose-gc)"}   target ≤ 5 KB: ${met(memory.kbPerCall <= 5)}`,
  );
  console.log(
    `Replay: ${replay.callsPerSecond.cpu} calls of ${replay.eventsPerCall} events a second of one core (${replay.callsPerSecond.wall} by the clock)   target ≥ 2,500: ${met(replay.callsPerSecond.cpu >= 2_500)}`,
  );
}
