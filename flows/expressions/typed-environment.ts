import type { Environment } from "@marcbachmann/cel-js";
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

type Saved = { name: string; type: ValueType };

/**
 * The environment of the design-time check for a source: every name of this flow with its type; `saved` are the names
 * its nodes save. The fields of `result`, which few sources read, are registered for the first one that does.
 */
export function typedEnvironment(flow: Flow, saved: readonly Saved[]): (source: string) => Environment {
  const env = baseEnvironment(flow.languages[0] ?? "ru");
  const inputs = schemaOf(declared(flow.inputs));
  const vars = schemaOf([...saved, ...declared(flow.variables)]);
  env.registerVariable("inputs", { schema: inputs } as never);
  env.registerVariable("vars", { schema: vars } as never);
  env.registerVariable("call", {
    schema: { id: "string", dialled: "string", direction: "string", ended: "bool", endedBy: "string", endedIn: "string" },
  } as never);
  env.registerVariable("caller", { schema: { number: "string", name: "string", region: "string" } } as never);
  env.registerVariable("contact", "map");
  env.registerVariable("operator", { schema: { name: "string", gender: "string" } } as never);
  env.registerVariable("now", { schema: { date: "string", time: "string", hour: "double", minute: "double", weekday: "double" } } as never);
  let whole = false;
  return (source) => {
    if (!whole && source.includes("result")) {
      whole = true;
      env.registerVariable("result", { schema: vars } as never);
    }
    return env;
  };
}

const declared = (variables: Flow["inputs"]): Saved[] => Object.entries(variables).map(([name, { type }]) => ({ name, type }));

function schemaOf(names: readonly Saved[]): Record<string, string> {
  // Without a prototype: "constructor" is a name like any other.
  const schema: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, type } of names) schema[name] = name in schema && schema[name] !== celTypes[type] ? "dyn" : celTypes[type];
  return schema;
}
