import type { Command, PlayItem } from "../commands.ts";
import { restore, rewind, save, start, step, type Saved, type Snapshot, type Step } from "../compile/step.ts";
import type { Context } from "../compile/context.ts";
import { createFlowMachine } from "../compile/machine.ts";
import { compileFlow } from "../compile/compile-flow.ts";
import type { CallEvent } from "../events.ts";
import { fold, type CallResult, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { replyTo, type Services } from "./services.ts";
import type { Given } from "./conversation.ts";

/** Something due at a virtual time. */
type Scheduled = { at: number; order: number; event: CallEvent };
export type Playing = { id: string; node: string; items: PlayItem[]; from: number; until: number };

/**
 * Plays one flow in virtual time: the production machine with a scripted world around it. The tests, the
 * CLI and the editor's phone all drive this; only who calls `advance` differs.
 */
export type Player = {
  readonly now: number;
  readonly journal: readonly JournalLine[];
  readonly done: boolean;
  readonly playing: Playing | null;
  readonly shown: { id: string; step: Extract<Command, { do: "show" }>["step"] } | null;
  /** Recording under way: a spoken message or silence ends it. */
  readonly recording: { id: string; node: string } | null;
  readonly context: Context;
  /** When the next thing happens by itself, or null. */
  readonly nextAt: number | null;
  send(event: CallEvent): void;
  /** Moves the clock to `at`, playing everything due on the way. */
  advanceTo(at: number): void;
  /** One thing due, at its own time; false when nothing is. */
  advanceOne(): boolean;
  back(): boolean;
  speak(ms: number): void;
  services: Services;
  result(): CallResult;
  /** Snapshots, one per event: time travel. */
  readonly marks: readonly Saved[];
};

/** How long a prompt lasts: the length of its audio when known, else 65 ms a character. */
export type Durations = (item: PlayItem) => number | null;

export function createPlayer(flow: Flow, given: Given, durations: Durations = () => null): Player {
  const machine = createFlowMachine(compileFlow(flow));
  const startedAt = Date.parse(given.now);
  let now = startedAt;
  let order = 0;
  let queue: Scheduled[] = [];
  const journal: JournalLine[] = [];
  const marks: Saved[] = [];
  const shownMarks: Saved[] = [];
  const services: Services = { answers: { ...given.services }, lists: copyLists(given.lists), used: {} };
  let playing: Playing | null = null;
  let shown: Player["shown"] = null;
  let recording: (Playing & { spokeMs: number; maxMs: number; silenceMs: number; terminator: string }) | null = null;
  let snapshot: Snapshot;
  let due: number | null = null;
  let done = false;

  const schedule = (at: number, event: CallEvent) => void queue.push({ at, order: order++, event });

  function performPlay(id: string, node: string, items: PlayItem[]): void {
    const ms = items.reduce((sum, item) => sum + (durations(item) ?? item.text.length * limits.saidMsPerChar), 0);
    playing = { id, node, items, from: now, until: now + ms };
    schedule(now + ms, { type: "played", at: now + ms, id, ms });
  }

  function performRecord(id: string, node: string, command: Extract<Command, { do: "record" }>): void {
    recording = { id, node, items: [], from: now, until: now + command.maxMs, spokeMs: 0, ...command };
    const silentUntil = command.silenceMs > 0 ? Math.min(command.maxMs, command.silenceMs) : command.maxMs;
    schedule(now + silentUntil, recordedEvent(now + silentUntil, command.silenceMs > 0 ? "silence" : "max"));
  }

  function recordedEvent(at: number, reason: string): CallEvent {
    const { id = "", from = at, spokeMs = 0 } = recording ?? {};
    return { type: "recorded", at, id, ms: at - from, speechMs: spokeMs, reason, recording: id };
  }

  function perform(ask: Step["asks"][number]): void {
    const { id, node, command } = ask;
    if (command.do === "play") return performPlay(id, node, command.items);
    if (command.do === "record") return performRecord(id, node, command);
    if (command.do === "show") {
      if (shown?.id !== id) shownMarks.push(save(snapshot));
      shown = { id, step: command.step };
      return;
    }
    const { event, after } = replyTo(command, id, now, services);
    schedule(now + after, { ...event, at: now + after });
  }

  function forget(id: string): void {
    queue = queue.filter((item) => !("id" in item.event) || item.event.id !== id);
    if (playing?.id === id) playing = null;
    if (shown?.id === id) shown = null;
    if (recording?.id === id) {
      schedule(now, recordedEvent(now, "hangup"));
      recording = null;
    }
  }

  function apply(next: Step): void {
    snapshot = next.snapshot;
    due = next.due;
    done = next.done;
    journal.push(...next.journal);
    marks.push(save(snapshot));
    next.cancels.forEach(forget);
    next.asks.forEach(perform);
  }

  function send(event: CallEvent): void {
    if (recording && event.type === "digit" && recording.terminator.includes(event.digit)) {
      const ended = recordedEvent(event.at, "terminator");
      queue = queue.filter((item) => !("id" in item.event) || item.event.id !== recording?.id);
      return send(ended);
    }
    if (event.type === "played" && playing?.id === event.id) playing = null;
    if (event.type === "recorded" && recording?.id === event.id) recording = null;
    if (event.type === "choose" && shown?.id === event.id) shown = null;
    const before = shown;
    const next = step(machine, snapshot, event);
    apply(next);
    const stillShown = Object.values((snapshot.context as Context).pending).some((item) => event.type === "choose" && item.id === event.id);
    if (stillShown && !shown) shown = before ?? (event.type === "choose" ? shownAgain(event.id) : null);
  }

  function shownAgain(id: string): Player["shown"] {
    const act = Object.values((snapshot.context as Context).pending).find((item) => item.id === id)?.acts[id];
    return act?.do === "show" ? { id, step: act.step } : null;
  }

  function nextEvent(): Scheduled | null {
    const first = queue.toSorted((a, b) => a.at - b.at || a.order - b.order)[0] ?? null;
    const tick: Scheduled | null = due !== null && !done ? { at: due, order: Number.POSITIVE_INFINITY, event: { type: "tick", at: due } } : null;
    if (!first || !tick) return first ?? tick;
    return first.at <= tick.at ? first : tick;
  }

  function advanceOne(): boolean {
    const next = nextEvent();
    if (!next) return false;
    queue = queue.filter((item) => item !== next);
    now = Math.max(now, next.at);
    send({ ...next.event, at: now });
    return true;
  }

  const player: Player = {
    get now() { return now; },
    get journal() { return journal; },
    get done() { return done; },
    get playing() { return playing; },
    get shown() { return shown; },
    get recording() { return recording; },
    get context() { return snapshot.context as Context; },
    get nextAt() { return nextEvent()?.at ?? null; },
    get marks() { return marks; },
    services,
    send,
    advanceOne,
    advanceTo(at) {
      for (let guard = 0; guard < 100_000; guard++) {
        const next = nextEvent();
        if (!next || next.at > at) break;
        advanceOne();
      }
      now = Math.max(now, at);
    },
    back() {
      if (shownMarks.length < 2) return false;
      shownMarks.pop();
      const mark = shownMarks.pop()!;
      shown = null;
      apply(rewind(machine, mark, snapshot, now));
      return true;
    },
    speak(ms) {
      if (!recording) return;
      recording.spokeMs += ms;
      const until = Math.min(recording.until, now + ms + (recording.silenceMs || recording.maxMs));
      queue = queue.filter((item) => !("id" in item.event) || item.event.id !== recording?.id);
      schedule(until, { ...recordedEvent(until, until === recording.until ? "max" : "silence") });
    },
    result: () => fold(journal),
  };
  apply(start(machine, startOf(given, startedAt)));
  return player;
}

function startOf(given: Given, at: number) {
  const call: Record<string, Value> = { id: "simulated", dialled: given.dialled, direction: "inbound" };
  return {
    at, zone: given.zone, inputs: given.inputs, call, caller: { number: given.caller }, contact: given.contact,
    calendars: given.calendars, ...(given.language ? { language: given.language } : {}),
  };
}

/** Goes back to an earlier snapshot of a player's run; play goes on from there on a new player of the same flow. */
export function restoreAt(flow: Flow, saved: Saved): Snapshot {
  return restore(createFlowMachine(compileFlow(flow)), saved);
}

const copyLists = (lists: Given["lists"]): Given["lists"] => Object.fromEntries(Object.entries(lists).map(([name, numbers]) => [name, [...numbers]]));
