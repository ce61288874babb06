import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema, type TalkItem } from "../../flows/simulate/conversation.ts";
import { retell } from "../../flows/simulate/retell.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** How a talk counts its seconds, and that older ones keep theirs. */
const flow = parseFlow({
  sufler: 2,
  id: "t",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  outcomes: ["one", "none"],
  prompts: { ask: { ru: "Нажмите один, пожалуйста, один." }, bye: { ru: "До свидания." } },
  start: "ask",
  nodes: {
    ask: {
      type: "menu",
      config: { prompt: "ask", choices: [{ key: "1", value: "1" }], attempts: 1, firstTimeout: 5 },
      exits: { "1": "bye", noInput: "none", invalid: "none" },
    },
    bye: { type: "say", config: { prompt: "bye", bargeIn: false }, exits: { next: "one" } },
    one: { type: "hangup", config: { outcome: "one" } },
    none: { type: "hangup", config: { outcome: "none" } },
  },
}).flow!;
const play = (talk: TalkItem[]) => runConversation(flow, conversationSchema.parse({ title: "t", given: {}, talk, expect: {} }));
const pressedAt = (talk: TalkItem[]) => {
  const { journal } = play(talk);
  const heard = journal.find((line) => line.kind === "heard")!;
  return journal.find((line) => line.kind === "stimulus")!.at - heard.at;
};
const askMs = "Нажмите один, пожалуйста, один.".length * 65;

describe("seconds of a talk", () => {
  test("wait after hear counts from the end of the prompt", () => {
    expect(pressedAt([{ hear: "ask" }, { wait: 3 }, { press: "1" }])).toBe(askMs + 3_000);
    expect(play([{ hear: "ask" }, { wait: 6 }]).result.outcome).toBe("none");
    expect(play([{ hear: "ask" }, { wait: 4.5 }, { press: "1" }]).result.outcome).toBe("one");
  });
  test("hear for so long counts from its start", () => expect(pressedAt([{ hear: "ask", for: 0.5 }, { press: "1" }])).toBe(500));
  test("press has no gap behind its last key: a hang-up comes at the very moment", () => {
    const { journal } = play([{ hear: "ask" }, { press: "1" }, { hangup: true }]);
    const [key, gone] = journal.filter((line) => line.kind === "stimulus");
    expect(gone!.at - key!.at).toBe(0);
  });
  test("several keys are a gap apart", () => {
    const { journal } = play([{ press: "19", gap: 0.4 }]);
    const [one, other] = journal.filter((line) => line.kind === "stimulus");
    expect(other!.at - one!.at).toBe(400);
  });
});

describe("talks of before", () => {
  test("are told in the words of today", () => {
    expect(retell([{ hear: "a" }, { wait: 2 }, { press: "1", gap: 0.5 }, { hangup: true }])).toEqual([
      { hear: "a", for: 2 },
      { press: "1", gap: 0.5 },
      { wait: 0.5 },
      { hangup: true },
    ]);
    expect(retell([{ press: "1" }, { hear: "b" }, { press: "2" }])).toEqual([{ press: "1" }, { hear: "b" }, { press: "2" }]);
  });

  /** The old reading: `wait` at once, a gap behind every key. */
  function oldTimes(talk: readonly TalkItem[]): number {
    return talk.reduce((sum, item) => ("wait" in item ? sum + item.wait : "press" in item ? sum + (item.gap ?? 0.2) * item.press.length : sum), 0);
  }
  function newTimes(talk: readonly TalkItem[]): number {
    return talk.reduce(
      (sum, item) =>
        "wait" in item ? sum + item.wait : "hear" in item ? sum + (item.for ?? 0) : "press" in item ? sum + (item.gap ?? 0.2) * (item.press.length - 1) : sum,
      0,
    );
  }
  test("keep their times, whatever they do", () => {
    const item = fc.oneof<fc.Arbitrary<TalkItem>[]>(
      fc.record({ wait: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ press: fc.stringMatching(/^[0-9]{1,3}$/) }),
      fc.constant({ silence: true as const }),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (talk) => {
        const closed: TalkItem[] = [...talk, { hangup: true }];
        expect(newTimes(retell(closed))).toBeCloseTo(oldTimes(closed), 6);
      }),
    );
  });
});

test("the ready conversations all read", () => {
  const root = join(import.meta.dirname, "..", "..", "templates");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /conversations\/.*\.json$/.test(name));
  expect(files.length).toBeGreaterThan(1_000);
  for (const name of files) expect(conversationSchema.safeParse(JSON.parse(readFileSync(join(root, name), "utf8"))).success, name).toBe(true);
});
