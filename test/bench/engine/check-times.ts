import { checkFlow, createChecker } from "../../../flows/check/index.ts";
import type { Flow, FlowNode } from "../../../flows/schema/flow.ts";
import { medians, taken, type Taken } from "./timing.ts";

type Edit = (flow: Flow, turn: number) => Flow;
const withNode = (flow: Flow, id: string, change: Partial<FlowNode>): Flow => ({ ...flow, nodes: { ...flow.nodes, [id]: { ...flow.nodes[id]!, ...change } } });

/** What a designer does to one node in the middle of a flow. */
const edits: Record<string, Edit> = {
  title: (flow, turn) => withNode(flow, "set-40", { title: { en: `Set ${turn}` } }),
  form: (flow, turn) => withNode(flow, "set-40", { config: { assign: [{ name: "turn", value: String(turn + 1) }] } }),
  edge: (flow, turn) => withNode(flow, "set-40", { exits: { next: turn % 2 === 0 ? "if-40" : "if-41" } }),
};

/** Whole checks before those that count: until then the code itself is still being compiled. */
const warmUps = 4;

/** A whole check, the first one of the process, and a check again after one node was edited, in milliseconds by the clock and of a core. */
export function checkTimes(flow: Flow, rounds: number) {
  const times = Array.from({ length: warmUps + Math.min(rounds, 9) }, () => taken(() => checkFlow(flow)));
  const editedMs = Object.fromEntries(Object.entries(edits).map(([name, edit]) => [name, editTime(flow, edit, rounds)]));
  return { nodes: Object.keys(flow.nodes).length, first: times[0]!, whole: medians(times.slice(warmUps)), edited: editedMs };
}

function editTime(flow: Flow, edit: Edit, rounds: number): Taken {
  const checker = createChecker();
  checker.check(flow);
  let now = flow;
  const times = Array.from({ length: rounds + 12 }, (_, turn) => {
    now = edit(now, turn);
    return taken(() => checker.check(now));
  });
  return medians(times.slice(12));
}
