import type { Flow, FlowNode } from "../../flows/schema/flow.ts";
import { formOf, type FormField } from "../../flows/schema/fields.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { unhappyExits } from "./node-facts.ts";
import { exitsOf } from "../../flows/nodes/define-node.ts";

/** "menu" → "menu", "menu-2", …: readable, unique ids. */
export function freeName(taken: Record<string, unknown>, base: string): string {
  const root =
    base
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, "-")
      .replace(/^[^a-z]+/, "")
      .slice(0, 40) || "node";
  if (!(root in taken)) return root;
  for (let n = 2; ; n++) if (!(`${root}-${n}` in taken)) return `${root}-${n}`;
}

export type Fresh = { id: string; node: FlowNode; prompts: Flow["prompts"]; firstExit: string | undefined };

/** A new node of a type with all required values: prompts with readable keys, one item in each required list. */
export function freshNode(flow: Flow, type: string): Fresh {
  const definition = nodeTypes[type]!;
  const id = freeName(flow.nodes, type);
  const prompts: Flow["prompts"] = {};
  const newPrompt = (name: string) => {
    const key = freeName({ ...flow.prompts, ...prompts }, name === "prompt" || name === "say" ? id : `${id}-${name}`);
    prompts[key] = Object.fromEntries(flow.languages.map((language) => [language, ""]));
    return key;
  };
  const config = initialValues(formOf(definition.config), newPrompt, type);
  const parsed = definition.config.safeParse(config);
  const exits = definition.final ? [] : exitsOf(definition, parsed.success ? parsed.data : config);
  return { id, node: { type, config, exits: {} }, prompts, firstExit: exits.find((exit) => !unhappyExits.has(exit)) };
}

function initialValues(form: readonly FormField[], newPrompt: (name: string) => string, type: string): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of form) {
    if (field.kind === "prompt" && field.required) config[field.name] = newPrompt(field.name);
    else if (field.kind === "name" && field.required && field.default === undefined) config[field.name] = "answer";
    else if (field.kind === "list" && field.items) {
      const items = field.items;
      const count = Math.max(field.min ?? 0, firstItems.has(`${type}.${field.name}`) ? 1 : 0);
      if (count > 0) config[field.name] = Array.from({ length: count }, (_each, index) => initialItem(items, index, newPrompt));
    }
  }
  return config;
}

/** Lists that may be empty and seldom are. */
const firstItems = new Set(["wait-until.rules"]);

/** A new list item: the next key, the next exit name, its own prompts. */
export function initialItem(items: readonly FormField[], index: number, newPrompt: (name: string) => string): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const field of items) {
    if (field.kind === "prompt" && field.required) item[field.name] = newPrompt(field.name);
    else if (field.kind === "digits" && field.default === undefined) item[field.name] = String((index + 1) % 10);
    else if (field.name === "exit") item[field.name] = `case-${index + 1}`;
    else if (field.name === "value" && field.kind === "text" && field.required && field.default === undefined) item[field.name] = `answer-${index + 1}`;
    else if (field.kind === "name" && field.required) item[field.name] = index === 0 ? "value" : `value${index + 1}`;
    else if (field.kind === "choice" && field.default !== undefined) item[field.name] = field.default;
  }
  return item;
}
