import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examples, goodFlow } from "../../flows/check/examples/index.ts";
import { nearest } from "../../flows/check/fixes/nearest.ts";
import { applyFix, checkFlow, rules } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Fix, Issue } from "../../flows/schema/issue.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow } from "./any-flow.ts";
import { randomGraph } from "./oracle/random-graph.ts";
import { randomFlow } from "./random-flow.ts";

const read = (document: object): Flow => parseFlow(JSON.parse(JSON.stringify(document)) as object).flow!;
/** A prompt's mistake stays the same one when another node plays it. */
const named = ({ code, node, path = "", message }: Issue): string => [code, path.startsWith("prompts.") ? "" : node, path, message.en].join(" | ");
/** Nor is it another one when its case has moved in its list, or when a circle that lost a node is told of at the next one. */
const placeless = ({ node, path, ...issue }: Issue): string =>
  named({ ...issue, node: issue.code === "silent-cycle" ? null : node, path: path?.replaceAll(/\.\d+(?=\.|$)/g, ".*") });
const errors = (issues: readonly Issue[]): string[] => issues.filter(({ severity }) => severity === "error").map(placeless);

/** A form or a type that can be read again shows what else is wrong, in this node and about the way through it. */
const unveils = new Set(["malformed-config", "unknown-node"]);

/**
 * What was wrong before, told of one node more. A part that never ended has no node without a way to the end, so says its
 * rule: the first way there shows which have none. The second half of a step takes over the exits of the whole, and what is wrong with them.
 */
function toldAgain({ code, node }: Issue, before: readonly Issue[], mended: Issue): boolean {
  const same = before.filter((each) => each.code === code);
  const part = node?.includes("/") ? node.slice(0, node.lastIndexOf("/") + 1) : null;
  const half = node === `${mended.node}-2` && same.some((each) => each.node === mended.node);
  return half || (code === "no-path-to-end" && part !== null && !same.some((each) => each.node?.startsWith(part)));
}

/** What is wrong with a fix; null when it mends its issue and breaks nothing. */
function blame(flow: Flow, issues: readonly Issue[], issue: Issue, fix: Fix, environment: Environment = {}): string | null {
  const before = JSON.stringify(flow);
  const mended = applyFix(flow, fix);
  if (JSON.stringify(flow) !== before) return `${named(issue)}: the flow given was changed`;
  if (mended === flow) return `${named(issue)}: the fix does nothing`;
  if (!parseFlow(mended).flow) return `${named(issue)}: no sound document any more`;
  const after = checkFlow(mended, environment);
  if (after.some((each) => named(each) === named(issue))) return `${named(issue)}: is still there`;
  if (unveils.has(issue.code)) return null;
  const known = new Set(errors(issues));
  const fresh = errors(after.filter((each) => !toldAgain(each, issues, issue))).filter((each) => !known.has(each));
  return fresh.length > 0 ? `${named(issue)} by "${fix.title.en}": makes ${fresh[0]}` : null;
}

function blameAll(flow: Flow, environment: Environment = {}): string[] {
  const issues = checkFlow(flow, environment);
  return issues.flatMap((issue) => (issue.fixes ?? []).map((fix) => blame(flow, issues, issue, fix, environment)).filter((each) => each !== null));
}

describe("fixes", () => {
  test.each([
    ["flat", randomFlow.map(read)],
    ["with parts", randomGraph.map(read)],
    ["of any sort", anyFlow],
    ["examples with an edit", fc.tuple(fc.constantFrom(...examples), fc.constantFrom(...examples)).map(([one, other]) => twice(one.breaks, other.breaks))],
  ] as [string, fc.Arbitrary<Flow>][])("every fix mends its issue and makes no new error: %s", (_name, flows) => {
    fc.assert(
      fc.property(flows, (flow) => void expect(blameAll(flow)).toEqual([])),
      { numRuns: 200 },
    );
  });

  test.each(examples.map((example, index) => [`${example.code} (${index})`, example] as const))("%s", (_name, example) => {
    expect(blameAll(twice(example.breaks), example.environment)).toEqual([]);
  });

  test("most rules offer one", () => {
    const offered = new Set(
      examples.flatMap(({ breaks, environment }) => checkFlow(twice(breaks), environment).flatMap((issue) => (issue.fixes ? [issue.code] : []))),
    );
    expect(offered.size).toBeGreaterThan((rules.length * 3) / 5);
  });
});

function twice(...changes: ((flow: ReturnType<typeof goodFlow>) => void)[]): Flow {
  const document = goodFlow();
  for (const change of changes) {
    try {
      change(document);
    } catch {
      // The second change may look for a node that the first has taken away: then the first alone is tried.
    }
  }
  return read(document);
}

describe("applyFix", () => {
  const flow = read(goodFlow());
  const fix = (...edits: Fix["edits"]): Pick<Fix, "edits"> => ({ edits });

  test.each<[string, Pick<Fix, "edits">]>([
    ["nothing to do", fix()],
    ["a way that does not exist", fix({ set: ["nodes", "say", "type", "deeper"], to: 1 })],
    ["a node without a type", fix({ remove: ["nodes", "say", "type"] })],
    ["a prototype", fix({ set: ["__proto__", "polluted"], to: true })],
    ["too many edits", fix(...Array.from({ length: 501 }, () => ({ remove: ["prompts", "hello"] })))],
    ["an item past the end", fix({ set: ["languages", "7"], to: "ru" })],
  ])("%s: the very same flow", (_name, each) => expect(applyFix(flow, each)).toBe(flow));

  test("what is not touched is shared", () => {
    const next = applyFix(flow, fix({ set: ["nodes", "say", "exits", "next"], to: "end" }));
    expect(next.nodes["say"]!.exits).toEqual({ next: "end" });
    expect(next.nodes["ask"]).toBe(flow.nodes["ask"]);
    expect(next.prompts).toBe(flow.prompts);
    expect(flow.nodes["say"]!.exits).toEqual({ next: "ask" });
  });

  test("any edits at all: a sound flow comes back", () => {
    const way = fc.array(fc.constantFrom("nodes", "say", "exits", "next", "prompts", "languages", "0", "start", "constructor"), { maxLength: 5 });
    const edit = fc.oneof(fc.record({ set: way, to: fc.jsonValue() }), fc.record({ remove: way }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => void expect(parseFlow(applyFix(flow, { edits: edits as Fix["edits"] })).flow).not.toBeNull()),
    );
  });
});

describe("what was meant", () => {
  const text = (en: string) => twice((flow) => (flow.prompts["hello"]!["en"] = en));
  const mended = (flow: Flow, code: string): string[] => {
    const issue = checkFlow(flow).find((each) => each.code === code)!;
    return (issue.fixes ?? []).map((fix) => applyFix(flow, fix).prompts["hello"]!["en"] as string);
  };

  test.each<[string, string, string[]]>([
    ["unknown-variable", "{{ inputs.aeg + 1 }}", ["{{ inputs.age + 1 }}"]],
    ["unknown-variable", "You: {{ vars.choise }}!", ["You: {{ vars.choice }}!"]],
    ["unknown-variable", "{{ age + 1 }}", ["{{ inputs.age + 1 }}"]],
    ["unknown-variable", "{{ input.age }}", ["{{ inputs.age }}"]],
    ["unknown-variable", "{{ vars.something }}", []],
    ["type-error", "{{ inputs.age + ' years' }}", ["{{ string(inputs.age) + ' years' }}"]],
    ["syntax-error", "{{ inputs.age = 18 ? 'a = b' : 'c' }}", ["{{ inputs.age == 18 ? 'a = b' : 'c' }}"]],
    ["syntax-error", "{{ inputs.age => 18 and inputs.age <> 20 ? «a» : «b» }}", ['{{ inputs.age >= 18 && inputs.age != 20 ? "a" : "b" }}']],
    ["syntax-error", "{{ (inputs.age + 1 }}", ["{{ (inputs.age + 1) }}"]],
    ["syntax-error", "{{ 1 + }}", []],
    ["unclosed-braces", "You are {{ inputs.age years old", ["You are {{ inputs.age }} years old"]],
    ["unclosed-braces", "You are {{ inputs.age + 1", ["You are {{ inputs.age + 1 }}"]],
  ])("%s: %s", (code, source, expected) => expect(mended(text(source), code)).toEqual(expected));

  test.each<[string, string[], string | null]>([
    ["sya", ["say", "set"], "say"],
    ["quueue", ["queue"], "queue"],
    ["vpi", ["vip", "vpn"], null],
    ["lost", ["say", "end"], null],
    ["hangup", ["hangup", "hang-up"], "hang-up"],
  ])("%s among %j", (name, known, expected) => expect(nearest(name, known)).toBe(expected));
});

describe("a fix that cannot know", () => {
  const transfer = () =>
    read({
      ...goodFlow(),
      outcomes: ["served", "left"],
      prompts: { address: { ru: "Наш адрес: Садовая, пять.", en: "We are at 5 Sadovaya Street." }, sorry: { ru: "До свидания.", en: "Goodbye." } },
      start: "call",
      nodes: {
        call: { type: "transfer", config: { mode: "bridge", target: "'1001'" }, exits: {} },
        address: { type: "say", config: { prompt: "address" }, exits: { next: "done" } },
        done: { type: "hangup", config: { outcome: "served" }, exits: {} },
        lost: { type: "hangup", config: { outcome: "left" }, exits: {} },
      },
    } as never);

  test("offers the ends with their outcomes and a new one, and never a phrase of another branch", () => {
    const flow = transfer();
    const open = checkFlow(flow).filter((issue) => issue.code === "dangling-exit");
    expect(open.map((issue) => issue.path)).toEqual(expect.arrayContaining(["exits.ok", "exits.busy", "exits.noAnswer"]));
    for (const issue of open) {
      expect(issue.fixes!.map((fix) => fix.title.en)).toEqual([
        expect.stringContaining("done · served"),
        expect.stringContaining("lost · left"),
        expect.stringContaining("a new Hang up node"),
      ]);
      for (const fix of issue.fixes!) {
        const mended = applyFix(flow, fix);
        expect(Object.values(mended.nodes["call"]!.exits)).not.toContain("address");
      }
    }
  });

  test.each(["silence-loops", "no-timeout-exit", "input-exits"])("%s leads to ends only", (code) => {
    const found = examples.filter((example) => example.code === code);
    for (const { breaks, environment } of found) {
      const flow = twice(breaks);
      const issue = checkFlow(flow, environment).find((each) => each.code === code)!;
      for (const fix of issue.fixes ?? []) {
        const mended = applyFix(flow, fix);
        const exits = Object.entries(mended.nodes[issue.node!]!.exits).filter(([exit, to]) => flow.nodes[issue.node!]!.exits[exit] !== to);
        expect(exits.map(([, to]) => mended.nodes[to]!.type)).toEqual(exits.map(() => "hangup"));
      }
    }
  });
});
