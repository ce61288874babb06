import type { Environment } from "@marcbachmann/cel-js";
import { childrenOf, isAst } from "./ast.ts";
import { TextError } from "./text-error.ts";

/** Turns of all loops (`map`, `filter`, `all`, `exists`) of one evaluation at most: nested ones multiply. */
const mostTurns = 10_000;
/** Work of all `matches` of one evaluation at most, in steps of safe-pattern.ts: about 200 ms. */
const mostSteps = 300_000;
const types = ["list", "map"] as const;

let turns = 0;
let steps = 0;

/** Runs one evaluation within its budget. Throws TextError when it needs more. */
export function withinBudget<T>(work: () => T): T {
  turns = 0;
  steps = 0;
  const value = work();
  if (turns > mostTurns)
    throw new TextError(
      `more than ${mostTurns} turns of map, filter, all and exists: take a shorter list or nest fewer of them`,
      `больше ${mostTurns} повторений map, filter, all и exists: возьмите список короче или вкладывайте меньше`,
    );
  return value;
}

/** Takes the work of a `matches` out of the budget. Throws TextError when nothing is left. */
export function spendSteps(count: number): void {
  steps += count;
  if (steps > mostSteps)
    throw new TextError("too many long texts for matches in one expression", "слишком много длинных текстов для matches в одном выражении");
}

export function registerBudget(env: Environment): void {
  for (const type of types) env.registerFunction(`turnsOf(${type}): ${type}`, counted);
}

/**
 * What a loop goes over, and nothing once the budget is spent: loops under way end at their next turn. It may not throw,
 * because `exists` and `all` go on over errors.
 */
function counted(items: unknown): unknown {
  turns += Array.isArray(items) ? items.length : items instanceof Map || items instanceof Set ? items.size : Object.keys(items ?? {}).length;
  return turns > mostTurns ? [] : items;
}

const loops = new Set(["map", "filter", "all", "exists", "exists_one"]);

/** The source in which each loop counts its turns: `a.map(x, f)` → `turnsOf(a).map(x, f)`. The library keeps a loop's own tree to itself. */
export function countingTurns(source: string, ast: unknown): string {
  const inserts: { at: number; text: string }[] = [];
  const collect = (node: unknown): void => {
    for (const item of childrenOf(node)) if (isAst(item) || Array.isArray(item)) collect(item);
    if (!isAst(node) || node.op !== "rcall" || !Array.isArray(node.args) || !loops.has(String(node.args[0]))) return;
    const over: unknown = node.args[1];
    if (isAst(over)) inserts.push({ at: over.start, text: "turnsOf(" }, { at: over.end, text: ")" });
  };
  collect(ast);
  return inserts.toSorted((a, b) => b.at - a.at).reduce((text, { at, text: insert }) => text.slice(0, at) + insert + text.slice(at), source);
}
