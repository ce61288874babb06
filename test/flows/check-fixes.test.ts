import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examples, goodFlow } from "../../flows/check/examples/index.ts";
import { applyFix, checkFlow } from "../../flows/check/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Fix, Issue } from "../../flows/schema/issue.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow } from "./any-flow.ts";
import { randomGraph } from "./oracle/random-graph.ts";
import { randomFlow } from "./random-flow.ts";

const read = (document: object): Flow => parseFlow(JSON.parse(JSON.stringify(document)) as object).flow!;
/** A prompt's mistake stays the same one when another node plays it. */
const named = ({ code, node, path = "", message }: Issue): string => [code, path.startsWith("prompts.") ? "" : node, path, message.en].join(" | ");
const errors = (issues: readonly Issue[]): string[] => issues.filter(({ severity }) => severity === "error").map(named);

/** What is wrong with a fix; null when it mends its issue and breaks nothing. */
function blame(flow: Flow, issues: readonly Issue[], issue: Issue, fix: Fix): string | null {
  const before = JSON.stringify(flow);
  const mended = applyFix(flow, fix);
  if (JSON.stringify(flow) !== before) return `${named(issue)}: the flow given was changed`;
  if (mended === flow) return `${named(issue)}: the fix does nothing`;
  if (!parseFlow(mended).flow) return `${named(issue)}: no sound document any more`;
  const after = checkFlow(mended);
  if (after.some((each) => named(each) === named(issue))) return `${named(issue)}: is still there`;
  const known = new Set(errors(issues));
  const fresh = errors(after).filter((each) => !known.has(each));
  return fresh.length > 0 ? `${named(issue)} by "${fix.title.en}": makes ${fresh[0]}` : null;
}

function blameAll(flow: Flow): string[] {
  const issues = checkFlow(flow);
  return issues.flatMap((issue) => (issue.fixes ?? []).map((fix) => blame(flow, issues, issue, fix)).filter((each) => each !== null));
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
    expect(blameAll(twice(example.breaks))).toEqual([]);
  });

  test("most rules offer one", () => {
    const offered = new Set(
      examples.flatMap(({ breaks, environment }) => checkFlow(twice(breaks), environment).flatMap((issue) => (issue.fixes ? [issue.code] : []))),
    );
    expect(offered.size).toBeGreaterThanOrEqual(25);
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
