import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { perform, type Act } from "../../editor/phone/acts.ts";
import type { JournalLine } from "../../flows/result.ts";
import { joinDigits, talkOf } from "../../editor/phone/call-view.ts";
import { toConversation } from "../../editor/phone/to-conversation.ts";
import { groundIn, plainGiven } from "../../editor/tests-panel/plain-given.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { conversationOf } from "../../flows/simulate/conversation-of-call.ts";
import { conversationSchema, type Conversation, type Given } from "../../flows/simulate/conversation.ts";
import { playersOf, type Player } from "../../flows/simulate/player.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { choicesAt } from "../../flows/simulate/choices.ts";

const folder = new URL("../../templates/", import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(new URL(path, folder), "utf8")) as object;
const slugs = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const templates = slugs.flatMap((slug): [string, Flow, Given][] => {
  const flow = parseFlow(json(`${slug}/flow.json`)).flow;
  if (!flow || flow.kind !== "ivr") return [];
  const first = readdirSync(new URL(`${slug}/conversations/`, folder)).sort()[0]!;
  return [[slug, flow, conversationSchema.parse(json(`${slug}/conversations/${first}`)).given]];
});

/** One thing a person does: a choice of those the flow offers, any key, or nothing, so long after the last thing. */
const move = fc.record({ what: fc.integer({ min: 0, max: 9 }), pick: fc.nat(20), after: fc.integer({ min: 0, max: 6_000 }), into: fc.boolean() });
type Move = { what: number; pick: number; after: number; into: boolean };

/** A person at the phone: acts at whatever moment, as the screen lets them. */
function converse(player: Player, moves: readonly Move[]): Act[] {
  const acts: Act[] = [];
  const act = (what: Act) => {
    if (player.done) return;
    const stamped = { ...what, at: player.now, ...("event" in what ? { event: { ...what.event, at: player.now } } : {}) } as Act;
    acts.push(stamped);
    perform(player, stamped);
  };
  const key = (digit: string) => act({ at: 0, event: { type: "digit", at: 0, digit, leg: "A" } });
  for (const { what, pick, after, into } of moves) {
    if (!into) for (let guard = 0; guard < 200 && !player.done && choicesAt(player).length === 0 && player.nextAt !== null; guard++) player.advanceOne();
    player.advanceTo(player.now + after);
    const [choice] = choicesAt(player).slice(pick % Math.max(1, choicesAt(player).length));
    if (what === 9) act({ at: 0, event: { type: "hangup", at: 0, by: "caller", q850: 16 } });
    else if (what === 8 && player.nextAt !== null) player.advanceTo(player.nextAt);
    else if (what === 7) key("0123456789*#"[pick % 12]!);
    else if (player.recording) act({ at: 0, speak: 1_500 });
    else if (choice && "press" in choice.item)
      for (const digit of choice.item.press) {
        key(digit);
        player.advanceTo(player.now + (pick % 3) * 150);
      }
    else if (choice && "say" in choice.item && player.listening !== null) {
      // Nobody has said the words before the time that saying them takes.
      player.advanceTo(player.now + Math.max(500, choice.item.say.length * 65));
      if (player.listening !== null) act({ at: 0, utter: choice.item.say });
    }
  }
  return acts;
}

function toTheEnd(player: Player): void {
  const limit = player.now + 15 * 60_000;
  while (!player.done && player.nextAt !== null && player.nextAt <= limit) player.advanceOne();
  while (player.nextAt !== null && player.done) player.advanceOne();
}

describe.each(templates)("%s", (_slug, flow, given) => {
  const play = playersOf(flow);
  const called = (moves: readonly Move[], write: (acts: Act[], player: Player) => Conversation) => {
    const player = play(structuredClone(given));
    const acts = converse(player, moves);
    toTheEnd(player);
    // What a caller keyed in secret is in no journal, so it cannot be told again.
    fc.pre(player.done && !JSON.stringify(player.journal).includes("•"));
    const conversation = conversationSchema.parse(structuredClone(write(acts, player)));
    const again = runConversation(flow, conversation);
    expect(again.failures, JSON.stringify(conversation.talk)).toEqual([]);
    const said = (journal: readonly { kind: string; data?: Record<string, unknown> }[]) =>
      journal.filter((line) => line.kind === "heard" || line.kind === "attempt").map((line) => line.data?.["prompt"] ?? line.data?.["why"]);
    expect(said(again.journal), JSON.stringify(conversation.talk)).toEqual(said(player.journal));
  };
  test("a call saved from the phone goes the same way when it is played again", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => called(moves, (acts, player) => toConversation("saved", given, acts, player, flow))),
      { numRuns: 60, seed: 20_261_130 },
    );
  });
  test("so does the journal of a call", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => called(moves, (_acts, player) => conversationOf(flow, player.journal))),
      { numRuns: 60, seed: 20_261_130 },
    );
  });
});

test("silence and wrong keys stand where they happened: before the question is asked again", () => {
  const flow = parseFlow(JSON.parse(readFileSync(new URL("../../docs/examples/main-menu.flow.json", import.meta.url), "utf8"))).flow!;
  const player = playersOf(flow)(conversationSchema.parse({ title: "", talk: [], given: { inputs: { company: "Ромашка" } }, expect: {} }).given);
  player.advanceTo(player.now + 8_000);
  perform(player, { at: player.now, event: { type: "digit", at: player.now, digit: "7", leg: "A" } });
  toTheEnd(player);
  const kinds = joinDigits(talkOf(player.journal)).map(({ kind }) => kind);
  const after = kinds.slice(kinds.indexOf("digit"));
  expect(after.slice(0, 3)).toEqual(["digit", "attempt.invalid", "said"]);
  expect(after.slice(3, 5)).toEqual(["attempt.noInput", "said"]);
});

test.each(slugs)("what comes with %s is sound ground for the tests of the page", (slug) => {
  const demo = json(`${slug}/demo.json`);
  const ground = groundIn(demo);
  const own = { title: "", talk: [], expect: {}, given: ground };
  expect(conversationSchema.safeParse(own).error?.issues ?? []).toEqual([]);
  if ("inputs" in demo) expect(plainGiven(ground).inputs).toEqual(demo.inputs);
});

test("a recogniser that is not there is no way out of the menu", () => {
  const line = (seq: number, kind: JournalLine["kind"], data: Record<string, unknown>) =>
    ({ callId: "c", seq, at: seq, node: "menu", kind, data }) as JournalLine;
  const journal = [
    line(1, "heard", { text: "Нажмите один" }),
    line(2, "reply", { exit: "error", fault: { code: "no-speech", message: "" } }),
    line(3, "note", { speech: "no-speech" }),
    line(4, "stimulus", { type: "digit", digit: "1" }),
  ];
  expect(talkOf(journal).map(({ kind }) => kind)).toEqual(["said", "digit"]);
  expect(talkOf([journal[0]!, journal[1]!, journal[3]!]).map(({ kind }) => kind)).toEqual(["said", "reply", "digit"]);
});
