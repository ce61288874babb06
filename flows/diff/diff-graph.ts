import type { FlowNode } from "../schema/flow.ts";
import type { Graph } from "../schema/graph.ts";
import type { ChangeKind, FoundChange } from "./change.ts";
import { findRenames } from "./find-renames.ts";
import { leafChanges, pathText } from "./leaf-changes.ts";
import { keysOf, own, same } from "./same.ts";

type Ids = ReadonlyMap<string, string>;

/** Differences of one graph: its start, its nodes and their exits; places on the canvas are `moved`. */
export function diffGraph(a: Graph, b: Graph): { changes: FoundChange[]; moved: FoundChange[] } {
  const renames = findRenames(a, b);
  const oldIds = new Map([...renames].map(([from, to]) => [to, from]));
  const root = b.part === null ? "" : `parts.${b.part}.`;
  const at = (id: string) => ({ place: `${root}nodes.${id}`, node: b.prefix + id, field: null });
  const start = (renames.get(a.start) ?? a.start) === b.start ? [] : [startChange(a, b, root)];
  const now = Object.keys(b.nodes).flatMap((id): FoundChange[] => {
    const old = oldIds.get(id) ?? id;
    if (!Object.hasOwn(a.nodes, old)) return [{ ...at(id), kind: "node-added", after: b.nodes[id] }];
    const renamed: FoundChange[] = old === id ? [] : [{ ...at(id), kind: "node-renamed", before: old, after: id }];
    return [...renamed, ...diffNode(a.nodes[old]!, b.nodes[id]!, at(id), renames)];
  });
  const stays = (id: string) => Object.hasOwn(b.nodes, renames.get(id) ?? id);
  const gone = Object.keys(a.nodes).flatMap((id): FoundChange[] => (stays(id) ? [] : [{ ...at(id), kind: "node-removed", before: a.nodes[id] }]));
  return { changes: [...start, ...now, ...gone], moved: diffLayout(a, b, renames, root) };
}

const startChange = (a: Graph, b: Graph, root: string): FoundChange => ({
  kind: b.part === null ? "flow-start" : "part-start",
  place: `${root}start`,
  node: null,
  field: b.part === null ? "start" : b.part,
  before: a.start,
  after: b.start,
});

/** Change kinds of node settings; unlisted settings are a `node-setting`. */
const settingKinds: Readonly<Record<string, ChangeKind>> = { type: "node-type", title: "node-title", enabled: "node-enabled", config: "node-config" };

function diffNode(a: FlowNode, b: FlowNode, at: { place: string; node: string }, renames: Ids): FoundChange[] {
  const found = (kind: ChangeKind, field: string, before: unknown, after: unknown): FoundChange => ({
    kind,
    place: `${at.place}.${field}`,
    node: at.node,
    field,
    before,
    after,
  });
  const [old, now] = [sound(a), sound(b)];
  const settings = keysOf(old, now).flatMap((name) =>
    leafChanges(own(old, name), own(now, name), [name]).map((leaf) =>
      found(leaf.order ? "node-order" : (settingKinds[name] ?? "node-setting"), pathText(leaf.path), leaf.before, leaf.after),
    ),
  );
  const exits = keysOf(a.exits, b.exits).flatMap((exit): FoundChange[] => {
    const [before, after] = [own(a.exits, exit), own(b.exits, exit)];
    if ((typeof before === "string" ? (renames.get(before) ?? before) : before) === after) return [];
    const kind = before === undefined ? "exit-added" : after === undefined ? "exit-removed" : "exit-rewired";
    return [found(kind, `exits.${exit}`, before, after)];
  });
  return [...settings, ...exits];
}

/** A node without its exits, with defaults made explicit. */
const sound = ({ exits: _apart, ...node }: FlowNode): Record<string, unknown> => ({ ...node, enabled: node.enabled ?? true });

function diffLayout(a: Graph, b: Graph, renames: Ids, root: string): FoundChange[] {
  const before = Object.fromEntries(Object.entries(a.layout).map(([id, place]) => [renames.get(id) ?? id, place]));
  const both = (id: string) => Object.hasOwn(b.nodes, id) === hadNode(a, id, renames);
  return keysOf(before, b.layout)
    .filter((id) => both(id) && !same(own(before, id), own(b.layout, id)))
    .map((id) => ({ kind: "node-moved", place: `${root}layout.${id}`, node: b.prefix + id, field: null, before: own(before, id), after: own(b.layout, id) }));
}

const hadNode = (a: Graph, id: string, renames: Ids): boolean => Object.hasOwn(a.nodes, id) || [...renames.values()].includes(id);
