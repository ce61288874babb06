import type { Flow } from "../schema/flow.ts";
import { limits } from "../schema/limits.ts";
import type { Kit } from "./kit.ts";
import type { StateJson } from "./machine.ts";
import { scopeDefaults } from "./scope-defaults.ts";
import type { Container, Unit } from "./unit.ts";

/** The target of a container node: a part of this flow, or another flow by its ID and version ("" = live). */
export type GraphRef = { part?: string | undefined; flow?: string | undefined; version?: string | undefined; inputs?: Record<string, string> | undefined };

/** States of an inner graph; provided by `compile-flow.ts`, so that kit and compiler do not import each other. */
export type CompileStates = (unit: Unit) => Record<string, StateJson>;

export const openState = "~open";
export const restState = "~rest";

type Ref = GraphRef & { name: string };
type Rest = Pick<Container, "exits" | "join" | "saveAs" | "outputs">;

/** A subflow: one inner graph as a compound state. */
export function subflowState(kit: Kit, unit: Unit, ref: GraphRef, rest: Rest, compile: CompileStates): StateJson {
  const inner = innerUnit(kit, unit, { ...ref, name: "" }, { ...rest, path: kit.path, scope: unit.scope, branch: "", branches: [] });
  if ("problem" in inner) return kit.unusable(inner.problem);
  return kit.container({ initial: openState, states: innerStates(kit, inner, ref, unit, compile) });
}

/** Parallel branches: `parallel` waits for all, `race` for the first. */
export function branchesState(kit: Kit, unit: Unit, refs: readonly Ref[], rest: Rest, compile: CompileStates): StateJson {
  const branches = refs.map((ref) => ref.name);
  const states: Record<string, StateJson> = {};
  for (const ref of refs) {
    const container: Container = { ...rest, path: kit.path, scope: unit.scope, branch: ref.name, branches };
    const inner = innerUnit(kit, unit, ref, container);
    if ("problem" in inner) return kit.unusable(inner.problem);
    states[ref.name] = { initial: openState, states: innerStates(kit, inner, ref, unit, compile) };
  }
  return kit.container({ type: "parallel", states });
}

function innerUnit(kit: Kit, unit: Unit, ref: Ref, container: Container): Unit | { problem: string } {
  const path = ref.name ? `${kit.path}/${ref.name}` : kit.path;
  const shared = {
    prefix: `${path}/`,
    container,
    branch: unit.branch || container.join !== "flow",
    find: unit.find,
    parse: unit.parse,
    onError: null,
    budget: unit.budget,
  };
  const name = ref.part ? `${unit.flow.id}/${ref.part}` : (ref.flow ?? "");
  const problem = tooDeep(unit, name);
  if (problem) return { problem };
  const found = graphOf(unit, ref);
  if (!found || !(found.graph.start in found.graph.nodes)) return { problem: `graph "${name}" does not exist` };
  const { graph, flow } = found;
  unit.budget.nodes += Object.keys(graph.nodes).length;
  if (unit.budget.nodes > limits.nodesPerFlow) return { problem: `more than ${limits.nodesPerFlow} nodes with "${name}"` };
  const { nodes, start } = graph;
  const trail = [...unit.trail, name];
  return { ...shared, flow: flow ?? unit.flow, markers: flow ? new Map() : unit.markers, nodes, start, scope: flow ? path : unit.scope, trail };
}

/** Key of a reference in `pins`. */
export const pinKey = (flow: string, version: string): string => (version ? `${flow}@${version}` : flow);

/** The pinned version of a reference in a published flow, otherwise the named one. */
const pinned = (around: Flow, flow: string, version: string): string => String(around.pins?.[pinKey(flow, version)] ?? version);

/** The referenced graph: a part shares its flow, another flow has its own. */
function graphOf(unit: Unit, ref: Ref): { graph: Pick<Flow, "start" | "nodes">; flow: Flow | null } | null {
  if (ref.part) {
    const part = unit.flow.parts[ref.part];
    return part ? { graph: part, flow: null } : null;
  }
  const flow = ref.flow ? unit.find(ref.flow, pinned(unit.flow, ref.flow, ref.version ?? "")) : null;
  return flow ? { graph: flow, flow } : null;
}

function tooDeep(unit: Unit, name: string): string | null {
  if (unit.trail.includes(name)) return `"${name}" would play itself`;
  return unit.trail.length > limits.subflowDepth ? `flows are nested more than ${limits.subflowDepth} deep` : null;
}

/** `~open` creates the scope of an inlined flow and enters its first node; `~rest` is the target of its ends. */
function innerStates(kit: Kit, inner: Unit, ref: GraphRef, outer: Unit, compile: CompileStates): Record<string, StateJson> {
  const path = `${inner.prefix}${openState}`;
  const own = inner.scope !== outer.scope;
  const scope = own ? { own: inner.scope, ...scopeDefaults(inner.flow, inner.parse), given: ref.inputs ?? {} } : null;
  const open: StateJson = {
    entry: [{ type: "open", params: { path, scope, ...(outer.scope ? { around: outer.scope } : {}) } }],
    always: [
      kit.halted,
      { guard: { type: "took", params: { path, exit: "next" } }, target: inner.start, actions: [{ type: "pass", params: { path } }] },
      {
        guard: { type: "took", params: { path, exit: "error" } },
        target: restState,
        actions: [restAction(inner, "error"), { type: "pass", params: { path } }],
      },
    ],
  };
  return { [openState]: open, ...compile(inner), [restState]: { always: [kit.halted] } };
}

/** The action of every edge that leaves an inner graph with `outcome`. */
export function restAction(unit: Unit, outcome: string, from?: string) {
  const { path, scope, exits, join, branch, branches, saveAs, outputs } = unit.container!;
  const around = scope ? { around: scope } : {};
  const mapped = outputs.length > 0 ? { outputs, scope: unit.scope } : {};
  const many = join === "flow" ? {} : { branch, branches };
  return {
    type: "rest",
    params: { path, outcome, exits, join, ...many, ...(saveAs ? { saveAs } : {}), ...mapped, ...around, ...(from === undefined ? {} : { from }) },
  };
}
