import type { Environment } from "@marcbachmann/cel-js";
import type { NodeDefinition } from "../nodes/define-node.ts";
import type { Flow } from "../schema/flow.ts";
import type { ValueType } from "../schema/values.ts";
import { baseEnvironment } from "./cel.ts";

const celTypes: Record<ValueType, string> = {
  string: "string",
  number: "double",
  boolean: "bool",
  date: "string",
  time: "string",
  datetime: "string",
  phone: "string",
  money: "double",
  list: "dyn",
  map: "dyn",
};

type Known = { definition: NodeDefinition<unknown>; config: unknown };

/** The environment of the design-time check: every name of this flow with its type. */
export function typedEnvironment(flow: Flow, nodes: readonly Known[]): Environment {
  const env = baseEnvironment(flow.languages[0] ?? "ru");
  const inputs = schemaOf(Object.entries(flow.inputs).map(([name, variable]) => [name, variable.type]));
  const vars = schemaOf([
    ...nodes.flatMap(({ definition, config }) => (definition.results?.(config) ?? []).map((item) => [item.name, item.type] as const)),
    ...Object.entries(flow.variables).map(([name, variable]) => [name, variable.type] as const),
  ]);
  env.registerVariable("inputs", { schema: inputs } as never);
  env.registerVariable("vars", { schema: vars } as never);
  env.registerVariable("result", { schema: vars } as never);
  env.registerVariable("call", {
    schema: { id: "string", dialled: "string", direction: "string", ended: "bool", endedBy: "string", endedIn: "string" },
  } as never);
  env.registerVariable("caller", { schema: { number: "string", name: "string", region: "string" } } as never);
  env.registerVariable("contact", "map");
  env.registerVariable("operator", { schema: { name: "string", gender: "string" } } as never);
  env.registerVariable("now", { schema: { date: "string", time: "string", hour: "double", minute: "double", weekday: "double" } } as never);
  return env;
}

function schemaOf(entries: (readonly [string, ValueType])[]): Record<string, string> {
  const schema: Record<string, string> = {};
  for (const [name, type] of entries) schema[name] = name in schema && schema[name] !== celTypes[type] ? "dyn" : celTypes[type];
  return schema;
}
