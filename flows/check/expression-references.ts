import { baseEnvironment } from "../expressions/cel.ts";
import { type Ast, callOf, childrenOf, isAst } from "../expressions/ast.ts";
import { parsedAst } from "../expressions/numbers.ts";
import { limits } from "../schema/limits.ts";

/** A scope name read by an expression: `vars.total` → root "vars", name "total"; name is null if the whole map is read. */
export type Reference = {
  root: string;
  name: string | null;
  /** The author expects that it may be missing: `?.`, `has()`, a comparison with null. */
  careful: boolean;
  /** Only a part of the value or a fact about it is exposed: its length, its last digits, a comparison. */
  reduced: boolean;
};
export type ExpressionFacts = { references: readonly Reference[]; readable: boolean };

const roots = new Set(["inputs", "vars", "result", "call", "caller", "contact", "operator", "now"]);
const reducing = new Set(["size", "substring", "matches", "startsWith", "endsWith", "contains", "last", "has", "charAt", "indexOf"]);
const comparisons = new Set(["==", "!=", "<", ">", "<=", ">=", "in", "!"]);
const none: ExpressionFacts = { references: [], readable: false };
const known = new Map<string, ExpressionFacts>();
const kept = 20_000;
let environment: ReturnType<typeof baseEnvironment> | null = null;

/** References of a CEL source. Never throws: a source that cannot be parsed has none. */
export function expressionFacts(source: string): ExpressionFacts {
  const before = known.get(source);
  if (before) return before;
  if (known.size >= kept) known.clear();
  const facts = read(source);
  known.set(source, facts);
  return facts;
}

function read(source: string): ExpressionFacts {
  if (source.length > limits.expressionLength) return none;
  try {
    environment ??= baseEnvironment("ru");
    const references: Reference[] = [];
    collect(parsedAst(environment, source), references, { careful: false, reduced: false });
    if (source.includes("operatorForm")) references.push({ root: "operator", name: null, careful: true, reduced: false });
    return { references, readable: true };
  } catch {
    return none;
  }
}

type Around = { careful: boolean; reduced: boolean };

function collect(node: unknown, into: Reference[], around: Around): void {
  if (!isAst(node)) {
    if (Array.isArray(node)) for (const item of node) collect(item, into, around);
    return;
  }
  const own = member(node);
  if (own) {
    into.push({ ...own, careful: around.careful || node.op === ".?" || node.op === "[?]", reduced: around.reduced });
    return;
  }
  if (node.op === "id" && typeof node.args === "string" && roots.has(node.args)) {
    into.push({ root: node.args, name: null, ...around });
    return;
  }
  const inner = within(node, around);
  if (node.op === "?:" && Array.isArray(node.args)) {
    const [test, ...branches] = node.args as unknown[];
    collect(test, into, { ...around, reduced: true });
    for (const branch of branches) collect(branch, into, around);
    return;
  }
  for (const item of childrenOf(node)) collect(item, into, inner);
}

/** `vars.x`, `vars.?x`, `vars["x"]`; null for everything else. */
export function member(node: Ast): { root: string; name: string } | null {
  if (![".", ".?", "[]", "[?]"].includes(node.op) || !Array.isArray(node.args)) return null;
  const [from, key] = node.args as [unknown, unknown];
  if (!isAst(from) || from.op !== "id" || typeof from.args !== "string" || !roots.has(from.args)) return null;
  const name = isAst(key) ? (key.op === "value" ? key.args : null) : key;
  return typeof name === "string" ? { root: from.args, name } : null;
}

function within(node: Ast, around: Around): Around {
  const called = callOf(node)?.name ?? (node.op === "rcall" && Array.isArray(node.args) ? String(node.args[0]) : "");
  const compared = comparisons.has(node.op);
  const toNull = compared && childrenOf(node).some((item) => isAst(item) && item.op === "value" && item.args === null);
  return {
    careful: around.careful || toNull || called === "has" || called === "orValue" || called === "hasValue",
    reduced: around.reduced || compared || reducing.has(called),
  };
}
