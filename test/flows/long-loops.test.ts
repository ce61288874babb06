import { describe, expect, test } from "vitest";
import { checkFlow } from "../../flows/check/index.ts";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { start, step } from "../../flows/compile/step.ts";
import type { Context } from "../../flows/compile/context.ts";
import { limits } from "../../flows/schema/limits.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { beginContact } from "../../runtime/campaigns/wake-contact.ts";

/** Silent turns of a loop up to `limits.loopTurns` work, wherever the loop stands; what passes more nodes than a call may is told by the check and leaves by `error`. */
const end = { served: { type: "hangup", config: { outcome: "served" } }, left: { type: "hangup", config: { outcome: "left" } } };
const loop = (times: number, again: string, done: string) => ({ type: "loop", config: { times, saveAs: "i" }, exits: { again, done, error: "left" } });
const count = (to: string) => ({ type: "set", config: { assign: [{ name: "n", value: "vars.i" }] }, exits: { next: to } });
const flowOf = (nodes: object, extra: object = {}) =>
  parseFlow({
    sufler: 2,
    id: "l",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    outcomes: ["served", "left"],
    variables: { n: { type: "number" } },
    prompts: {},
    start: "l",
    nodes: { ...nodes, ...end },
    ...extra,
  }).flow!;
const play = (flow: ReturnType<typeof flowOf>) => runConversation(flow, conversationSchema.parse({ title: "t", given: {}, talk: [], expect: {} }));
const codes = (flow: ReturnType<typeof flowOf>) =>
  checkFlow(flow, {})
    .filter((issue) => issue.severity === "error")
    .map((issue) => issue.code);

describe.each([100, 150, 500, limits.loopTurns])("%i silent turns", (times) => {
  test("pass, and the check is silent", () => {
    const flow = flowOf({ l: loop(times, "s", "served"), s: count("l") });
    const run = play(flow);
    expect([run.result.outcome, run.vars["n"], run.result.faults]).toEqual(["served", times, []]);
    expect(codes(flow)).toEqual([]);
  });

  test("pass in a part too", () => {
    const inner = {
      start: "l",
      nodes: {
        l: loop(times, "s", "over"),
        s: count("l"),
        over: { type: "finish", config: { outcome: "done" } },
        left: { type: "finish", config: { outcome: "error" } },
      },
      layout: {},
    };
    const run = play(flowOf({ p: { type: "subflow", config: { part: "inner" }, exits: { next: "served", error: "left" } } }, { start: "p", parts: { inner } }));
    expect([run.result.outcome, run.vars["n"], run.result.faults]).toEqual(["served", times, []]);
  });

  test("pass in a strategy, which begins its contact in one go", () => {
    const nodes = {
      l: loop(times, "s", "over"),
      s: count("l"),
      over: { type: "finish", config: { outcome: "served" } },
      left: { type: "finish", config: { outcome: "left" } },
    };
    const flow = parseFlow({
      sufler: 2,
      id: "st",
      kind: "strategy",
      title: {},
      languages: ["ru"],
      outcomes: ["served", "left"],
      variables: { n: { type: "number" } },
      prompts: {},
      start: "l",
      nodes,
    }).flow!;
    const campaign = { id: "c", zone: "Europe/Moscow", inputs: {} };
    const contact = { id: "k", zone: "", phone: "+79990000001", name: "", data: {} };
    const woken = beginContact(createFlowMachine(compileFlow(flow)), campaign as never, contact as never, 0, { calendars: {}, country: "RU" });
    expect([woken.done, woken.outcome]).toEqual([true, "served"]);
  });
});

test("no step passes more nodes than one may: the others get their turn", () => {
  const machine = createFlowMachine(compileFlow(flowOf({ l: loop(1_000, "s", "served"), s: count("l") })));
  let now = start(machine, { at: 0 });
  let steps = 1;
  const most = { entered: 0 };
  while (!now.done && now.due === 0) {
    now = step(machine, now.snapshot, { type: "tick", at: 0 });
    most.entered = Math.max(most.entered, (now.snapshot.context as Context).entered);
    steps += 1;
  }
  expect(steps).toBeGreaterThan(15);
  expect(most.entered).toBeLessThanOrEqual(limits.nodesPerStep);
});

describe("more than a call may", () => {
  const nested = flowOf({
    l: loop(1_000, "k", "served"),
    k: { ...loop(100, "s", "l"), config: { times: 100 } },
    s: { ...count("k"), exits: { next: "k", error: "left" } },
  });
  test("the check says the bound", () => {
    expect(codes(nested)).toContain("loop-too-long");
    expect(checkFlow(nested, {}).find((issue) => issue.code === "loop-too-long")!.message.en).toContain(String(limits.nodesPerCall));
  });
  test("the call leaves by error", () => expect(play(nested).result).toMatchObject({ outcome: "left", faults: [{ code: "node-limit" }] }));
  test("a turn of more nodes than a step may: told, too", () => {
    const body = Object.fromEntries(Array.from({ length: 230 }, (_each, index) => [`s${index}`, count(index === 229 ? "l" : `s${index + 1}`)]));
    expect(codes(flowOf({ l: loop(2, "s0", "served"), ...body }))).toContain("loop-too-long");
  });
});
