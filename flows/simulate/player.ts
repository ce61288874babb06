import type { AnyStateMachine } from "xstate";
import type { Command, PlayItem } from "../commands.ts";
import { compileFlow } from "../compile/compile-flow.ts";
import type { Context } from "../compile/context.ts";
import { createFlowMachine } from "../compile/machine.ts";
import { rewind, save, start, step, type Saved, type Snapshot, type Step } from "../compile/step.ts";
import type { CallEvent } from "../events.ts";
import { fold, type CallResult, type JournalLine } from "../result.ts";
import type { FindFlow } from "../compile/unit.ts";
import type { Flow } from "../schema/flow.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import type { Given } from "./conversation.ts";
import { eventQueue } from "./event-queue.ts";
import { momentOf } from "../strategy/moment-of.ts";
import { replyTo, scriptedServices, type Services } from "./services.ts";

export type Playing = { id: string; node: string; items: PlayItem[]; from: number; until: number };
export type Shown = { id: string; step: Extract<Command, { do: "show" }>["step"] };
/** A play in virtual milliseconds: `ms` as it would have been without recordings, `until` as planned, `end` as it came (null: under way). */
export type Played = { id: string; from: number; until: number; ms: number; end: number | null };
type Recording = { id: string; node: string; from: number; until: number; spokeMs: number; maxMs: number; silenceMs: number; terminator: string };

/** How long a prompt lasts: the length of its audio when known, else 65 ms a character. */
export type Durations = (item: PlayItem) => number | null;

/**
 * Runs a flow in virtual time: the production machine in a scripted environment. The tests, the
 * CLI and the Phone in the editor use it; they differ only in how they advance the clock.
 */
export function createPlayer(flow: Flow, given: Given, options: PlayOptions = {}): Player {
  return playersOf(flow, options)(given);
}

/** Many plays of one flow: it is compiled once. */
export function playersOf(flow: Flow, options: PlayOptions = {}): (given: Given) => Player {
  const machine = createFlowMachine(compileFlow(flow, options.find));
  return (given) => new Player(machine, given, options.durations ?? (() => null));
}

/** What the player cannot know by itself: lengths of recordings, and the other flows that this one plays. */
export type PlayOptions = { durations?: Durations; find?: FindFlow };

export class Player {
  now: number;
  done = false;
  playing: Playing | null = null;
  shown: Shown | null = null;
  /** A `listen` under way: words said go there. */
  listening: string | null = null;
  /** Music or noise is heard wherever nothing is said. */
  background = false;
  /** Recording under way: a spoken message or silence ends it. */
  recording: Recording | null = null;
  readonly journal: JournalLine[] = [];
  readonly services: Services;
  /** Which node looked for answers of the world, and under which names, most particular first. */
  /** What was played, in order. */
  readonly plays: Played[] = [];
  readonly consulted: { node: string; names: string[] }[] = [];
  private readonly machine: AnyStateMachine;
  private readonly durations: Durations;
  private readonly shownMarks: Saved[] = [];
  private readonly queue = eventQueue();
  private snapshot!: Snapshot;
  private due: number | null = null;

  constructor(machine: AnyStateMachine, given: Given, durations: Durations) {
    this.machine = machine;
    this.durations = durations;
    this.now = momentOf(given.now, given.zone) ?? Date.parse(given.now);
    this.services = scriptedServices(given);
    const input = startOf(given, this.now);
    // As in a real call: the journal begins with what the instance was started with.
    this.journal.push({ at: this.now, node: "", kind: "note", data: { start: input as unknown as Value } });
    this.apply(start(machine, input));
  }

  get context(): Context {
    return this.snapshot.context as Context;
  }

  get currentSnapshot(): Snapshot {
    return this.snapshot;
  }

  /** When the next thing happens by itself, or null. */
  get nextAt(): number | null {
    return this.nextEvent()?.at ?? null;
  }

  result(): CallResult {
    return fold(this.journal);
  }

  send(event: CallEvent): void {
    const ended = this.endsRecording(event);
    if (ended) return this.send(ended);
    this.noteFinished(event);
    this.apply(step(this.machine, this.snapshot, event));
    if (event.type === "choose" && !this.shown) this.shown = this.stillShown(event.id);
  }

  /** One thing due, at its own time; false when nothing is. */
  advanceOne(): boolean {
    const next = this.nextEvent();
    if (!next) return false;
    this.queue.remove(next);
    this.now = Math.max(this.now, next.at);
    this.send({ ...next, at: this.now });
    return true;
  }

  /** Moves the clock to `at`, playing everything due on the way. */
  advanceTo(at: number): void {
    for (let guard = 0; guard < 100_000; guard++) {
      const next = this.nextAt;
      if (next === null || next > at) break;
      this.advanceOne();
    }
    this.now = Math.max(this.now, at);
  }

  /** Back to the step before (scripts); false at the first one. */
  back(): boolean {
    if (this.shownMarks.length < 2) return false;
    this.shownMarks.pop();
    const mark = this.shownMarks.pop()!;
    this.shown = null;
    this.apply(rewind(this.machine, mark, this.snapshot, this.now));
    return true;
  }

  /** The caller speaks into a recording for this long. */
  speak(ms: number): void {
    const { recording } = this;
    if (!recording) return;
    recording.spokeMs += ms;
    const until = Math.min(recording.until, this.now + ms + (recording.silenceMs || recording.maxMs));
    this.queue.forget(recording.id);
    this.queue.add(this.recorded(recording, until, until === recording.until ? "max" : "silence"));
  }

  /** The caller says words to a recogniser that listens. */
  utter(text: string, confidence = 0.9): void {
    const id = this.listening;
    if (!id) return;
    this.queue.forget(id);
    this.send({ type: "speech", at: this.now, id, text, confidence });
  }

  private apply(next: Step): void {
    this.snapshot = next.snapshot;
    this.due = next.due;
    this.done = next.done;
    this.journal.push(...next.journal);
    for (const id of next.cancels) this.forget(id);
    for (const ask of next.asks) this.perform(ask);
  }

  private perform({ id, node, command }: Step["asks"][number]): void {
    if (command.do === "play") return this.performPlay(id, node, command.items, command.loop === true);
    if (command.do === "record") return this.performRecord(id, node, command);
    if (command.do === "listen") return this.performListen(id, command);
    if (command.do === "show") {
      if (this.shown?.id !== id) this.shownMarks.push(save(this.snapshot));
      this.shown = { id, step: command.step };
      return;
    }
    if (command.do === "background") this.background = command.items.length > 0;
    const before = this.services.consulted.length;
    const { event, after, connectedAfter } = replyTo(command, id, this.now, this.services);
    this.consulted.push({ node, names: this.services.consulted.slice(before) });
    if (connectedAfter !== undefined) this.queue.add({ type: "connected", at: this.now + connectedAfter, id });
    this.queue.add({ ...event, at: this.now + after });
  }

  /** Waits for speech; without its own limit it listens until it is cancelled. */
  private performListen(id: string, { noInputMs }: Extract<Command, { do: "listen" }>): void {
    this.listening = id;
    const fault = this.services.fault("speech");
    if (fault) this.queue.add({ type: "reply", at: this.now, id, exit: "error", fault });
    else if (noInputMs > 0) this.queue.add({ type: "reply", at: this.now + noInputMs, id, exit: "noInput" });
  }

  private performPlay(id: string, node: string, items: PlayItem[], loop: boolean): void {
    const plainMs = items.reduce((sum, item) => sum + item.text.length * limits.saidMsPerChar, 0);
    const played: Played = { id, from: this.now, until: Number.POSITIVE_INFINITY, ms: plainMs, end: null };
    this.plays.push(played);
    if (loop) {
      this.playing = { id, node, items, from: this.now, until: Number.POSITIVE_INFINITY };
      return;
    }
    this.consulted.push({ node, names: ["voice"] });
    const fault = this.services.fault("voice");
    if (fault) {
      played.until = this.now;
      this.playing = { id, node, items, from: this.now, until: this.now };
      this.queue.add({ type: "reply", at: this.now, id, exit: "error", fault });
      return;
    }
    const ms = items.reduce((sum, item) => sum + (this.durations(item) ?? item.text.length * limits.saidMsPerChar), 0);
    played.until = this.now + ms;
    this.playing = { id, node, items, from: this.now, until: played.until };
    this.queue.add({ type: "played", at: this.now + ms, id, ms });
  }

  private performRecord(id: string, node: string, command: Extract<Command, { do: "record" }>): void {
    const { maxMs, silenceMs, terminator } = command;
    this.recording = { id, node, from: this.now, until: this.now + maxMs, spokeMs: 0, maxMs, silenceMs, terminator };
    const silentUntil = this.now + (silenceMs > 0 ? Math.min(maxMs, silenceMs) : maxMs);
    this.queue.add(this.recorded(this.recording, silentUntil, silenceMs > 0 ? "silence" : "max"));
  }

  private recorded({ id, from, spokeMs }: Recording, at: number, reason: string): CallEvent {
    return { type: "recorded", at, id, ms: at - from, speechMs: spokeMs, reason, recording: id };
  }

  /** A terminator key ends the recording instead of being a digit. */
  private endsRecording(event: CallEvent): CallEvent | null {
    const { recording } = this;
    if (!recording || event.type !== "digit" || !recording.terminator.includes(event.digit)) return null;
    this.queue.forget(recording.id);
    return this.recorded(recording, event.at, "terminator");
  }

  private noteFinished(event: CallEvent): void {
    if ((event.type === "played" || event.type === "reply") && this.playing?.id === event.id) this.silence();
    if (event.type === "recorded" && this.recording?.id === event.id) this.recording = null;
    if ((event.type === "speech" || event.type === "reply") && this.listening === event.id) this.listening = null;
    if (event.type === "choose" && this.shown?.id === event.id) this.shown = null;
  }

  private forget(id: string): void {
    this.queue.forget(id);
    if (this.playing?.id === id) this.silence();
    if (this.shown?.id === id) this.shown = null;
    if (this.listening === id) this.listening = null;
    if (this.recording?.id !== id) return;
    this.queue.add(this.recorded(this.recording, this.now, "hangup"));
    this.recording = null;
  }

  /** What was playing has ended, or is cut. */
  private silence(): void {
    const last = this.plays.at(-1);
    if (last) last.end ??= this.now;
    this.playing = null;
  }

  /** The step again, when it did not take the answer. */
  private stillShown(id: string): Shown | null {
    const act = Object.values(this.context.pending).find((item) => item.id === id)?.acts[id];
    return act?.do === "show" ? { id, step: act.step } : null;
  }

  private nextEvent(): CallEvent | null {
    const first = this.queue.first();
    const tick: CallEvent | null = this.due !== null && !this.done ? { type: "tick", at: this.due } : null;
    if (!first || !tick) return first ?? tick;
    return first.at <= tick.at ? first : tick;
  }
}

function startOf(given: Given, at: number) {
  const call: Record<string, Value> = { id: "simulated", dialled: given.dialled, direction: "inbound" };
  return {
    at,
    zone: given.zone,
    ...(given.country ? { country: given.country } : {}),
    inputs: given.inputs,
    call,
    caller: { number: given.caller },
    contact: given.contact,
    calendars: given.calendars,
    ...(given.language ? { language: given.language } : {}),
  };
}
