import { initialTransition, transition } from "xstate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import type { Context } from "../../flows/compile/context.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { restore, rewind, save, start, step, type Snapshot } from "../../flows/compile/step.ts";
import type { CallEvent } from "../../flows/events.ts";
import { fold } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { limits } from "../../flows/schema/limits.ts";
import { randomFlow } from "./random-flow.ts";

const machineOf = (document: object) => createFlowMachine(compileFlow(parseFlow(document).flow!));
const flowOf = (nodes: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  sufler: 2,
  id: "t",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  prompts: { p: { ru: "Текст" } },
  start: "a",
  nodes,
  ...more,
});

/** Events that the world could send to a machine waiting for `asks`, and some it could not. */
function eventFrom(choice: number, asks: { id: string; command: { do: string } }[], at: number): CallEvent {
  const ask = asks[choice % Math.max(1, asks.length)];
  const id = ask?.id ?? "nobody#1";
  const digits = "0123456789*#";
  const events: CallEvent[] = [
    { type: "digit", at, digit: digits[choice % 12]!, leg: "A" },
    { type: "tick", at },
    { type: "played", at, id, ms: 100 },
    { type: "reply", at, id, exit: ["next", "ok", "busy", "nonsense"][choice % 4]! },
    { type: "reply", at, id, exit: "error", fault: { code: "network", message: "down" } },
    { type: "recorded", at, id, ms: 900, speechMs: choice % 2 === 0 ? 900 : 0, reason: "silence", recording: id },
    { type: "hangup", at, by: "caller" },
  ];
  return events[choice % events.length]!;
}

describe("the pure step", () => {
  test("equals XState's own transition() on random flows and random events", () => {
    fc.assert(
      fc.property(randomFlow, fc.array(fc.nat(10_000), { maxLength: 25 }), (document, choices) => {
        const machine = machineOf(document);
        let mine = start(machine, { at: 0 });
        const [first] = initialTransition(machine, { at: 0 } as never);
        expect(mine.snapshot.value).toEqual(first.value);
        expect(mine.snapshot.context).toEqual({ ...(first.context as Context), lines: [] });
        expect(mine.journal).toEqual((first.context as Context).lines);
        let at = 0;
        for (const choice of choices) {
          if (mine.done) break;
          at += choice % 4000;
          const event = eventFrom(choice, mine.asks, at);
          const before = mine.snapshot;
          const prepared = { ...before, context: { ...(before.context as Context), now: at, entered: 0, toldStep: false, lines: [] } } as Snapshot;
          const [theirs] = transition(machine, prepared as never, event as never);
          mine = step(machine, before, event);
          const cleaned = { ...(theirs.context as Context), lines: [] };
          expect(mine.snapshot.value).toEqual(theirs.value);
          expect(mine.snapshot.context).toEqual(cleaned);
          expect(mine.snapshot.status).toBe(theirs.status);
          expect(mine.journal.filter((line) => line.kind !== "stimulus")).toEqual((theirs.context as Context).lines);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("leaves every snapshot and journal handed out as it was, and goes on from any of them alike", () => {
    fc.assert(
      fc.property(randomFlow, fc.array(fc.nat(10_000), { maxLength: 20 }), (document, choices) => {
        const machine = machineOf(document);
        let now = start(machine, { at: 0 });
        const told = (each: typeof now) => JSON.stringify([save(each.snapshot), each.asks, each.cancels, each.due, each.journal]);
        const past: { step: typeof now; told: string; event: CallEvent }[] = [];
        let at = 0;
        for (const choice of choices) {
          if (now.done) break;
          at += choice % 4000;
          const event = eventFrom(choice, now.asks, at);
          past.push({ step: now, told: told(now), event });
          now = step(machine, now.snapshot, event);
        }
        const after = [...past.slice(1).map((each) => each.told), told(now)];
        for (const [index, each] of past.entries()) {
          expect(told(step(machine, each.step.snapshot, each.event))).toBe(after[index]);
          expect(told(each.step)).toBe(each.told);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("survives saving and restoring as JSON at every point", () => {
    fc.assert(
      fc.property(randomFlow, fc.array(fc.nat(10_000), { maxLength: 20 }), (document, choices) => {
        const machine = machineOf(document);
        let live = start(machine, { at: 0 });
        let restored = live.snapshot;
        let at = 0;
        for (const choice of choices) {
          if (live.done) break;
          at += choice % 4000;
          const event = eventFrom(choice, live.asks, at);
          const next = step(machine, restore(machine, JSON.parse(JSON.stringify(save(restored)))), event);
          live = step(machine, live.snapshot, event);
          expect(next.snapshot.context).toEqual(live.snapshot.context);
          expect(next.snapshot.value).toEqual(live.snapshot.value);
          expect(next.journal).toEqual(live.journal);
          restored = next.snapshot;
        }
      }),
      { numRuns: 200 },
    );
  });

  test("every valid flow ends or waits: silence, ticks and a hang-up always bring it to an end", () => {
    fc.assert(
      fc.property(randomFlow, fc.array(fc.nat(10_000), { maxLength: 30 }), (document, choices) => {
        const machine = machineOf(document);
        let now = start(machine, { at: 0 });
        let at = 0;
        for (const choice of choices) {
          if (now.done) return;
          expect(now.due !== null || now.asks.length > 0 || Object.keys((now.snapshot.context as Context).pending).length > 0).toBe(true);
          at += choice % 4000;
          now = step(machine, now.snapshot, eventFrom(choice, now.asks, at));
        }
        if (!now.done) now = step(machine, now.snapshot, { type: "hangup", at, by: "caller" });
        for (let guard = 0; guard < 50 && !now.done; guard++) {
          at = Math.max(at, now.due ?? at + limits.hangupBudgetMs) + 1;
          for (const ask of now.asks) now = now.done ? now : step(machine, now.snapshot, { type: "reply", at, id: ask.id, exit: "next" });
          if (!now.done) now = step(machine, now.snapshot, { type: "tick", at });
        }
        expect(now.done).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("plain JSON: no functions, and it compiles the same again", () => {
    const document = flowOf({ a: { type: "say", config: { prompt: "p" }, exits: { next: "b" } }, b: { type: "hangup", config: {}, exits: {} } });
    const json = compileFlow(parseFlow(document).flow!);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test("a later assignment sees the operator, the inputs and the one before it", () => {
    const assign = [
      { name: "x", value: "1" },
      { name: "y", value: "operator.name + inputs.who + string(vars.x)" },
    ];
    const nodes = { a: { type: "set", config: { assign }, exits: { next: "b" } }, b: { type: "hangup", config: {}, exits: {} } };
    const machine = machineOf(flowOf(nodes, { inputs: { who: { type: "string", title: {} } } }));
    const { snapshot } = start(machine, { at: 0, operator: { name: "Ира" }, inputs: { who: "!" } });
    expect((snapshot.context as Context).vars).toMatchObject({ x: 1, y: "Ира!1" });
  });

  test("say → itself replays", () => {
    const machine = machineOf(flowOf({ a: { type: "say", config: { prompt: "p" }, exits: { next: "a" } } }));
    let now = start(machine, { at: 0 });
    const ids = [now.asks[0]!.id];
    for (let i = 0; i < 3; i++) {
      now = step(machine, now.snapshot, { type: "played", at: i, id: ids.at(-1)!, ms: 1 });
      ids.push(now.asks[0]!.id);
    }
    expect(ids).toEqual(["a#1", "a#2", "a#3", "a#4"]);
  });

  test("words reported for a prompt of a menu that takes keys only are nobody's", () => {
    const machine = machineOf(
      flowOf({ a: { type: "menu", config: { prompt: "p", choices: [{ key: "1" }] }, exits: { "1": "a", noInput: "a", invalid: "a" } } }),
    );
    const first = start(machine, { at: 0 });
    const after = step(machine, first.snapshot, { type: "speech", at: 1, id: first.asks[0]!.id, text: "да", confidence: 1 });
    expect(after).toMatchObject({ asks: [], cancels: [], done: false });
  });

  test("stale replies are journalled and dropped", () => {
    const machine = machineOf(flowOf({ a: { type: "say", config: { prompt: "p" }, exits: { next: "a" } } }));
    const first = start(machine, { at: 0 });
    const second = step(machine, first.snapshot, { type: "played", at: 1, id: "a#1", ms: 1 });
    const stale = step(machine, second.snapshot, { type: "reply", at: 2, id: "a#1", exit: "next" });
    expect(stale.snapshot.value).toEqual(second.snapshot.value);
    expect(stale.asks).toEqual([]);
    expect(stale.journal).toMatchObject([{ kind: "reply", data: { id: "a#1", late: true } }]);
  });
});

describe("limits and faults", () => {
  const circle = (node: object) =>
    flowOf({
      a: { type: "set", config: { assign: [{ name: "n", value: "1" }] }, exits: { next: "b" } },
      b: { type: "set", config: { assign: [{ name: "n", value: "2" }] }, exits: { next: "a", ...node } },
    });

  test("a silent circle leaves by error at 200 nodes, with an apology", () => {
    const result = fold(start(machineOf(circle({})), { at: 0 }).journal);
    expect(result.faults[0]).toMatchObject({ code: "node-limit" });
    expect(result.said[0]).toMatchObject({ prompt: "apology" });
    expect(result.path.length).toBe(limits.nodesPerStep + 1);
  });

  test("what the error leads to does its work: a word to the caller and an outcome", () => {
    const document = circle({ error: "sorry" });
    Object.assign(document.nodes, {
      sorry: { type: "say", config: { prompt: "p" }, exits: { next: "end" } },
      end: { type: "hangup", config: { outcome: "too-long" }, exits: {} },
    });
    (document.nodes as Record<string, { exits: Record<string, string> }>)["a"]!.exits["error"] = "sorry";
    const machine = machineOf({ ...document, outcomes: ["too-long"] });
    const first = start(machine, { at: 0 });
    expect(first.asks.map(({ command }) => command.do)).toEqual(["play"]);
    const asked = step(machine, first.snapshot, { type: "played", at: 1, id: first.asks[0]!.id, ms: 1 });
    expect(asked.asks.map(({ command }) => command.do)).toEqual(["hangup"]);
    expect(asked.snapshot.context.outcome).toBe("too-long");
    expect(fold([...first.journal, ...asked.journal]).faults).toMatchObject([{ code: "node-limit" }]);
  });

  test("the limit of a call is told once, and handled", () => {
    const document = flowOf({
      a: { type: "wait", config: { seconds: 1 }, exits: { next: "a", error: "end" } },
      end: { type: "hangup", config: { outcome: "too-long" }, exits: {} },
    });
    const machine = machineOf({ ...document, outcomes: ["too-long"] });
    const { snapshot } = start(machine, { at: 0 });
    const late = { ...snapshot, context: { ...snapshot.context, enteredInAll: limits.nodesPerCall } };
    const over = step(machine, late, { type: "tick", at: 1_000 });
    expect(over.journal.filter(({ kind }) => kind === "fault")).toMatchObject([{ data: { code: "node-limit" } }]);
    expect(over.asks.map(({ command }) => command.do)).toEqual(["hangup"]);
  });

  test("a circle that handles its own error still ends, as limit", () => {
    const document = circle({ error: "a" });
    (document.nodes as Record<string, { exits: Record<string, string> }>)["a"]!.exits["error"] = "b";
    const ended = start(machineOf(document), { at: 0 });
    expect(ended.done).toBe(true);
    expect(fold(ended.journal)).toMatchObject({ ended: "limit" });
  });

  test("an unwired error apologises and hangs up as fault", () => {
    const machine = machineOf(flowOf({ a: { type: "condition", config: { when: "vars.nope == 1" }, exits: {} } }));
    const first = start(machine, { at: 0 });
    const second = step(machine, first.snapshot, { type: "played", at: 1, id: first.asks[0]!.id, ms: 1 });
    expect(second.asks[0]).toMatchObject({ command: { do: "hangup" } });
    const third = step(machine, second.snapshot, { type: "reply", at: 2, id: second.asks[0]!.id, exit: "next" });
    expect(third.done).toBe(true);
    expect(fold([...first.journal, ...second.journal, ...third.journal])).toMatchObject({ ended: "fault", faults: [{ code: "expression" }] });
  });

  test("on-hangup has 30 seconds, then the call is over", () => {
    const machine = machineOf(
      flowOf({
        a: { type: "say", config: { prompt: "p" }, exits: { next: "a" } },
        gone: { type: "on-hangup", config: {}, exits: { next: "slow" } },
        slow: { type: "wait", config: { seconds: 600 }, exits: { next: "slow" } },
      }),
    );
    const first = start(machine, { at: 0 });
    const hung = step(machine, first.snapshot, { type: "hangup", at: 1000, by: "caller" });
    expect(hung).toMatchObject({ done: false, due: 31_000, cancels: ["a#1"] });
    expect(step(machine, hung.snapshot, { type: "tick", at: 31_000 }).done).toBe(true);
    expect(step(machine, hung.snapshot, { type: "hangup", at: 2000, by: "caller" }).done).toBe(false);
  });

  test("a disabled node leaves by its first exit", () => {
    const machine = machineOf(
      flowOf({
        a: { type: "menu", enabled: false, config: { prompt: "p", choices: [{ key: "3", value: "" }] }, exits: { "3": "b" } },
        b: { type: "hangup", config: {}, exits: {} },
      }),
    );
    expect(fold(start(machine, { at: 0 }).journal).path).toMatchObject([{ node: "a", exit: "3" }, { node: "b" }]);
  });
});

describe("back", () => {
  const script = {
    sufler: 2,
    id: "s",
    kind: "script",
    title: {},
    languages: ["ru"],
    prompts: { p: { ru: "П" }, one: { ru: "Раз" } },
    outcomes: ["done"],
    start: "a",
    nodes: {
      a: {
        type: "step",
        config: { say: "p", fields: [{ name: "x", label: "", type: "string", required: false, options: "" }], answers: [{ value: "go", label: "one" }] },
        exits: { go: "b" },
      },
      b: {
        type: "step",
        config: { say: "p", fields: [{ name: "y", label: "", type: "string", required: false, options: "" }], answers: [{ value: "go", label: "one" }] },
        exits: { go: "c" },
      },
      c: { type: "finish", config: { outcome: "done" }, exits: {} },
    },
  };
  test("returns to a step with everything typed since, the counter going on", () => {
    const machine = machineOf(script);
    const first = start(machine, { at: 0 });
    const mark = save(first.snapshot);
    const second = step(machine, first.snapshot, { type: "choose", at: 1, id: "a#1", answer: "go", fields: { x: "один" } });
    const typed = step(machine, second.snapshot, { type: "fill", at: 2, id: "b#2", fields: { y: "два" } });
    const back = rewind(machine, mark, typed.snapshot, 3);
    expect(back.asks).toMatchObject([{ id: "a#3", node: "a", command: { do: "show", step: { values: { x: "один" } } } }]);
    const again = step(machine, back.snapshot, { type: "choose", at: 4, id: "a#3", answer: "go", fields: {} });
    expect(again.asks).toMatchObject([{ node: "b", command: { step: { values: { y: "два" } } } }]);
  });
});

test("a prompt of an inlined flow is its own, though another of the same name stands around it", () => {
  const saying = (id: string, text: string, nodes: Record<string, unknown>) =>
    parseFlow({
      sufler: 2,
      id,
      kind: "ivr",
      title: {},
      languages: ["en"],
      outcomes: ["done"],
      prompts: { hello: { en: text } },
      start: "hi",
      nodes: { ...nodes, end: { type: "hangup", config: { outcome: "done" }, exits: {} } },
    }).flow!;
  const inner = saying("inner", "Inside.", { hi: { type: "say", config: { prompt: "hello" }, exits: { next: "end" } } });
  const outer = saying("outer", "Outside.", {
    hi: { type: "say", config: { prompt: "hello" }, exits: { next: "in" } },
    in: { type: "subflow", config: { flow: "inner", outcomes: [{ exit: "done" }] }, exits: { done: "end", error: "end" } },
  });
  const states = JSON.stringify(compileFlow(outer, (id) => (id === "inner" ? inner : null)).states);
  expect(states.match(/Inside\./g)).toHaveLength(1);
  expect(states.match(/Outside\./g)).toHaveLength(1);
});
