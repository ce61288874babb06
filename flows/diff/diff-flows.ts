import type { Flow } from "../schema/flow.ts";
import { graphsOf, type Graph } from "../schema/graph.ts";
import type { FlowChange, FlowDiff, FoundChange } from "./change.ts";
import { sayChange } from "./change-words.ts";
import { diffPrompts, diffSettings, diffVariables, diffWords } from "./diff-declarations.ts";
import { diffGraph } from "./diff-graph.ts";
import { leafChanges, pathText } from "./leaf-changes.ts";
import { own } from "./same.ts";

/**
 * The differences between two versions of a flow, described in both languages. Pure; in the order of
 * the document. Nodes that only moved on the canvas are listed separately in `moved`.
 */
export function diffFlows(a: Flow, b: Flow): FlowDiff {
  const graphs = diffGraphs(a, b);
  const found = [
    ...diffSettings(a, b),
    ...diffWords(a, b, "languages"),
    ...graphs.flatMap((graph) => graph.changes),
    ...diffPrompts(a, b),
    ...diffVariables(a, b, "inputs"),
    ...diffVariables(a, b, "variables"),
    ...diffWords(a, b, "outcomes"),
  ];
  const say = (change: FoundChange): FlowChange => sayChange(change, a, b);
  const moved = graphs.flatMap((graph) => graph.moved).map(say);
  return { isEmpty: found.length + moved.length === 0, changes: found.map(say), moved };
}

type GraphDiff = { changes: FoundChange[]; moved: FoundChange[] };

function diffGraphs(a: Flow, b: Flow): GraphDiff[] {
  const [before, after] = [graphsOf(a), graphsOf(b)];
  const now = after.map((graph): GraphDiff => {
    const old = before.find((each) => each.part === graph.part);
    if (!old) return { changes: [partChange("part-added", graph, undefined, own(b.parts, graph.part ?? ""))], moved: [] };
    const { changes, moved } = diffGraph(old, graph);
    return { changes: [...(graph.part === null ? [] : diffPart(a, b, graph.part)), ...changes], moved };
  });
  const gone = before.filter((graph) => !after.some((each) => each.part === graph.part));
  return [...now, { changes: gone.map((graph) => partChange("part-removed", graph, own(a.parts, graph.part ?? ""), undefined)), moved: [] }];
}

const partChange = (kind: "part-added" | "part-removed", graph: Graph, before: unknown, after: unknown): FoundChange => ({
  kind,
  place: `parts.${graph.part}`,
  node: null,
  field: graph.part,
  before,
  after,
});

const ofGraph = new Set(["start", "nodes", "layout"]);

/** The title and other data of a part besides its graph. */
function diffPart(a: Flow, b: Flow, part: string): FoundChange[] {
  const rest = (flow: Flow) => Object.fromEntries(Object.entries(flow.parts[part]!).filter(([name]) => !ofGraph.has(name)));
  return leafChanges(rest(a), rest(b)).map((leaf) => {
    const field = `${part}.${pathText(leaf.path)}`;
    return { kind: "part-setting", place: `parts.${field}`, node: null, field, before: leaf.before, after: leaf.after };
  });
}
