import { baseEnvironment } from "../expressions/cel.ts";
import { childrenOf, isAst, type Ast } from "../expressions/ast.ts";
import { parsedAst } from "../expressions/numbers.ts";
import { limits } from "../schema/limits.ts";
import { member } from "./expression-references.ts";

/** An input compared with a literal in the expression: `inputs.mode == 'busy'`, `inputs.mode in ['busy', 'always']`. */
export type Comparison = { input: string; value: string | number; position: number };

const known = new Map<string, readonly Comparison[]>();
const kept = 20_000;
let environment: ReturnType<typeof baseEnvironment> | null = null;

/** The inputs that a CEL source compares with literals. Never throws: a source that cannot be parsed has none. */
export function inputComparisons(source: string): readonly Comparison[] {
  if (!source.includes("inputs") || source.length > limits.expressionLength) return [];
  let found = known.get(source);
  if (!found) {
    if (known.size >= kept) known.clear();
    known.set(source, (found = read(source)));
  }
  return found;
}

function read(source: string): Comparison[] {
  try {
    environment ??= baseEnvironment("ru");
    const found: Comparison[] = [];
    collect(parsedAst(environment, source), found);
    return found;
  } catch {
    return [];
  }
}

const comparing = new Set(["==", "!=", "in"]);

function collect(node: unknown, into: Comparison[]): void {
  if (!isAst(node)) {
    if (Array.isArray(node)) for (const item of node) collect(item, into);
    return;
  }
  if (comparing.has(node.op) && Array.isArray(node.args)) {
    const [left, right] = node.args as [unknown, unknown];
    for (const [one, other] of node.op === "in"
      ? [[left, right]]
      : [
          [left, right],
          [right, left],
        ]) {
      const own = isAst(one) ? member(one) : null;
      if (own?.root === "inputs" && isAst(other)) into.push(...literals(other).map(({ value, position }) => ({ input: own.name, value, position })));
    }
  }
  for (const item of childrenOf(node)) collect(item, into);
}

function literals(node: Ast): { value: string | number; position: number }[] {
  if (node.op === "list") return childrenOf(node).flatMap((item) => (isAst(item) ? literals(item) : []));
  if (node.op !== "value") return [];
  const value = typeof node.args === "bigint" ? Number(node.args) : node.args;
  return typeof value === "string" || typeof value === "number" ? [{ value, position: node.start }] : [];
}
