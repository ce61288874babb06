import { edit, type Edit } from "./edit.ts";

export type ConfigPath = readonly (string | number)[];

/**
 * Changes one place of a node's config. `renamedExits` keeps edges on an exit whose name was edited
 * (a menu key, an answer); `prompts` are texts that come with it.
 */
export function setConfig(id: string, path: ConfigPath, value: unknown, renamedExits: Record<string, string> = {}): Edit {
  return edit(
    "set-config",
    (flow) => {
      const node = flow.nodes[id];
      if (!node) return {};
      const config = withValue(node.config, path, value) as Record<string, unknown>;
      const exits = Object.fromEntries(Object.entries(node.exits).map(([exit, to]) => [renamedExits[exit] ?? exit, to]));
      return { nodes: { ...flow.nodes, [id]: { ...node, config, exits } } };
    },
    `config:${id}:${path.join(".")}`,
  );
}

/** A copy with one place changed; undefined removes it. */
export function withValue(target: unknown, path: ConfigPath, value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(target) || (typeof head === "number" && (target === undefined || target === null))) {
    const copy = Array.isArray(target) ? [...target] : [];
    copy[Number(head)] = withValue(copy[Number(head)], rest, value);
    return copy;
  }
  const copy: Record<string, unknown> = { ...(target as object | null) };
  const next = withValue(copy[String(head)], rest, value);
  if (next === undefined) delete copy[String(head)];
  else copy[String(head)] = next;
  return copy;
}
