import { nodeTypes } from "../nodes/index.ts";
import { exitsOf } from "../nodes/define-node.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { apologyState, endState, makeKit } from "./kit.ts";
import type { MachineJson, StateJson, TransitionJson } from "./machine.ts";
import { scopeDefaults } from "./scope-defaults.ts";
import { enabledOf, rootUnit, type FindFlow, type Unit } from "./unit.ts";

export const apologyTexts = {
  ru: { text: "Извините, произошла ошибка. Пожалуйста, перезвоните позже." },
  en: { text: "Sorry, something went wrong. Please call again later." },
};

/**
 * Compiles a flow whose document has passed `parseFlow` into one XState machine as plain JSON. Other flows that it
 * plays are found by `find` and inlined. A node that cannot be compiled becomes an error exit; the
 * check reports it before a call does.
 */
export function compileFlow(flow: Flow, find: FindFlow = () => null): MachineJson {
  const unit = rootUnit(flow, find);
  const states = Object.assign(compileStates(unit), closing(), { [endState]: { type: "final" as const, entry: [{ type: "end" }] } });
  return {
    id: "flow",
    context: {},
    entry: [{ type: "begin", params: { language: flow.languages[0], ...scopeDefaults(flow, unit.parse) } }],
    initial: flow.start in flow.nodes ? flow.start : endState,
    states,
    on: { hangup: hangup(flow), "*": [{ actions: [{ type: "feed" }] }] },
    options: { maxIterations: 4_000 },
  };
}

function compileStates(unit: Unit): Record<string, StateJson> {
  const states: Record<string, StateJson> = {};
  for (const id in unit.nodes) states[id] = compileNode(unit, id, unit.nodes[id]!);
  return states;
}

function compileNode(unit: Unit, id: string, node: FlowNode): StateJson {
  const definition = nodeTypes[node.type];
  const config = unit.parse(node);
  if (!definition || !config?.success) {
    return makeKit(unit, id, node.type, node, ["error"], compileStates).unusable(`node of type "${node.type}" is not usable`);
  }
  const exits = exitsOf(definition, config.data);
  if (node.enabled === false) return makeKit(unit, id, "~first", node, exits, compileStates).branch({ exit: exits[0] ?? "error" });
  return definition.compile(config.data, makeKit(unit, id, node.type, node, definition.final ? ["next"] : exits, compileStates));
}

/** Plays an apology and hangs up: the target of unhandled errors. Exempt from the node limit. */
function closing(): Record<string, StateJson> {
  const step = (path: string, waiter: string, args: unknown, target: string): StateJson => ({
    entry: [{ type: "ask", params: { path, waiter, args, exits: ["next"] } }],
    exit: [{ type: "leave", params: { path } }],
    always: ["next", "error"].map((exit) => ({ guard: { type: "took", params: { path, exit } }, target, actions: [{ type: "take", params: { path, exit } }] })),
  });
  const apology = { items: { $play: [{ key: "apology", texts: apologyTexts, order: ["ru", "en"] }] }, bargeIn: false };
  const hangup = { command: { do: "hangup", sipStatus: 0, q850: 0 }, saveAs: "", consumesDigits: true };
  return {
    [apologyState]: step(apologyState, "say", apology, "~goodbye"),
    "~goodbye": step("~goodbye", "world", hangup, endState),
  };
}

/** An `ivr` goes to the on-hangup node of that reason (or the end); a `script` or `strategy` only records it and continues. */
function hangup(flow: Flow): TransitionJson[] {
  const late: TransitionJson = { actions: [{ type: "feed" }] };
  if (flow.kind !== "ivr") return [{ actions: [{ type: "callEnded", params: {} }] }];
  const actions = [{ type: "hungup", params: { root: true } }];
  const handlers = enabledOf(flow.nodes, "on-hangup");
  const byReason = handlers.flatMap(([id, { config }]): TransitionJson[] => {
    const by = (config["by"] as string[] | undefined) ?? [];
    const during = (config["during"] as string[] | undefined) ?? [];
    return by.length + during.length === 0 ? [] : [{ guard: { type: "hungBy", params: { by, during } }, target: `.${id}`, actions }];
  });
  const any = handlers.find(([, { config }]) => [config["by"], config["during"]].every((list) => ((list as string[] | undefined) ?? []).length === 0))?.[0];
  return [...byReason, { guard: { type: "present" }, target: `.${any ?? endState}`, actions }, late];
}
