import type { Flow } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

/** Nodes taken out of a flow with the prompts they play; JSON, so it also travels over the system clipboard. */
export type Clip = { sufler: "clip"; nodes: Flow["nodes"]; layout: Flow["layout"]; prompts: Flow["prompts"] };

export function copyNodes(flow: Flow, ids: readonly string[], promptsOf: (id: string) => string[]): Clip {
  const pick = <T>(of: Record<string, T>, keys: readonly string[]) => Object.fromEntries(keys.filter((key) => key in of).map((key) => [key, of[key]!]));
  return { sufler: "clip", nodes: pick(flow.nodes, ids), layout: pick(flow.layout, ids), prompts: pick(flow.prompts, ids.flatMap(promptsOf)) };
}

/** Puts a clip in under new ids: edges inside it stay, edges out of it go; prompts get keys of their own. */
export function paste(clip: Clip, names: Record<string, string>, promptNames: Record<string, string>, shift: [number, number]): Edit {
  return edit("paste", (flow) => {
    const nodes = Object.fromEntries(
      Object.entries(clip.nodes).map(([id, node]) => {
        const exits = Object.fromEntries(Object.entries(node.exits).flatMap(([exit, to]) => (names[to] ? [[exit, names[to]]] : [])));
        return [names[id]!, { ...node, exits, config: renamed(node.config, promptNames) as typeof node.config }];
      }),
    );
    const layout = Object.fromEntries(
      Object.keys(clip.nodes).map((id) => {
        const [x, y] = clip.layout[id] ?? [0, 0];
        return [names[id]!, [x + shift[0], y + shift[1]] as [number, number]];
      }),
    );
    const prompts = Object.fromEntries(Object.entries(clip.prompts).map(([key, prompt]) => [promptNames[key] ?? key, prompt]));
    return { nodes: { ...flow.nodes, ...nodes }, layout: { ...flow.layout, ...layout }, prompts: { ...flow.prompts, ...prompts } };
  });
}

const promptFields = new Set(["prompt", "noInputPrompt", "invalidPrompt", "say", "instruction", "know", "label"]);

function renamed(config: unknown, names: Record<string, string>, field = ""): unknown {
  if (Array.isArray(config)) return config.map((item) => renamed(item, names));
  if (typeof config === "object" && config !== null) return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, renamed(value, names, key)]));
  return typeof config === "string" && promptFields.has(field) ? (names[config] ?? config) : config;
}
