import { parseFlow } from "../schema/parse-flow.ts";
import type { Flow } from "../schema/flow.ts";
import { sayConflict } from "./conflict-words.ts";
import type { FoundConflict, MergeConflict, Place, Report } from "./conflict.ts";
import { looseEnds } from "./loose-ends.ts";
import { mergeEntries, inRoom, type MergeEntry } from "./merge-entries.ts";
import { mergeGraph, type GraphJson } from "./merge-graph.ts";
import { inOrder, mergeValue, threeOf, type Three } from "./merge-value.ts";
import { keysOf, type Json } from "./same.ts";

export type Merged = { flow: Flow; conflicts: MergeConflict[] };

/**
 * Three-way merge of a flow: `base` is the common version. Changes of one side are taken, node by node,
 * field by field, text by text; if both changed the same place, ours is kept and reported as a conflict. Pure; the
 * resulting flow always parses (`parseFlow`).
 */
export function mergeFlows(base: Flow, ours: Flow, theirs: Flow): Merged {
  const found: FoundConflict[] = [];
  const report: Report = (conflict) => void found.push(conflict);
  const three: Three = { base, ours, theirs };
  const graph = mergeGraph(three as { base: Flow; ours: Flow; theirs: Flow }, null, report);
  const each = (part: string): unknown => {
    const own = threeOf(base, ours, theirs, part);
    if (part in graph) return graph[part];
    return (rooms[part] ?? mergeValue)(own, { place: part, node: null, field: part }, report);
  };
  const merged = inOrder(keysOf(base, ours, theirs), each, three).value;
  return settled(merged, { base, ours, theirs }, found);
}

/** Repairs broken references and makes sure that the result parses; otherwise ours is kept as a whole. */
function settled(merged: Json, sides: { base: Flow; ours: Flow; theirs: Flow }, found: FoundConflict[]): Merged {
  const say = (conflicts: FoundConflict[], flow: Flow) => conflicts.map((conflict) => sayConflict(conflict, flow, sides));
  const read = parseFlow(merged);
  if (!read.flow) {
    const whole: FoundConflict = { kind: "limit", place: "", node: null, field: read.issues[0]?.message.en ?? "" };
    return { flow: sides.ours, conflicts: say([...found, whole], sides.ours) };
  }
  const { prompts, conflicts } = looseEnds(read.flow, sides);
  const flow: Flow = Object.keys(prompts).length === 0 ? read.flow : { ...read.flow, prompts: { ...read.flow.prompts, ...prompts } };
  return { flow, conflicts: say([...found, ...conflicts], flow) };
}

const leaf: MergeEntry = ({ base, ours, theirs }, at, report) => {
  report({ ...at, kind: "same-field", base, ours, theirs });
  return ours;
};

/** Rooms of the document that are merged by name; the rest goes field by field. */
const rooms: Readonly<Record<string, MergeEntry>> = {
  inputs: (three, at, report) => mergeEntries(three, inRoom("inputs"), report, mergeValue, { addedTwice: "conflict", ordered: at }),
  variables: (three, at, report) => mergeEntries(three, inRoom("variables"), report, mergeValue, { addedTwice: "conflict", ordered: at }),
  prompts: (three, _at, report) => mergeEntries(three, inRoom("prompts"), report, mergePrompt, { addedTwice: "merge" }),
  parts: (three, _at, report) => mergeEntries(three, inRoom("parts"), report, mergePart, { addedTwice: "conflict" }),
  outcomes: wordList(0, 100),
  languages: wordList(1, 100),
  tags: wordList(0, 30),
};

/** A text goes whole, language by language: a recording belongs to its caption. */
function mergePrompt(three: Three, at: Place, report: Report): Json {
  const language = (name: string): Place => ({ ...at, place: `${at.place}.${name}`, field: `${at.field}.${name}` });
  return mergeEntries(three, language, report, leaf, { addedTwice: "merge" });
}

function mergePart(three: Three, at: Place, report: Report): Json {
  const [base, ours, theirs] = [three.base, three.ours, three.theirs] as [GraphJson, GraphJson, GraphJson];
  const graph = mergeGraph({ base, ours, theirs }, at.field, report);
  const each = (name: string): unknown =>
    name in graph ? graph[name] : mergeValue(threeOf(base, ours, theirs, name), { ...at, place: `${at.place}.${name}`, field: `${at.field}.${name}` }, report);
  return inOrder(keysOf(base, ours, theirs), each, three).value;
}

/** Lists of words, element by element, within their bounds. */
function wordList(least: number, most: number): MergeEntry {
  return (three, at, report) => {
    const merged = mergeValue(three, at, report);
    const count = Array.isArray(merged) ? merged.length : least;
    if (count >= least && count <= most) return merged;
    report({ ...at, kind: "limit", ...three });
    return three.ours;
  };
}
