import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationOf } from "../../flows/simulate/conversation-of-call.ts";
import { conversationSchema, parseConversation } from "../../flows/simulate/conversation.ts";
import { explore } from "../../flows/simulate/explore.ts";
import { playersOf } from "../../flows/simulate/player.ts";
import { replayer } from "../../flows/simulate/replay.ts";
import { performTalk, runConversation } from "../../flows/simulate/run-conversation.ts";

const folder = join(import.meta.dirname, "..", "..", "templates");
const slugs = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const flowOf = (slug: string): Flow => parseFlow(readFileSync(join(folder, slug, "flow.json"), "utf8")).flow!;

/** Calls of random callers, as journals. */
function calls(flow: Flow, slug: string, seed: number): JournalLine[][] {
  const {
    inputs = {},
    calendars = {},
    lists = {},
    tables = {},
    switches = {},
  } = JSON.parse(readFileSync(join(folder, slug, "demo.json"), "utf8")) as Record<string, object>;
  const given = conversationSchema.parse({ title: "", given: { inputs, calendars, lists, tables, switches }, talk: [], expect: {} }).given;
  const { examples } = explore(flow, { callers: 60, seed, givens: [given] });
  const start = playersOf(flow);
  return Object.values(examples)
    .map((example) => {
      const player = start(example.given);
      performTalk(player, example.talk);
      for (let guard = 0; guard < 500 && !player.done; guard++) if (!player.advanceOne()) break;
      return [...player.journal];
    })
    .filter(isOpen);
}

/** Secret keys are not in a journal, and of two things in the same millisecond it does not tell which came first. */
const isOpen = (journal: readonly JournalLine[]): boolean =>
  journal.every(({ kind, data, at }, index) => kind !== "stimulus" || (data?.["digit"] !== "•" && journal[index - 1]!.at !== at));

describe("replay", () => {
  const voices = slugs.filter((slug) => flowOf(slug).kind === "ivr");
  test.each(voices)("%s: calls replayed on the flow they were played on go the same way", (slug) => {
    const flow = flowOf(slug);
    const replay = replayer(flow);
    const journals = calls(flow, slug, 7);
    expect(journals.length).toBeGreaterThan(0);
    for (const journal of journals) expect(replay(journal).differences).toEqual([]);
  });

  test.each(voices)("%s: a call becomes a conversation that passes as a test", (slug) => {
    const flow = flowOf(slug);
    for (const journal of calls(flow, slug, 11)) {
      const parsed = parseConversation(JSON.parse(JSON.stringify(conversationOf(flow, journal))));
      if ("error" in parsed) throw new Error(parsed.error);
      expect(runConversation(flow, parsed.conversation).failures).toEqual([]);
    }
  });

  const prompts = { hi: { ru: "Здравствуйте" }, ask: { ru: "Нажмите один или два" }, more: { ru: "Ещё вопрос: нажмите один" } };
  const menu = (prompt: string, exits: Record<string, string>) => ({
    type: "menu",
    config: { prompt, saveAs: prompt, choices: [{ key: "1" }, { key: "2" }] },
    exits: { noInput: "end", invalid: "end", ...exits },
  });
  const draft = (nodes: Record<string, unknown>, start = "hi") =>
    parseFlow({ sufler: 2, id: "d", kind: "ivr", title: {}, languages: ["ru"], prompts, outcomes: ["one", "two"], start, nodes }).flow!;
  const end = (outcome: string) => ({ type: "hangup", config: { outcome } });
  const say = { type: "say", config: { prompt: "hi" }, exits: { next: "ask" } };
  const first = draft({ hi: say, ask: menu("ask", { "1": "one", "2": "two" }), one: end("one"), two: end("two"), end: end("two") });
  const journalOf = (flow: Flow, press: string): JournalLine[] => {
    const player = playersOf(flow)(conversationSchema.parse({ title: "", talk: [], expect: {} }).given);
    performTalk(player, [{ hear: "hi" }, { hear: "ask" }, { press }]);
    while (!player.done && player.advanceOne());
    return [...player.journal];
  };

  test("nodes renamed and moved: nothing changes", () => {
    const renamed = draft(
      { greeting: { ...say, exits: { next: "question" } }, question: menu("ask", { "1": "x", "2": "y" }), x: end("one"), y: end("two"), end: end("two") },
      "greeting",
    );
    expect(replayer(renamed)(journalOf(first, "1")).differences).toEqual([]);
  });

  test("keys swapped: the outcome changes, and that is what is told", () => {
    const swapped = draft({ hi: say, ask: menu("ask", { "1": "two", "2": "one" }), one: end("one"), two: end("two"), end: end("two") });
    expect(replayer(swapped)(journalOf(first, "1")).differences).toEqual([{ what: "outcome", name: "outcome", before: "one", after: "two" }]);
  });

  test("a question removed: its key is pressed at the next one, the prompts differ", () => {
    const journal = journalOf(first, "1");
    const other = draft({
      hi: { ...say, exits: { next: "more" } },
      more: menu("more", { "1": "one", "2": "two" }),
      one: end("one"),
      two: end("two"),
      end: end("two"),
    });
    const { after, differences } = replayer(other)(journal);
    expect(after.outcome).toBe("one");
    expect(differences.map((difference) => difference.what).toSorted()).toEqual(["result", "result", "said"]);
  });

  test("a flow that ends before the key: told as not done", () => {
    const short = draft({ hi: { ...say, exits: { next: "end" } }, end: end("two") });
    expect(replayer(short)(journalOf(first, "1")).differences.map((difference) => difference.what)).toContain("unheard");
  });
});

test("a transfer is kept as it was: how long it rang, how long they talked, and whether the caller gave up", () => {
  const { flow } = parseFlow({
    sufler: 2,
    id: "ring",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    prompts: {},
    start: "ring",
    nodes: {
      ring: {
        type: "transfer",
        config: { target: "100", saveAs: "talk" },
        exits: { ok: "told", busy: "told", noAnswer: "told", rejected: "told", abandoned: "lost", hangup: "told" },
      },
      told: { type: "hangup", config: { outcome: "told" } },
      lost: { type: "hangup", config: { outcome: "lost" } },
    },
  });
  const start = playersOf(flow!);
  const play = (services: object, talk: object[]) => {
    const { given } = conversationSchema.parse({ title: "", given: { services }, talk: [], expect: {} });
    const player = start(given);
    performTalk(player, talk as never);
    while (!player.done && player.advanceOne());
    return player.journal;
  };
  const talked = play({ bridge: { delay: 8, talk: 40 } }, []);
  expect(conversationOf(flow!, talked).given.services).toMatchObject({ bridge: [{ exit: "ok", delay: 8, talk: 40 }] });
  const outcomes = [
    [talked, "told", { joined: true, waitSeconds: 8, talkSeconds: 40 }],
    [play({ bridge: { delay: 6, talk: 90 } }, [{ wait: 30 }, { hangup: true }]), "told", { joined: true, waitSeconds: 6, talkSeconds: 24 }],
    [play({ bridge: { delay: 40 } }, [{ wait: 33 }, { hangup: true }]), "lost", { joined: false, waitSeconds: 33, talkSeconds: 0 }],
    [play({ bridge: { delay: 20 } }, [{ wait: 6 }, { hangup: true }]), "lost", { joined: false, waitSeconds: 6, talkSeconds: 0 }],
  ] as const;
  for (const [journal, outcome, talk] of outcomes) {
    const conversation = conversationOf(flow!, journal);
    expect(conversation.expect).toMatchObject({ outcome, result: { talk } });
    expect(runConversation(flow!, conversation).failures).toEqual([]);
    expect(replayer(flow!)(journal).differences).toEqual([]);
  }
});
