import type { Command, PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import { cardOf } from "../nodes/screen-pop/card.ts";
import type { Value } from "../schema/values.ts";
import { queueExit, type QueueLimits } from "./queue-exit.ts";
import type { Acts, Turn, Waiter, WaitView } from "./waiter.ts";

/** Any command with a single response. `filler` is played during the wait; `exitKey` and `maxMs` end it. */
export type WorldArgs = {
  command: Command;
  saveAs: string;
  consumesDigits: boolean;
  filler?: { items: PlayItem[]; afterMs: number; everyMs: number };
  /** A key that ends the waiting, and the exit it leads to. */
  exitKey?: { key: string; exit: string };
  /** The exit follows from a queue's figures. */
  judge?: QueueLimits;
  /** Leaves by `timeout` after this long. */
  maxMs?: number;
  /** The one exit of every answer that is not a fault, whatever the world calls it. */
  as?: string;
  /** Named values taken out of the answer by path: variable → "client.orders.0.id". */
  map?: Record<string, string>;
  /** Joins the caller with a person: `saveAs` also holds whether and when that came about, a hang-up included. */
  joins?: boolean;
};

type Reply = Extract<CallEvent, { type: "reply" }>;
export type WorldState = {
  phase: "quiet" | "talk" | "over";
  plays: number;
  until: number | null;
  reply: Reply | null;
  /** The caller and a person have been joined: since when. `from` is when the command began. */
  joined: boolean;
  from?: number;
  joinedAt?: number;
};

/** Speech during a lookup: the sentence is finished before the answer is used. */
export const world: Waiter<WorldArgs, WorldState> = {
  begin(args, view) {
    const until = args.maxMs ? view.at + args.maxMs : null;
    const began = args.joins ? { from: view.at } : {};
    const turn = asking(
      args,
      { phase: "quiet", plays: 0, until, reply: null, joined: false, ...began },
      view,
      hasFiller(args) ? view.at + args.filler!.afterMs : null,
    );
    return { ...turn, ...carded(args.command) };
  },
  feed(args, state, acts, event, view) {
    if (event.type === "digit") return onDigit(args, state, acts, event, view);
    if (event.type === "tick") return onTick(args, state, view);
    if (event.type === "played") return event.id in acts && event.id !== view.id ? filled(args, state, view) : null;
    if (event.type === "connected" && event.id === view.id) return joined(args, state, acts, event.at, view);
    if (event.type !== "reply") return null;
    if (event.id in acts && event.id !== view.id) return event.fault ? filled(args, state, view) : null;
    if (event.id !== view.id) return null;
    if (state.phase !== "talk") return answered(args, state, event, view);
    const talking = Object.fromEntries(Object.entries(acts).filter(([id]) => id !== view.id));
    return { state: { ...state, reply: event }, acts: talking, due: null, ahead: view.ahead };
  },
  partial: (args, state, at) => (args.joins && args.saveAs ? { [args.saveAs]: talkOf(state, at) } : undefined),
};

/** What came of joining the caller with a person: whether it happened, seconds until it did (or of waiting in vain), seconds of talk. */
function talkOf({ from, joined, joinedAt }: WorldState, at: number, answer: Value = {}): Value {
  const told = typeof answer === "object" && answer !== null && !Array.isArray(answer) ? answer : {};
  const seconds = (since: number | undefined, until: number) => Math.round((until - (since ?? until)) / 1000);
  return { ...told, joined, waitSeconds: seconds(from, joinedAt ?? at), talkSeconds: seconds(joinedAt, at) };
}

/** The caller and a person are joined; what the person was told before is journalled. */
function joined(args: WorldArgs, state: WorldState, acts: Acts, at: number, view: WaitView): Turn<WorldState> {
  const lines = whispered(args.command);
  return { state: { ...state, joined: true, joinedAt: at }, acts, due: null, ahead: view.ahead, ...(lines.length > 0 ? { lines } : {}) };
}

/** The operator's card is journalled fully rendered, so that every screen shows the same card and a restart keeps it. */
function carded(command: Command): Pick<Turn<WorldState>, "lines"> {
  return command.do === "screenPop" ? { lines: [{ kind: "note", data: { card: cardOf(command) } }] } : {};
}

/** A note of what a command whispers, in the words of its prompts; the caller's own recording is `♪`. */
function whispered(command: Command): NonNullable<Turn<WorldState>["lines"]> {
  const items = command.do === "whisper" ? command.items : command.do === "bridge" || command.do === "queue" ? command.whisper : [];
  const text = items.map((item) => (item.recording ? "♪" : item.text)).join(" ");
  return text === "" ? [] : [{ kind: "note", data: { whispered: text } }];
}

const hasFiller = (args: WorldArgs): boolean => (args.filler?.items.length ?? 0) > 0;

function asking(args: WorldArgs, state: WorldState, view: WaitView, fillAt: number | null): Turn<WorldState> {
  const due = state.until === null ? fillAt : fillAt === null ? state.until : Math.min(state.until, fillAt);
  return { state, acts: { [view.id]: args.command }, due, ahead: view.ahead };
}

/** How long after a key the # that many add to it may come. */
const habitMs = 3_000;

function onDigit(args: WorldArgs, state: WorldState, acts: Acts, event: Extract<CallEvent, { type: "digit" }>, view: WaitView): Turn<WorldState> | null {
  if (event.leg === "A" && !state.joined && args.exitKey && event.digit === args.exitKey.key) {
    return { state, acts: {}, due: null, ahead: view.ahead, exit: args.exitKey.exit, swallow: { digit: "#", until: view.at + habitMs, unlessWanted: true } };
  }
  return args.consumesDigits ? { state, acts, due: dueOf(args, state, view), ahead: view.ahead } : null;
}

const dueOf = (args: WorldArgs, state: WorldState, view: WaitView): number | null =>
  state.phase === "quiet" && hasFiller(args) ? view.at + args.filler!.everyMs : state.until;

function onTick(args: WorldArgs, state: WorldState, view: WaitView): Turn<WorldState> | null {
  if (state.until !== null && view.at >= state.until && !state.reply) return { state, acts: {}, due: null, ahead: view.ahead, exit: "timeout" };
  if (state.phase !== "quiet" || !hasFiller(args)) return null;
  const plays = state.plays + 1;
  const acts: Acts = { [view.id]: args.command, [`${view.id}.${plays}`]: { do: "play", items: args.filler!.items } };
  return { state: { ...state, phase: "talk", plays }, acts, due: state.until, ahead: view.ahead };
}

/** A sentence of filler is over (or could not be played): the answer that came meanwhile is used. */
function filled(args: WorldArgs, state: WorldState, view: WaitView): Turn<WorldState> {
  if (state.reply) return answered(args, state, state.reply, view);
  return asking(args, { ...state, phase: "quiet" }, view, view.at + args.filler!.everyMs);
}

function answered(args: WorldArgs, state: WorldState, event: Reply, view: WaitView): Turn<WorldState> {
  const value = args.joins ? talkOf(state, view.at, event.value) : event.value;
  const whole: Record<string, Value> = args.saveAs && value !== undefined ? { [args.saveAs]: value } : {};
  const parts = event.fault ? [] : Object.entries(args.map ?? {}).map(([name, path]): [string, Value] => [name, at(event.value, path)]);
  return {
    state: { phase: "over", plays: 0, until: null, reply: null, joined: state.joined },
    acts: {},
    due: null,
    ahead: view.ahead,
    exit: event.fault ? "error" : args.judge ? queueExit(event.value, args.judge) : (args.as ?? event.exit),
    values: { ...whole, ...Object.fromEntries(parts) },
    ...(event.fault ? { fault: event.fault } : {}),
    ...(args.command.do === "whisper" && !event.fault ? { lines: whispered(args.command) } : {}),
  };
}

/** A value inside an answer by its path; null when it is not there. */
function at(value: Value | undefined, path: string): Value {
  let here: Value | undefined = value;
  for (const key of path.split(".")) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return null;
    here = (here as Record<string, Value>)[key];
  }
  return here ?? null;
}
