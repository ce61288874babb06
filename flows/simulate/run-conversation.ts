import { documentPath } from "../compile/document-path.ts";
import type { Pending } from "../compile/context.ts";
import { localize } from "../schema/values.ts";
import type { Flow } from "../schema/flow.ts";
import type { CallResult, JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";
import { createPlayer, type Player, type PlayOptions } from "./player.ts";

export type ConversationRun = {
  title: string;
  passed: boolean;
  /** Deviations from the conversation, one sentence each. */
  failures: string[];
  result: CallResult;
  vars: Record<string, Value>;
  journal: readonly JournalLine[];
  /** `node` and `node:exit` that were visited. */
  visited: Set<string>;
};

/** After the talk the caller stays silent; longer than this in virtual time is a call that never ends. */
const patienceMs = 15 * 60_000;

/** Plays a conversation against a flow. Never throws, whatever the flow or the conversation. */
export function runConversation(flow: Flow, conversation: Conversation, options: PlayOptions = {}): ConversationRun {
  const failures: string[] = [];
  const player = createPlayer(flow, conversation.given, options);
  const talk: Talk = { player, heardUpTo: 0, polite: false };
  for (const [index, item] of conversation.talk.entries()) {
    const failure = perform(talk, item);
    if (!failure) continue;
    failures.push(`talk[${index}]: ${failure}`);
    break;
  }
  if (failures.length === 0) failures.push(...finish(talk, conversation));
  const result = player.result();
  if (failures.length === 0 || player.done) failures.push(...compare(result, player, conversation.expect));
  return {
    title: typeof conversation.title === "string" ? conversation.title : localize(conversation.title, "en"),
    passed: failures.length === 0,
    failures,
    result,
    vars: player.context.vars,
    journal: player.journal,
    visited: visitedBy(flow, result),
  };
}

/** Performs a talk on a player, up to the first thing that cannot be done; returns what that was, or null. */
export function performTalk(player: Player, items: readonly TalkItem[]): string | null {
  const talk: Talk = { player, heardUpTo: 0, polite: false };
  for (const item of items) {
    const failure = perform(talk, item);
    if (failure) return failure;
  }
  return null;
}

type Talk = {
  player: Player;
  /** Index into the journal up to which prompts were heard. */
  heardUpTo: number;
  /** After `hear` the caller lets the prompt end before acting. */
  polite: boolean;
};

const performers: { [K in keyof Required<AllKeys>]: (talk: Talk, item: never) => string | null } = {
  hear: (talk, item: { hear: string; for?: number }) => hear(talk, item.hear, item.for),
  press: (talk, item: { press: string; gap?: number; when?: "asked" }) => {
    if (item.when === "asked") untilTrue(talk, () => asked(talk.player));
    settle(talk);
    for (const [index, digit] of [...item.press].entries()) {
      if (index > 0) talk.player.advanceTo(talk.player.now + (item.gap ?? 0.2) * 1000);
      if (talk.player.done) return `pressed ${digit}, but the call had already ended`;
      talk.player.send({ type: "digit", at: talk.player.now, digit, leg: "A" });
    }
    return null;
  },
  say: (talk, item: { say: string; seconds?: number; confidence?: number; goesOn?: true }) => {
    settle(talk);
    if (!untilTrue(talk, () => talk.player.recording !== null || talk.player.listening !== null)) return "spoke, but the flow was not recording or listening";
    if (talk.player.listening !== null) {
      talk.player.advanceTo(talk.player.now + (item.seconds ?? Math.max(0.5, item.say.length * 0.065)) * 1000);
      if (talk.player.listening !== null) talk.player.utter(item.say, item.confidence);
      return null;
    }
    talk.player.speak((item.seconds ?? Math.max(1, item.say.length * 0.065)) * 1000);
    const id = talk.player.recording?.id;
    if (item.goesOn) return null;
    untilTrue(talk, () => talk.player.recording?.id !== id);
    return null;
  },
  wait: (talk, item: { wait: number }) => {
    settle(talk);
    talk.player.advanceTo(talk.player.now + item.wait * 1000);
    return null;
  },
  silence: (talk) => {
    untilTrue(talk, () => asked(talk.player));
    settle(talk);
    return talk.player.advanceOne() ? null : "stayed silent, but no timer was running";
  },
  hangup: (talk) => {
    if (talk.player.done) return "hung up, but the call had already ended";
    talk.player.send({ type: "hangup", at: talk.player.now, by: "caller", q850: 16 });
    return null;
  },
  answer: (talk, item: { answer: string; fields?: Record<string, Value> }) => {
    if (!untilTrue(talk, () => talk.player.shown !== null)) return "answered, but no step was shown";
    const id = talk.player.shown!.id;
    const before = talk.player.journal.length;
    talk.player.send({ type: "choose", at: talk.player.now, id, answer: item.answer, fields: item.fields ?? {} });
    const rejected = talk.player.journal.slice(before).some((line) => line.data?.["rejected"] !== undefined);
    return rejected ? `the step did not accept the answer "${item.answer}"` : null;
  },
  fill: (talk, item: { fill: Record<string, Value> }) => {
    if (!untilTrue(talk, () => talk.player.shown !== null)) return "typed, but no step was shown";
    talk.player.send({ type: "fill", at: talk.player.now, id: talk.player.shown!.id, fields: item.fill });
    return null;
  },
  back: (talk) => (talk.player.back() ? null : "went back, but this was the first step"),
  fault: (talk, item: { fault: string; code?: string }) => {
    talk.player.services.answers[item.fault] = { fault: item.code ?? "network" };
    return null;
  },
  clock: (talk, item: { clock: string }) => {
    const at = Date.parse(item.clock);
    if (Number.isNaN(at) || at < talk.player.now) return `clock: "${item.clock}" is not in the future`;
    talk.player.advanceTo(at);
    return null;
  },
};
type AllKeys = { hear: 1; press: 1; say: 1; wait: 1; silence: 1; hangup: 1; answer: 1; fill: 1; back: 1; fault: 1; clock: 1 };

function perform(talk: Talk, item: TalkItem): string | null {
  const kind = (Object.keys(performers) as (keyof AllKeys)[]).find((key) => key in item)!;
  return performers[kind](talk, item as never);
}

/** The question has been asked and the flow waits for keys, words or a message. */
const asked = (player: Player): boolean =>
  player.done || (player.playing === null && (player.recording !== null || Object.values(player.context.pending).some(isAsking)));

const isAsking = ({ waiter, state }: Pending): boolean => asking.has(waiter) || (waiter === "record" && (state as { phase: string }).phase === "choose");

const asking = new Set<string>(["input", "form", "speech", "directory"]);

/** A polite caller lets what is being said end. */
function settle(talk: Talk): void {
  if (!talk.polite) return;
  talk.polite = false;
  const { playing } = talk.player;
  // Music in a queue has no end to wait for.
  if (playing && Number.isFinite(playing.until)) untilTrue(talk, () => talk.player.playing?.id !== playing.id);
}

function untilTrue(talk: Talk, condition: () => boolean): boolean {
  const limit = talk.player.now + patienceMs;
  while (!condition()) {
    const next = talk.player.nextAt;
    if (next === null || next > limit || !talk.player.advanceOne()) return condition();
  }
  return true;
}

function hear(talk: Talk, prompt: string, seconds: number | undefined): string | null {
  const found = () => talk.player.journal.findIndex((line, index) => index >= talk.heardUpTo && line.kind === "heard");
  if (!untilTrue(talk, () => found() >= 0)) return `expected to hear "${prompt}", but heard nothing more`;
  const index = found();
  talk.heardUpTo = index + 1;
  const heard = String(talk.player.journal[index]!.data?.["prompt"] ?? "");
  if (heard !== prompt) return `expected to hear "${prompt}", but heard "${heard}"`;
  talk.polite = seconds === undefined;
  if (seconds !== undefined) talk.player.advanceTo(talk.player.now + seconds * 1000);
  return null;
}

function finish(talk: Talk, conversation: Conversation): string[] {
  const strategy = conversation.talk.length === 0;
  const limit = talk.player.now + (strategy ? 400 * 86_400_000 : patienceMs);
  while (!talk.player.done && talk.player.nextAt !== null && talk.player.nextAt <= limit) talk.player.advanceOne();
  while (talk.player.nextAt !== null && talk.player.done) talk.player.advanceOne();
  return talk.player.done || conversation.expect.ended === undefined ? [] : ["the call did not end"];
}

function compare(result: CallResult, player: Player, expect: Conversation["expect"]): string[] {
  const failures: string[] = [];
  const check = (name: string, expected: unknown, actual: unknown) => {
    if (expected !== undefined && !same(expected, actual)) failures.push(`${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  };
  check("ended", expect.ended, result.ended);
  check("outcome", expect.outcome, result.outcome);
  check(
    "path",
    expect.path,
    result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~")),
  );
  check(
    "said",
    expect.said,
    result.said.map((line) => line.text),
  );
  check(
    "whispered",
    expect.whispered,
    player.journal.flatMap(({ data }) => (typeof data?.["whispered"] === "string" ? [data["whispered"]] : [])),
  );
  check(
    "faults",
    expect.faults,
    result.faults.map((fault) => fault.code),
  );
  for (const [name, value] of Object.entries(expect.result ?? {})) check(`result.${name}`, value, result.result[name] ?? null);
  for (const [name, value] of Object.entries(expect.vars ?? {})) check(`vars.${name}`, value, player.context.vars[name] ?? null);
  for (const [node, exit] of Object.entries(expect.exits ?? {}))
    check(`exit of ${node}`, exit, result.path.findLast((visit) => visit.node === node)?.exit ?? null);
  return failures;
}

/** Deep equality of JSON values, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** `node` and `node:exit` by their paths in the document; what other flows did inside is theirs. */
export function visitedBy(flow: Flow, result: CallResult): Set<string> {
  const visited = new Set<string>();
  for (const { node: path, exit } of result.path) {
    const node = documentPath(flow, path);
    if (node === null) continue;
    visited.add(node);
    if (exit) visited.add(`${node}:${exit}`);
  }
  return visited;
}
