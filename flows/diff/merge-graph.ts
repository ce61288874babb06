import { below, type Place, type Report } from "./conflict.ts";
import { mergeEntries } from "./merge-entries.ts";
import { inOrder, mergeValue, threeOf, type Three } from "./merge-value.ts";
import { keysOf, own, same, type Json } from "./same.ts";

/** Three versions of a graph that all of them have: the flow's own, or a part. */
export type GraphJson = Json & { nodes: Json; layout?: Json };
export type ThreeGraphs = { base: GraphJson; ours: GraphJson; theirs: GraphJson };

/** `nodes`, `start` and `layout` of one graph; `part` is null for the flow's own. */
export function mergeGraph({ base, ours, theirs }: ThreeGraphs, part: string | null, report: Report): Json {
  const root = part === null ? "" : `parts.${part}.`;
  const at = (id: string): Place => ({ place: `${root}nodes.${id}`, node: part === null ? id : `${part}/${id}`, field: null });
  const start = mergeValue(
    threeOf(base, ours, theirs, "start"),
    { place: `${root}start`, node: null, field: part === null ? "start" : `${part}.start` },
    report,
  );
  const three = { base: base.nodes, ours: ours.nodes, theirs: theirs.nodes };
  const nodes = mergeEntries(three, at, report, mergeNode, { addedTwice: "conflict" });
  return { start, nodes, layout: mergeLayout({ base, ours, theirs }, nodes) };
}

/** Fields, exits and settings of a node one by one; its type and its form belong together. */
function mergeNode({ base, ours, theirs }: Three, at: Place, report: Report): Json {
  const [b, o, t] = [base, ours, theirs] as [Json, Json, Json];
  const typed = o["type"] === t["type"] ? null : mergeType(b, o, t, at, report);
  const each = (name: string): unknown => {
    if (typed && (name === "type" || name === "config")) return own(typed, name);
    return mergeValue(threeOf(b, o, t, name), below(at, name), report);
  };
  return inOrder(keysOf(b, o, t), each, { base, ours, theirs }).value;
}

/** Another type on one side brings its own form; changed forms on both sides cannot be mixed. */
function mergeType(b: Json, o: Json, t: Json, at: Place, report: Report): Json {
  const quiet = (side: Json) => same(b["type"], side["type"]) && same(b["config"], side["config"]);
  if (quiet(o)) return t;
  if (!quiet(t)) report({ ...below(at, "type"), kind: "same-field", base: b["type"], ours: o["type"], theirs: t["type"] });
  return o;
}

/** Places on the canvas never conflict: ours wins. A node kept against its removal keeps its place, too. */
function mergeLayout({ base, ours, theirs }: ThreeGraphs, nodes: Json): Json {
  const [b, o, t] = [base.layout, ours.layout, theirs.layout];
  const rescued = (id: string) =>
    Object.hasOwn(nodes, id) && Object.hasOwn(base.nodes, id) && !(Object.hasOwn(ours.nodes, id) && Object.hasOwn(theirs.nodes, id));
  const place = (id: string): unknown => {
    const [old, mine, other] = [own(b, id), own(o, id), own(t, id)];
    return (same(old, mine) ? other : mine) ?? (rescued(id) ? (mine ?? other) : undefined);
  };
  return inOrder(keysOf(b, o, t), place, { base: b, ours: o, theirs: t }).value;
}
