import { playedPrompts } from "../nodes/define-node.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { allNodes, graphsOf, type Graph } from "../schema/graph.ts";
import type { FoundConflict } from "./conflict.ts";
import { nodeAt } from "./node-name.ts";
import { own } from "./same.ts";

type Sides = { base: Flow; ours: Flow; theirs: Flow };

/**
 * References broken by a merge: exits and starts that lead to a node removed by the other side
 * (`dangling`), parts likewise, and texts that a node still plays (given back in `prompts`). What a side had already
 * broken itself is not reported.
 */
export function looseEnds(merged: Flow, sides: Sides): { prompts: Flow["prompts"]; conflicts: FoundConflict[] } {
  const prompts: Flow["prompts"] = {};
  const texts = neededTexts(merged, sides).map(({ key, node }): FoundConflict => {
    prompts[key] = (own(sides.ours.prompts, key) ?? own(sides.theirs.prompts, key)) as Flow["prompts"][string];
    return { kind: "still-needed", place: `prompts.${key}`, node, field: key, ...valuesOf(sides, (flow) => own(flow.prompts, key)) };
  });
  return { prompts, conflicts: [...graphsOf(merged).flatMap((graph) => lostTargets(graph, sides)), ...lostParts(merged, sides), ...texts] };
}

const valuesOf = ({ base, ours, theirs }: Sides, read: (flow: Flow) => unknown) => ({ base: read(base), ours: read(ours), theirs: read(theirs) });

/** True when a side says so and no side says so of something it does not have. */
const tornByMerge = ({ ours, theirs }: Sides, says: (flow: Flow) => boolean, has: (flow: Flow) => boolean): boolean =>
  [ours, theirs].some((flow) => says(flow) && has(flow)) && ![ours, theirs].some((flow) => says(flow) && !has(flow));

function lostTargets(graph: Graph, sides: Sides): FoundConflict[] {
  const root = graph.part === null ? "" : `parts.${graph.part}.`;
  const inside = (flow: Flow) => graphsOf(flow).find((each) => each.part === graph.part);
  const lost = (target: string, says: (flow: Graph) => unknown): boolean => {
    if (Object.hasOwn(graph.nodes, target)) return false;
    const has = (flow: Flow) => Object.hasOwn(inside(flow)?.nodes ?? {}, target);
    return tornByMerge(sides, (flow) => (inside(flow) ? says(inside(flow)!) === target : false), has);
  };
  const exits = Object.entries(graph.nodes).flatMap(([id, node]) =>
    Object.entries(node.exits).flatMap(([exit, target]): FoundConflict[] => {
      const read = (each: Graph | undefined) => own(each?.nodes[id]?.exits, exit);
      if (!lost(target, read)) return [];
      const place = { place: `${root}nodes.${id}.exits.${exit}`, node: graph.prefix + id, field: `exits.${exit}` };
      return [{ ...place, kind: "dangling", ...valuesOf(sides, (flow) => read(inside(flow))) }];
    }),
  );
  if (!lost(graph.start, (each) => each.start)) return exits;
  const start = { place: `${root}start`, node: null, field: graph.part === null ? "start" : `${graph.part}.start` };
  return [{ ...start, kind: "dangling", ...valuesOf(sides, (flow) => inside(flow)?.start) }, ...exits];
}

function lostParts(merged: Flow, sides: Sides): FoundConflict[] {
  return allNodes(merged).flatMap(([path, node]) => {
    const named = (flow: Flow) => partsOf(nodeAt(flow, path));
    const lost = partsOf(node).filter((part) => !Object.hasOwn(merged.parts, part));
    return lost
      .filter((part) =>
        tornByMerge(
          sides,
          (flow) => named(flow).includes(part),
          (flow) => Object.hasOwn(flow.parts, part),
        ),
      )
      .map((part): FoundConflict => ({
        kind: "dangling",
        place: `${placeOf(path)}.config`,
        node: path,
        field: "config",
        ...valuesOf(sides, (flow) => own(flow.parts, part) && part),
      }));
  });
}

/** Each with one node that plays it: the first by the alphabet, so that the sides do not matter. */
function neededTexts(merged: Flow, sides: Sides): { key: string; node: string }[] {
  const needed = new Map<string, string>();
  for (const [path, node] of allNodes(merged).toSorted(([x], [y]) => (x < y ? -1 : 1))) {
    const plays = (flow: Flow, key: string) => textsOf(nodeAt(flow, path)).includes(key);
    for (const key of textsOf(node)) {
      if (needed.has(key) || Object.hasOwn(merged.prompts, key)) continue;
      const torn = tornByMerge(
        sides,
        (flow) => plays(flow, key),
        (flow) => Object.hasOwn(flow.prompts, key),
      );
      if (torn) needed.set(key, path);
    }
  }
  return [...needed].map(([key, node]) => ({ key, node }));
}

const placeOf = (path: string): string =>
  path
    .split("/")
    .map((step, index, all) => (index < all.length - 1 ? `parts.${step}` : `nodes.${step}`))
    .join(".");

/** Texts a node plays, as far as its form reads. */
function textsOf(node: FlowNode | undefined): string[] {
  const form = node && readForm(node);
  return form ? playedPrompts(form.definition, form.config) : [];
}

/** Parts a node plays as branches or subflows, as far as its form reads. */
function partsOf(node: FlowNode | undefined): string[] {
  const form = node && readForm(node);
  return (form?.definition.graphs?.(form.config as never) ?? []).flatMap(({ part }) => (part ? [part] : []));
}

function readForm(node: FlowNode) {
  const definition = Object.hasOwn(nodeTypes, node.type) ? nodeTypes[node.type] : undefined;
  const parsed = definition?.config.safeParse(node.config);
  return definition && parsed?.success ? { definition, config: parsed.data } : null;
}
