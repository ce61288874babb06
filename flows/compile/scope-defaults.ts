import { nodeTypes } from "../nodes/index.ts";
import type { Flow } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import type { ParseConfig } from "./parse-configs.ts";
import type { Value } from "../schema/values.ts";

/** What a scope of this flow begins with: inputs and variables by their defaults, every name a node can save as null. */
export function scopeDefaults(flow: Flow, parse: ParseConfig): { inputs: Record<string, Value>; vars: Record<string, Value> } {
  return { inputs: defaults(flow.inputs), vars: { ...declared(flow, parse), ...defaults(flow.variables) } };
}

const defaults = (variables: Flow["inputs"]): Record<string, Value> =>
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.default ?? null]));

/** Every name a node can save starts as null, so that asking for it is never a missing key. */
function declared(flow: Flow, parse: ParseConfig): Record<string, Value> {
  const names = allNodes(flow).flatMap(([, node]) => {
    const definition = nodeTypes[node.type];
    const config = definition?.results ? parse(node) : null;
    return definition?.results && config?.success ? definition.results(config.data).map((result) => result.name) : [];
  });
  return Object.fromEntries(names.map((name) => [name, null]));
}
