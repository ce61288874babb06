import { fold, type CallResult, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import { asksNow } from "./choices.ts";
import { givenOf } from "./conversation-of-call.ts";
import type { TalkItem } from "./conversation.ts";
import { playersOf, type Player, type PlayOptions } from "./player.ts";
import { performTalk, same } from "./run-conversation.ts";
import { stimuliOf, type Stimulus } from "./stimuli.ts";

/** One difference to the recorded call. */
export type Difference = { what: "ended" | "outcome" | "result" | "said" | "fault" | "unheard"; name: string; before: Value; after: Value };
export type Replayed = { changed: boolean; differences: Difference[]; before: CallResult; after: CallResult };

/** After the last thing the caller did they stay silent; longer than this is a call that does not end. */
const patienceMs = 15 * 60_000;

/**
 * Replays recorded calls on a draft: the caller acts with the same timing, and the
 * services answer as they did, by name. Nothing is performed. The draft is compiled once.
 */
export function replayer(draft: Flow, options: PlayOptions = {}): (journal: readonly JournalLine[]) => Replayed {
  const start = playersOf(draft, options);
  return (journal) => {
    const before = fold(journal);
    const unheard: Difference[] = [];
    const player = start(givenOf(draft, journal));
    const begun = player.now;
    let last = journal[0]?.at ?? 0;
    for (const stimulus of stimuliOf(journal)) {
      const missed = act(player, stimulus, {
        begun,
        quietUntil: player.now + stimulus.at - last,
        known: stimulus.prompt !== null && stimulus.prompt in draft.prompts,
      });
      last = stimulus.at;
      if (missed) unheard.push({ what: "unheard", name: missed, before: actText(stimulus.act), after: null });
    }
    silence(player);
    const after = player.result();
    const differences = [...compare(before, after, player.done), ...unheard];
    return { changed: differences.length > 0, differences, before, after };
  };
}

/** When the replay began, until when the person said nothing in the call, and whether the draft has the prompt they waited for. */
type Patience = { begun: number; quietUntil: number; known: boolean };

/** Does what the person did, at the same moment of the same prompt, else at the next question. Says what could not be done. */
function act(player: Player, { prompt, occurrence, afterMs, act: item }: Stimulus, { begun, quietUntil, known }: Patience): string | null {
  if (prompt === null) player.advanceTo(Math.max(player.now, begun + afterMs));
  else {
    const at = untilHeard(player, prompt, occurrence, known ? quietUntil : player.now);
    // A message is spoken from the beginning of the recording; its report came at the end.
    if (at !== null && !("say" in item && item.confidence === undefined)) player.advanceTo(Math.max(player.now, at + afterMs));
    else if (at === null) untilAsked(player);
  }
  if (player.done) return "the call had already ended";
  // Words are recorded when recognised, keys when pressed: neither takes extra time.
  if ("say" in item && item.confidence !== undefined && player.listening !== null) return (player.utter(item.say, item.confidence), null);
  if ("press" in item) return (player.send({ type: "digit", at: player.now, digit: item.press, leg: "A" }), null);
  return performTalk(player, [item]);
}

/**
 * Plays until a prompt has started this many times; returns its start, or null if it never does. Questions on the way are met with
 * silence as long as the person was silent.
 */
function untilHeard(player: Player, prompt: string, occurrence: number, quietUntil: number): number | null {
  let seen = 0;
  let times = 0;
  const found = () => {
    for (; seen < player.journal.length; seen++) {
      const line = player.journal[seen]!;
      if (line.kind === "heard" && line.data?.["prompt"] === prompt && ++times === occurrence) return line.at;
    }
    return null;
  };
  const limit = player.now + patienceMs;
  for (let at = found(); ; at = found()) {
    if (at !== null) return at;
    const { done, nextAt } = player;
    if (done || nextAt === null || nextAt > limit || (asksNow(player) && nextAt > quietUntil) || !player.advanceOne()) return null;
  }
}

function untilAsked(player: Player): void {
  while (!player.done && !asksNow(player) && player.advanceOne());
}

function silence(player: Player): void {
  const limit = player.now + patienceMs;
  while (!player.done && player.nextAt !== null && player.nextAt <= limit && player.advanceOne());
}

const actText = (item: TalkItem): string => JSON.stringify(item);

function compare(before: CallResult, after: CallResult, done: boolean): Difference[] {
  const all: Difference[] = [];
  const check = (what: Difference["what"], name: string, was: Value, is: Value) => {
    if (!same(was, is)) all.push({ what, name, before: was, after: is });
  };
  check("ended", "ended", before.ended, done ? after.ended : "does not end");
  check("outcome", "outcome", before.outcome, after.outcome);
  for (const name of new Set([...Object.keys(before.result), ...Object.keys(after.result)])) {
    check("result", name, comparable(before.result[name]), comparable(after.result[name]));
  }
  const said = (result: CallResult) => result.said.map((line) => line.prompt);
  check("said", "prompts", said(before), said(after));
  const faults = (result: CallResult) => result.faults.map((fault) => fault.code);
  check("fault", "faults", faults(before), faults(after));
  return all;
}

/** Ids of recordings are places in a flow: only that there is one matters. */
const comparable = (value: Value | undefined): Value => (typeof value === "string" && /^[a-z][\w/-]*#\d+/.test(value) ? "recording" : (value ?? null));
