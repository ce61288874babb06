import type { Flow } from "../schema/flow.ts";
import type { PlacedNode } from "./rule.ts";

/**
 * Aspects that a flow-wide rule may depend on. `shape`: nodes with their types, exits and parts;
 * `wires`: where their exits lead; `looks`: titles and places on the canvas, for the fixes; `names`: variables they write; `reads`: variables they read; `plays`: prompts they play; `forms`: everything in their
 * forms; `texts`: the prompts; `head`: the rest of the document. A rule runs again only when one of its aspects has changed.
 */
export const aspects = ["shape", "wires", "looks", "names", "reads", "plays", "forms", "texts", "head"] as const;
export type Aspect = (typeof aspects)[number];
export type Turns = Readonly<Record<Aspect, number>>;

/** `rewired`: places whose exits have changed since the previous document. */
export type Seen = { all: readonly PlacedNode[]; flow: Flow; turns: Turns; ids: number; rewired: readonly number[] };

const first: Turns = { shape: 1, wires: 1, looks: 1, names: 1, reads: 1, plays: 1, forms: 1, texts: 1, head: 1 };
const headKeys = ["id", "kind", "languages", "inputs", "variables", "outcomes", "passport", "start", "pins"] as const;

/** Increments the counter of each aspect that differs from the previous document. */
export function turnsOf(before: Seen | null, flow: Flow, all: readonly PlacedNode[]): Pick<Seen, "turns" | "ids" | "rewired"> {
  if (!before) return { turns: first, ids: 1, rewired: [] };
  const changed = roomsChanged(before.flow, flow);
  const rewired: number[] = [];
  const sameIds = before.all.length === all.length && all.every((node, place) => node.id === before.all[place]!.id);
  if (sameIds) {
    for (let place = 0; place < all.length; place++) {
      if (all[place] !== before.all[place] && compare(before.all[place]!, all[place]!, changed)) rewired.push(place);
    }
  } else for (const aspect of aspects) if (aspect !== "texts" && aspect !== "head") changed.add(aspect);
  if (changed.size === 0) return { ...before, rewired };
  const { turns } = before;
  return {
    turns: Object.fromEntries(aspects.map((aspect) => [aspect, turns[aspect] + (changed.has(aspect) ? 1 : 0)])) as Turns,
    ids: before.ids + (sameIds ? 0 : 1),
    rewired,
  };
}

/** Changes outside the nodes. */
function roomsChanged(before: Flow, flow: Flow): Set<Aspect> {
  const changed = new Set<Aspect>();
  if (before.prompts !== flow.prompts) changed.add("texts");
  if (headKeys.some((key) => before[key] !== flow[key]) || !sameParts(before, flow)) changed.add("head");
  if (!sameLayouts(before, flow)) changed.add("looks");
  return changed;
}

const sameParts = (a: Flow, b: Flow): boolean =>
  a.parts === b.parts ||
  (Object.keys(a.parts).join() === Object.keys(b.parts).join() && Object.keys(a.parts).every((id) => a.parts[id]!.start === b.parts[id]!.start));

const sameLayouts = (a: Flow, b: Flow): boolean =>
  a.layout === b.layout && (a.parts === b.parts || Object.keys(b.parts).every((id) => a.parts[id]?.layout === b.parts[id]!.layout));

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Records the changes of a node; true when its exits have changed. */
function compare(a: PlacedNode, b: PlacedNode, changed: Set<Aspect>): boolean {
  const rewired = !same(a.node.exits, b.node.exits);
  if (rewired) changed.add("wires");
  if (!same(a.node.title, b.node.title)) changed.add("looks");
  if (a.node.type !== b.node.type || (a.facts.config === undefined) !== (b.facts.config === undefined)) {
    for (const aspect of ["shape", "names", "reads", "plays", "forms"] as const) changed.add(aspect);
    return rewired;
  }
  const shape = ({ node, facts }: PlacedNode) => [node.enabled, facts.exits, facts.hangupExits, facts.jumps, facts.graphs];
  if (!same(shape(a), shape(b))) changed.add("shape");
  if (!same(a.facts.results, b.facts.results)) changed.add("names");
  if (!same(a.facts.reads, b.facts.reads)) changed.add("reads");
  if (!same(a.facts.prompts, b.facts.prompts)) changed.add("plays");
  if (!same(a.node.config, b.node.config)) changed.add("forms");
  return rewired;
}
