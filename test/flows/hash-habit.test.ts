import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema, type TalkItem } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** Many people press # after any key. It belongs to that key, not to the next question, unless # is one of its keys. */
const menu = (to: string, keys: string[] = ["1"], extra: object = {}) => ({
  type: "menu",
  config: { prompt: "ask", choices: keys.map((key) => ({ key, value: key })), attempts: 1, ...extra },
  exits: { ...Object.fromEntries(keys.map((key) => [key, to])), noInput: "left", invalid: "left" },
});
const end = { served: { type: "hangup", config: { outcome: "served" } }, left: { type: "hangup", config: { outcome: "left" } } };
const say = { type: "say", config: { prompt: "long" }, exits: { next: "b" } };
const digits = (extra: object = {}) => ({
  type: "collect-digits",
  config: { prompt: "ask", min: 2, max: 4, attempts: 1, saveAs: "code", ...extra },
  exits: { ok: "served", noInput: "left", invalid: "left" },
});

const flowOf = (nodes: object) =>
  parseFlow({
    sufler: 2,
    id: "h",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    outcomes: ["served", "left"],
    prompts: { ask: { ru: "Код?" }, long: { ru: "Минуту, пожалуйста." } },
    start: "a",
    nodes: { ...nodes, ...end },
  }).flow!;

function outcome(nodes: object, talk: TalkItem[]) {
  const { result } = runConversation(flowOf(nodes), conversationSchema.parse({ title: "t", given: {}, talk, expect: {} }));
  return [result.outcome, result.result["code"] ?? null];
}

describe("# after the key of a menu", () => {
  test.each<[string, object, TalkItem[]]>([
    ["one after the other", { a: menu("b"), b: menu("served") }, [{ hear: "ask" }, { press: "1#" }, { hear: "ask" }, { press: "1#" }]],
    ["typed ahead", { a: menu("b"), b: menu("served") }, [{ press: "1#1#" }]],
    [
      "a moment later, while the next question is heard",
      { a: menu("b"), b: menu("served") },
      [{ hear: "ask" }, { press: "1" }, { wait: 1 }, { press: "#" }, { wait: 1 }, { press: "1" }],
    ],
    [
      "through an announcement that it does not cut",
      { a: menu("s"), s: say, b: menu("served") },
      [{ hear: "ask" }, { press: "1#" }, { hear: "long" }, { hear: "ask" }, { press: "1" }],
    ],
    ["two-digit keys", { a: menu("b", ["1", "10"]), b: menu("served", ["1", "10"]) }, [{ press: "10#" }, { hear: "ask" }, { press: "1#" }]],
  ])("%s", (_title, nodes, talk) => expect(outcome(nodes, talk)[0]).toBe("served"));

  test.each<[string, TalkItem[]]>([
    ["one after the other", [{ hear: "ask" }, { press: "1#" }, { hear: "ask" }, { press: "1234" }]],
    ["typed ahead", [{ press: "1#1234" }]],
  ])("before a number: %s", (_title, talk) => expect(outcome({ a: menu("b"), b: digits() }, talk)).toEqual(["served", "1234"]));

  test("the next menu keeps # as its own key, at once or typed ahead", () => {
    const nodes = { a: menu("b"), b: menu("served", ["#"]) };
    expect(outcome(nodes, [{ hear: "ask" }, { press: "1" }, { press: "#", gap: 0.3 }])[0]).toBe("served");
    expect(outcome(nodes, [{ press: "1#" }])[0]).toBe("served");
  });

  test("a number that may be empty takes # as no number", () => {
    expect(outcome({ a: menu("b"), b: digits({ min: 0 }) }, [{ hear: "ask" }, { press: "1" }, { wait: 1 }, { press: "#" }])[0]).toBe("served");
  });

  test("later it is an answer again", () => {
    expect(outcome({ a: menu("b"), b: menu("served") }, [{ hear: "ask" }, { press: "1" }, { wait: 6 }, { press: "#" }])[0]).toBe("left");
  });

  test("after the key that leaves the hold of a queue", () => {
    const queue = { type: "queue", config: { queue: "q", exitKey: "1" }, exits: { exitKey: "b", error: "left", timeout: "left" } };
    const { result } = runConversation(
      flowOf({ a: queue, b: menu("served") }),
      conversationSchema.parse({ title: "t", given: {}, talk: [{ wait: 5 }, { press: "1#" }, { hear: "ask" }, { press: "1" }], expect: {} }),
    );
    expect([result.outcome, result.faults]).toEqual(["served", []]);
  });
});
