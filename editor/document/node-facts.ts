import { exitsOf, playedPrompts, type NodeDefinition } from "../../flows/nodes/define-node.ts";
import { hangupExitsOf } from "../../flows/nodes/hangup-exits.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { graphsOf } from "../../flows/schema/graph.ts";
import { promptFor, type Flow, type FlowNode } from "../../flows/schema/flow.ts";
import { placeOf } from "./part-view.ts";
import { localize } from "../../flows/schema/values.ts";

/** Exits that fall back to `error`, and `error` itself: folded on the card until used. */
export const unhappyExits: ReadonlySet<string> = new Set(["noInput", "invalid", "timeout", "error", "hangup", "abandoned"]);

/** Facts about a node for the editor; invalid configs are read as far as possible. */
export type NodeFacts = {
  definition: NodeDefinition<unknown> | undefined;
  exits: string[];
  summary: string;
  prompts: string[];
};

const cache = new WeakMap<FlowNode, { prompts: unknown; languages: string; facts: NodeFacts }>();

/** `language` is that of the texts, `screen` that of our own words on the card. */
export function factsOf(flow: Flow, id: string, language: string, screen = language): NodeFacts {
  const node = flow.nodes[id]!;
  const known = cache.get(node);
  const languages = `${language} ${screen}`;
  if (known && known.prompts === flow.prompts && known.languages === languages) return known.facts;
  const facts = read(flow, node, language, screen);
  cache.set(node, { prompts: flow.prompts, languages, facts });
  return facts;
}

function read(flow: Flow, node: FlowNode, language: string, screen = language): NodeFacts {
  const definition = nodeTypes[node.type];
  if (!definition) return { definition, exits: Object.keys(node.exits), summary: "", prompts: [] };
  const config = lenient(definition, node.config);
  const own = guarded(() => [...exitsOf(definition, config)], [] as string[]).filter(Boolean);
  const extra = definition.final ? [] : ["error", ...(flow.kind === "ivr" && definition.waits ? hangupExitsOf(definition, config) : [])];
  const unknown = Object.keys(node.exits).filter((exit) => !own.includes(exit) && !extra.includes(exit));
  const text = (key: string | undefined) => {
    const found = key ? promptFor(flow, key, language) : null;
    return found ? (found.text ? `«${found.text}»` : "♪") : "";
  };
  return {
    definition,
    exits: [...new Set([...own, ...unknown, ...extra])],
    summary: guarded(() => definition.summary(config as never, text, screen), ""),
    prompts: guarded(() => playedPrompts(definition, config), []),
  };
}

/** The config parsed by its schema, otherwise the raw config with empty lists for missing values. */
function lenient(definition: NodeDefinition<unknown>, config: Record<string, unknown>): unknown {
  const parsed = definition.config.safeParse(config);
  if (parsed.success) return parsed.data;
  const filled: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(definition.config.shape)) {
    const alone = (field as { safeParse(value: unknown): { success: boolean; data?: unknown } }).safeParse(config[name]);
    filled[name] = alone.success ? alone.data : (config[name] ?? "");
    if (!alone.success && Array.isArray(config[name])) filled[name] = config[name];
  }
  return filled;
}

function guarded<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** The title of a node by its id, or by its path when it is in a part ("lookup/ask"); the name of its type in the language of the screen. */
export function titleOf(flow: Flow, path: string, language: string, screen = language): string {
  const { part, node: id } = placeOf(path);
  const node = part === null ? flow.nodes[id] : flow.parts[part]?.nodes[id];
  if (!node) return id;
  const own = typeof node.title === "string" ? node.title : localize(node.title, language);
  return own || localize(nodeTypes[node.type]?.title, screen, node.type);
}

/** Prompt keys a node plays: for copying and removing. */
export const promptsOf =
  (flow: Flow) =>
  (id: string): string[] =>
    flow.nodes[id] ? factsOf(flow, id, "ru").prompts : [];

/** Prompts played by nodes outside the shown graph, which must be kept when nodes are removed. */
export function promptsElsewhere({ whole, part }: { whole: Flow; part: string | null }): Set<string> {
  const others = graphsOf(whole).filter((graph) => graph.part !== part);
  return new Set(others.flatMap((graph) => Object.values(graph.nodes).flatMap((node) => read(whole, node, "ru").prompts)));
}
