import { nodeTypes } from "../nodes/index.ts";
import type { Flow } from "../schema/flow.ts";
import { graphsOf } from "../schema/graph.ts";
import type { ParseConfig } from "./parse-configs.ts";
import type { Value } from "../schema/values.ts";

/** Initial values of a scope: inputs and variables with their defaults, every name that a node can save as null. */
export function scopeDefaults(flow: Flow, parse: ParseConfig): { inputs: Record<string, Value>; vars: Record<string, Value> } {
  return { inputs: defaults(flow.inputs), vars: { ...declared(flow, parse), ...defaults(flow.variables) } };
}

const defaults = (variables: Flow["inputs"]): Record<string, Value> =>
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.default ?? null]));

/** Every name that a node can save starts as null, so that reading it is never a missing key. */
function declared(flow: Flow, parse: ParseConfig): Record<string, Value> {
  const names = new Map<string, null>();
  for (const { nodes } of graphsOf(flow)) {
    for (const id in nodes) {
      const node = nodes[id]!;
      const definition = nodeTypes[node.type];
      const config = definition?.results ? parse(node) : null;
      if (definition?.results && config?.success) for (const { name } of definition.results(config.data)) names.set(name, null);
    }
  }
  return Object.fromEntries(names);
}
