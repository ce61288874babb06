import { type Ast, callOf, childrenOf, isAst } from "./ast.ts";

type Edit = { start: number; end: number; text: string };

/** Maps whose keys nobody knows when a flow is drawn: columns of a list of contacts, what a desk says of its operator. */
const openMaps = new Set(["contact", "operator"]);

/**
 * Makes a missing key give null instead of an error: `contact.city` → `contact.?city.orValue(null)`,
 * and any `a.b` that `orElse` asks about. Returns the source to parse instead.
 */
export function missingKeysAsNull(source: string, ast: Ast): string {
  const edits: Edit[] = [];
  collect(ast, false, edits);
  if (edits.length === 0) return source;
  let text = source;
  for (const edit of edits.sort((a, b) => b.start - a.start)) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

function collect(node: unknown, any: boolean, edits: Edit[]): void {
  if (!isAst(node)) {
    for (const item of childrenOf(node)) collect(item, false, edits);
    return;
  }
  const call = callOf(node);
  if (call?.name === "has") return;
  if (call?.name === "orElse") {
    call.args.forEach((item, index) => collect(item, index === 0, edits));
    return;
  }
  const path = pathOf(node);
  if (path && path.keys.length > 0 && (any || openMaps.has(path.root))) {
    edits.push({ start: node.start, end: node.end, text: `${path.root}${path.keys.map((key) => `[?${JSON.stringify(key)}]`).join("")}.orValue(null)` });
    return;
  }
  // `a.b.?c` already says what to do when something is missing.
  if (node.op === ".?" || node.op === "[?]") return;
  for (const item of childrenOf(node)) collect(item, false, edits);
}

/** `contact.a["b"]` as its root and keys; null for anything else. */
function pathOf(node: unknown): { root: string; keys: string[] } | null {
  if (!isAst(node)) return null;
  if (node.op === "id") return { root: String(node.args), keys: [] };
  if ((node.op !== "." && node.op !== "[]") || !Array.isArray(node.args)) return null;
  const [object, key] = node.args as [unknown, unknown];
  const name = typeof key === "string" ? key : isAst(key) && key.op === "value" && typeof key.args === "string" ? key.args : null;
  const path = name === null ? null : pathOf(object);
  return path && name !== null ? { root: path.root, keys: [...path.keys, name] } : null;
}
