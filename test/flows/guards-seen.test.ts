import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema, type TalkItem } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** Guards that could be taken out without a test turning red: secrets in the journal, required fields, the time after a hang-up. */
const flowOf = (extra: object) =>
  parseFlow({
    sufler: 2,
    id: "g",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    outcomes: ["done", "left"],
    prompts: { p: { ru: "Введите номер карты" } },
    ...extra,
  }).flow!;
const run = (flow: ReturnType<typeof flowOf>, talk: TalkItem[]) => runConversation(flow, conversationSchema.parse({ title: "t", given: {}, talk, expect: {} }));

describe("what is secret", () => {
  const flow = flowOf({
    start: "card",
    nodes: {
      card: {
        type: "collect-digits",
        config: { prompt: "p", saveAs: "card", min: 4, max: 16, masked: true, attempts: 2 },
        exits: { ok: "end", noInput: "end", invalid: "end" },
      },
      end: { type: "hangup", config: { outcome: "done" } },
    },
  });

  test.each<[string, TalkItem[]]>([
    ["typed and ended", [{ hear: "p" }, { press: "4276#" }]],
    ["typed ahead", [{ press: "4276#" }]],
    ["half typed, then gone", [{ hear: "p" }, { press: "427" }, { hangup: true }]],
    ["too short, then again", [{ hear: "p" }, { press: "42#" }, { hear: "p" }, { press: "4276#" }]],
  ])("masked digits are nowhere in the journal and the result: %s", (_title, talk) => {
    const { journal, result } = run(flow, talk);
    const keys = journal.filter((line) => line.kind === "stimulus" && line.data?.["type"] === "digit").map((line) => line.data!["digit"]);
    expect(keys.filter((key) => key !== "•")).toEqual([]);
    expect(keys.length).toBeGreaterThan(2);
    expect(JSON.stringify([journal.map((line) => line.data), result.result])).not.toMatch(/42/);
  });
});

describe("a step's required field", () => {
  const flow = flowOf({
    kind: "script",
    start: "ask",
    nodes: {
      ask: {
        type: "step",
        config: { say: "p", fields: [{ name: "name", label: "Имя", required: true }], answers: [{ value: "yes", label: "p" }] },
        exits: { yes: "end" },
      },
      end: { type: "wrap-up", config: { options: [{ value: "done", label: "p" }], fields: [{ name: "note", label: "Итог", required: true }] } },
    },
  });

  test.each<[string, TalkItem[], boolean]>([
    ["empty", [{ answer: "yes" }], false],
    ["blank", [{ answer: "yes", fields: { name: "" } }], false],
    ["null", [{ answer: "yes", fields: { name: null } }], false],
    ["filled", [{ answer: "yes", fields: { name: "Анна" } }], true],
    ["filled before", [{ fill: { name: "Анна" } }, { answer: "yes" }], true],
    ["empty at the end", [{ answer: "yes", fields: { name: "Анна" } }, { answer: "done" }], false],
    ["an answer that is none", [{ answer: "no", fields: { name: "Анна" } }], false],
  ])("%s", (_title, talk, taken) => {
    const { failures } = run(flow, talk);
    expect(failures.length === 0).toBe(taken);
  });
});

test("what is done after a hang-up has thirty seconds", () => {
  const http = (to: string) => ({
    type: "http",
    config: { service: "slow", url: "https://crm.example/", method: "POST", timeout: 25 },
    exits: { ok: to, clientError: to, serverError: to, error: to },
  });
  const flow = flowOf({
    start: "say",
    nodes: {
      say: { type: "say", config: { prompt: "p" }, exits: { next: "end" } },
      end: { type: "hangup", config: { outcome: "done" } },
      gone: { type: "on-hangup", config: {}, exits: { next: "one" } },
      one: http("two"),
      two: http("note"),
      note: { type: "outcome", config: { outcome: "left" }, exits: { next: "end" } },
    },
  });
  const slow = {
    slow: [
      { status: 200, body: {}, delay: 20 },
      { status: 200, body: {}, delay: 20 },
    ],
  };
  const { result, journal } = runConversation(
    flow,
    conversationSchema.parse({ title: "t", given: { services: slow }, talk: [{ hear: "p", for: 0.5 }, { hangup: true }], expect: {} }),
  );
  expect(journal.some((line) => line.kind === "note" && line.data?.["hangupBudget"] !== undefined)).toBe(true);
  expect(result).toMatchObject({ ended: "caller-hangup", outcome: null });
  const [gone, last] = [journal.find((line) => line.data?.["type"] === "hangup")!, journal.at(-1)!];
  expect(last.at - gone.at).toBe(30_000);
});
