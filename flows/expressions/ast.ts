/** What this room knows of a node of the CEL library's syntax tree. */
export type Ast = { op: string; args: unknown; start: number; end: number };

export const isAst = (node: unknown): node is Ast => typeof node === "object" && node !== null && "op" in node;

/** The nodes inside a node (or a list of nodes), one level down. */
export function childrenOf(node: unknown): unknown[] {
  if (Array.isArray(node)) return node;
  if (!isAst(node)) return [];
  if (node.op === "comprehension") return Object.values(node.args as object);
  return Array.isArray(node.args) ? node.args : [node.args];
}

/** A call by its name; null for everything else. */
export function callOf(node: Ast): { name: string; args: unknown[] } | null {
  if (node.op !== "call" || !Array.isArray(node.args)) return null;
  const [name, args] = node.args as [unknown, unknown];
  return typeof name === "string" && Array.isArray(args) ? { name, args } : null;
}
