import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goodFlow } from "../../flows/check/examples/index.ts";
import { applyFix, checkFlow, createChecker } from "../../flows/check/index.ts";
import type { Flow, FlowNode } from "../../flows/schema/flow.ts";
import { graphsOf } from "../../flows/schema/graph.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow } from "./any-flow.ts";
import { randomGraph } from "./oracle/random-graph.ts";
import { randomFlow } from "./random-flow.ts";

const good = goodFlow;

describe("rules", () => {
  test("an expression error carries the caret", () => {
    const flow = good();
    flow.prompts["hello"]!["ru"] = "Вам {{ inputs.agee + 1 }}";
    const issue = checkFlow(parseFlow(flow).flow!).find((each) => each.code === "unknown-variable")!;
    expect(issue.message.en.split("\n").slice(1)).toEqual(["inputs.agee + 1", "       ^"]);
    expect(flow.prompts["hello"]!["ru"]!.slice(issue.position)).toMatch(/^agee/);
  });

  test.each([
    ["flat", randomFlow],
    ["with parts", randomGraph],
  ])("never throws, whatever the flow: %s", (_name, documents) => {
    fc.assert(
      fc.property(documents as fc.Arbitrary<object>, (document) => {
        const issues = checkFlow(parseFlow(document).flow!);
        expect(issues.filter((issue) => issue.code === "check-failed")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("documents at the door", () => {
  test("any JSON is read or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parseFlow(value === null || typeof value !== "object" ? JSON.stringify(value) : value);
        expect(parsed.flow === null ? parsed.issues.length : 1).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("a broken template file, byte by byte", () => {
    const source = readFileSync(join(import.meta.dirname, "..", "..", "templates", "after-hours", "flow.json"), "utf8");
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (place, insert) => {
        const parsed = parseFlow(source.slice(0, place) + insert + source.slice(place + 1));
        if (parsed.flow) checkFlow(parsed.flow);
        else expect(parsed.issues[0]!.message.en.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["{", "not-json"],
    ["[]", "malformed"],
    ['{"sufler":2}', "malformed"],
    [JSON.stringify({ ...good(), nodes: { "Bad.Id": {} } }), "malformed"],
  ])("%s is refused as %s", (source, code) => {
    const parsed = parseFlow(source);
    expect(parsed.flow).toBeNull();
    expect(parsed.issues[0]!.code).toBe(code);
  });
});

test("all templates are free of errors", () => {
  const folder = join(import.meta.dirname, "..", "..", "templates");
  for (const slug of readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)) {
    const { flow } = parseFlow(readFileSync(join(folder, slug, "flow.json"), "utf8"));
    expect(checkFlow(flow!).filter((issue) => issue.severity === "error")).toEqual([]);
  }
});

test("a checker that goes on from one document to the next says what a fresh one says", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyFlow, randomGraph.map(read), randomFlow.map(read)), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (flows, choices) => {
        const checker = createChecker();
        let flow = flows[0]!;
        expect(checker.check(flow)).toEqual(checkFlow(flow));
        for (const [turn, choice] of choices.entries()) {
          flow = step(flow, flows[turn % flows.length]!, choice);
          expect(checker.check(flow)).toEqual(checkFlow(flow));
        }
      },
    ),
    { numRuns: 150 },
  );
});

const read = (document: object) => parseFlow(JSON.parse(JSON.stringify(document)) as object).flow!;

/** One change that somebody drawing makes: a fix, a node or another room taken from elsewhere, everything new. */
function step(flow: Flow, other: Flow, choice: number): Flow {
  const fixes = checkFlow(flow).flatMap((issue) => issue.fixes ?? []);
  const fix = fixes[choice % Math.max(1, fixes.length)];
  const [id, node] = Object.entries(other.nodes)[choice % Math.max(1, Object.keys(other.nodes).length)] ?? [];
  const changes = [
    () => rewire(flow, choice),
    () => withNode(flow, choice, { title: { ru: `Название ${choice}` } }),
    () => withNode(flow, choice, { enabled: choice % 3 === 0 }),
    () => ({ ...flow, layout: Object.fromEntries(Object.keys(flow.nodes).map((id, index) => [id, [choice % 1000, index] as [number, number]])) }),
    () => (fix ? applyFix(flow, fix) : flow),
    () => (id && node ? { ...flow, nodes: { ...flow.nodes, [id]: node } } : flow),
    () => (id && node ? { ...flow, nodes: { ...flow.nodes, [id]: { ...node, note: "n", config: { ...node.config, prompt: "q" } } } } : flow),
    () => ({ ...flow, prompts: other.prompts }),
    () => ({ ...flow, parts: other.parts }),
    () => ({ ...flow, kind: other.kind, outcomes: other.outcomes, start: other.start, id: other.id }),
    () => other,
  ];
  return changes[choice % changes.length]!();
}

/** Another node drawn upon: at the root, or in a part. */
function withNode(flow: Flow, choice: number, change: Partial<FlowNode>): Flow {
  const graphs = graphsOf(flow);
  const { part, nodes } = graphs[choice % graphs.length]!;
  const ids = Object.keys(nodes);
  const id = ids[(choice >> 3) % Math.max(1, ids.length)];
  if (id === undefined) return flow;
  const changed = { ...nodes, [id]: { ...nodes[id]!, ...change } };
  return part === null ? { ...flow, nodes: changed } : { ...flow, parts: { ...flow.parts, [part]: { ...flow.parts[part]!, nodes: changed } } };
}

/** One exit drawn to another node, to one that is not there, or taken away. */
function rewire(flow: Flow, choice: number): Flow {
  const graphs = graphsOf(flow);
  const { nodes } = graphs[choice % graphs.length]!;
  const ids = Object.keys(nodes);
  const node = nodes[ids[(choice >> 3) % Math.max(1, ids.length)] ?? ""];
  if (!node) return flow;
  const names = [...new Set([...Object.keys(node.exits), "next", "error", "hangup", "yes", "1"])];
  const exit = names[(choice >> 5) % names.length]!;
  const targets = [...ids, "nowhere", null];
  const to = targets[(choice >> 7) % targets.length]!;
  const others = Object.entries(node.exits).filter(([name]) => name !== exit);
  return withNode(flow, choice, { exits: Object.fromEntries(to === null ? others : [...others, [exit, to]]) });
}

test("a checker that goes on from edge to edge says what a fresh one says", () => {
  fc.assert(
    fc.property(fc.oneof(anyFlow, randomGraph.map(read), randomFlow.map(read)), fc.array(fc.nat(), { minLength: 1, maxLength: 25 }), (document, choices) => {
      const checker = createChecker();
      let flow = document;
      checker.check(flow);
      for (const choice of choices) {
        flow = rewire(flow, choice);
        expect(checker.check(flow)).toEqual(checkFlow(flow));
      }
    }),
    { numRuns: 250 },
  );
});
