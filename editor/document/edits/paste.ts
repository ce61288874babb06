import type { Flow, FlowNode } from "../../../flows/schema/flow.ts";
import { nodeTypes } from "../../../flows/nodes/index.ts";
import { mapReferences, referencesOf, type Reference } from "../../../flows/schema/references.ts";
import { freeName } from "../new-node.ts";
import { edit, type Edit } from "./edit.ts";

/** Nodes copied from a flow with their prompts and parts; JSON, so it also works with the system clipboard. */
export type Clip = {
  sufler: "clip";
  /** The flow they come from: there a copy plays the same parts. */
  from: string;
  nodes: Flow["nodes"];
  layout: Flow["layout"];
  prompts: Flow["prompts"];
  parts: Flow["parts"];
};

type Names = Record<string, string>;

const referencesIn = (nodes: Flow["nodes"], kind: Reference["kind"]): string[] =>
  Object.values(nodes).flatMap((node) => {
    const definition = nodeTypes[node.type];
    return definition ? referencesOf(definition.config, node.config).flatMap((each) => (each.kind === kind ? [each.name] : [])) : [];
  });

const pick = <T>(of: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries([...new Set(keys)].filter((key) => Object.hasOwn(of, key)).map((key) => [key, of[key]!]));

export function copyNodes(flow: Flow, ids: readonly string[]): Clip {
  const nodes = pick(flow.nodes, ids);
  const parts = partsOf(flow, nodes);
  const all = [nodes, ...Object.values(parts).map((part) => part.nodes)];
  const prompts = pick(
    flow.prompts,
    all.flatMap((each) => referencesIn(each, "prompt")),
  );
  return { sufler: "clip", from: flow.id, nodes, layout: pick(flow.layout, ids), prompts, parts };
}

/** The parts that nodes play, and those that these play. */
function partsOf(whole: Pick<Flow, "parts">, nodes: Flow["nodes"]): Flow["parts"] {
  const found: Flow["parts"] = {};
  const queue = referencesIn(nodes, "part");
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const part = Object.hasOwn(whole.parts, name) ? whole.parts[name] : undefined;
    if (!part || name in found) continue;
    found[name] = part;
    queue.push(...referencesIn(part.nodes, "part"));
  }
  return found;
}

/**
 * Inserts a clip under new IDs: edges and jumps inside it are kept, edges out of it are removed. Prompts get new keys, including those
 * that the clip only names too, so that no copy says a stranger's text. Parts come along into another flow, under
 * another name where theirs is taken; in their own flow the copy plays the same ones.
 */
export function paste(clip: Clip, names: Names, shift: [number, number]): Edit {
  return edit("paste", (flow) => {
    const guests = clip.from === flow.id ? {} : clip.parts;
    const graphs = [clip.nodes, ...Object.values(guests).map((part) => part.nodes)];
    const own = {
      prompt: freshNames(
        flow.prompts,
        graphs.flatMap((nodes) => referencesIn(nodes, "prompt")),
      ),
      part: freshNames(flow.parts, Object.keys(guests)),
    };
    const prompts = Object.entries(clip.prompts).map(([key, prompt]) => [own.prompt[key] ?? key, prompt]);
    const parts = Object.entries(guests).map(([name, part]) => [own.part[name], { ...part, nodes: renamedNodes(part.nodes, own) }]);
    return {
      nodes: { ...flow.nodes, ...wiredInside(renamedNodes(clip.nodes, { ...own, node: names }), names) },
      layout: { ...flow.layout, ...moved(clip, names, shift) },
      prompts: { ...flow.prompts, ...Object.fromEntries(prompts) },
      ...(parts.length > 0 ? { parts: { ...flow.parts, ...Object.fromEntries(parts) } } : {}),
    };
  });
}

/** The nodes under their new ids, with the edges between them only. */
function wiredInside(nodes: Flow["nodes"], names: Names): Flow["nodes"] {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => {
      const exits = Object.fromEntries(Object.entries(node.exits).flatMap(([exit, to]) => (names[to] ? [[exit, names[to]]] : [])));
      return [names[id]!, { ...node, exits }];
    }),
  );
}

function moved({ nodes, layout }: Clip, names: Names, [dx, dy]: [number, number]): Flow["layout"] {
  return Object.fromEntries(
    Object.keys(nodes).map((id): [string, [number, number]] => {
      const [x, y] = layout[id] ?? [0, 0];
      return [names[id]!, [x + dx, y + dy]];
    }),
  );
}

/** A free name for each: "greet" → "greet-2" where "greet" is taken. */
export function freshNames(taken: Readonly<Record<string, unknown>>, wanted: readonly string[]): Names {
  const used: Record<string, unknown> = { ...taken };
  const names: Names = {};
  for (const key of new Set(wanted)) used[(names[key] = freeName(used, key.replace(/-\d+$/, "")))] = true;
  return names;
}

function renamedNodes(nodes: Flow["nodes"], names: Partial<Record<Reference["kind"], Names>>): Flow["nodes"] {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, node]): [string, FlowNode] => {
      const definition = nodeTypes[node.type];
      if (!definition) return [id, node];
      const config = mapReferences(definition.config, node.config, ({ kind, name }) => names[kind]?.[name] ?? name);
      return [id, { ...node, config: config as FlowNode["config"] }];
    }),
  );
}
