import { nodeTypes } from "../nodes/index.ts";
import { exitsOf } from "../nodes/define-node.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import { apologyState, endState, makeKit } from "./kit.ts";
import type { MachineJson, StateJson, TransitionJson } from "./machine.ts";

export const apologyTexts = {
  ru: { text: "Извините, произошла ошибка. Пожалуйста, перезвоните позже." },
  en: { text: "Sorry, something went wrong. Please call again later." },
};

/**
 * Compiles a flow whose document has passed `parseFlow` into one XState machine as plain JSON.
 * Nodes of unknown type become an error exit; the checker says so before it comes to a call.
 */
export function compileFlow(flow: Flow): MachineJson {
  const states: Record<string, StateJson> = {};
  for (const [id, node] of Object.entries(flow.nodes)) states[id] = compileNode(flow, id, node);
  return {
    id: "flow",
    context: {},
    entry: [
      { type: "begin", params: { language: flow.languages[0], inputs: defaults(flow.inputs), vars: { ...declared(flow), ...defaults(flow.variables) } } },
    ],
    initial: flow.start in flow.nodes ? flow.start : endState,
    states: { ...states, ...closing(), [endState]: { type: "final", entry: [{ type: "end" }] } },
    on: { hangup: hangup(flow), "*": [{ actions: [{ type: "feed" }] }] },
    options: { maxIterations: 4_000 },
  };
}

function compileNode(flow: Flow, id: string, node: Flow["nodes"][string]): StateJson {
  const definition = nodeTypes[node.type];
  if (!definition) return makeKit(flow, id, "~unknown", node, ["error"]).branch({ type: node.type });
  const config = definition.config.safeParse(node.config);
  if (!config.success) return makeKit(flow, id, "~unknown", node, ["error"]).branch({ type: node.type });
  const exits = exitsOf(definition, config.data);
  if (node.enabled === false) return makeKit(flow, id, "~first", node, exits).branch({ exit: exits[0] ?? "error" });
  return definition.compile(config.data, makeKit(flow, id, node.type, node, definition.final ? ["next"] : exits));
}

/** Says sorry and hangs up: where an unhandled error leads. Exempt from the node limit. */
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

/** house.md §4.6: `ivr` goes to on-hangup (or the end); `script` and `strategy` only note it. */
function hangup(flow: Flow): TransitionJson[] {
  if (flow.kind !== "ivr") return [{ guard: { type: "present" }, actions: [{ type: "hungup", params: {} }] }, { actions: [{ type: "feed" }] }];
  const handler = Object.entries(flow.nodes).find(([, node]) => node.type === "on-hangup" && node.enabled !== false)?.[0];
  return [
    { guard: { type: "present" }, target: `.${handler ?? endState}`, actions: [{ type: "hungup", params: { root: true } }] },
    { actions: [{ type: "feed" }] },
  ];
}

const defaults = (variables: Flow["inputs"]): Record<string, Value> =>
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.default ?? null]));

/** Every name a node can save starts as null, so that asking for it is never a missing key. */
function declared(flow: Flow): Record<string, Value> {
  const names = Object.values(flow.nodes).flatMap((node) => {
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    return definition?.results && config?.success ? definition.results(config.data).map((result) => result.name) : [];
  });
  return Object.fromEntries(names.map((name) => [name, null]));
}
