import type { Environment } from "@marcbachmann/cel-js";
import type { Language } from "../language/index.ts";
import { type Ast, childrenOf, isAst } from "./ast.ts";
import { numberOf } from "./readable.ts";
import { TextError } from "./text-error.ts";

const arithmetic: Record<string, (a: number, b: number) => number> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

/** All numbers of a flow are doubles: mixed operators exist, and comparing with null is no mistake. */
export function registerNumbers(env: Environment, language: Language): void {
  const mixed = [
    ["double", "int"],
    ["int", "double"],
  ] as const;
  for (const [op, apply] of Object.entries(arithmetic)) {
    for (const [left, right] of mixed) {
      env.registerOperator(`${left} ${op} ${right}: double`, (a: unknown, b: unknown) => apply(Number(a), Number(b)));
    }
  }
  env.registerOperator("double % double: double", (a: unknown, b: unknown) => Number(a) % Number(b));
  env.registerOperator("double == int: bool", (a: unknown, b: unknown) => Number(a) === Number(b));
  for (const type of ["double", "int", "string", "bool", "null", "map", "list"]) env.registerFunction(`divisor(${type}): ${type}`, divisor);
  for (const type of ["string", "double", "bool"]) {
    env.registerOperator(`${type} == null: bool`, (a: unknown, b: unknown) => a === b);
  }
  const number = (name: string, apply: (n: number) => number) => env.registerFunction(`${name}(dyn): double`, (n: unknown) => apply(numberOf(n, language)));
  number("round", (n) => Math.sign(n) * Math.round(Math.abs(n)));
  number("floor", Math.floor);
  number("ceil", Math.ceil);
  number("abs", Math.abs);
  number("number", (n) => n);
  env.registerFunction("min(dyn, dyn): double", (a: unknown, b: unknown) => Math.min(numberOf(a, language), numberOf(b, language)));
  env.registerFunction("max(dyn, dyn): double", (a: unknown, b: unknown) => Math.max(numberOf(a, language), numberOf(b, language)));
}

/** A divisor that is not zero; other types pass, so that the operator says what is wrong with them. */
function divisor(value: unknown): unknown {
  if (value === 0 || value === 0n) throw new TextError("division by zero", "деление на ноль");
  return value;
}

const keepsInts = new Set(["call", "rcall", "[]", "[?]"]);

/** Integer literals become doubles, except list indexes and arguments of built-in calls; `a / b` always divides doubles. */
export function numbersToDoubles(node: unknown, env: Environment, keepInts = false): void {
  if (!isAst(node)) {
    if (Array.isArray(node)) for (const item of node) numbersToDoubles(item, env, keepInts);
    return;
  }
  if (node.op === "value") {
    if (typeof node.args === "bigint" && !keepInts) node.args = Number(node.args);
    return;
  }
  for (const item of childrenOf(node)) numbersToDoubles(item, env, keepsInts.has(node.op));
  if (!Array.isArray(node.args) || (node.op !== "/" && node.op !== "%")) return;
  if (node.op === "/") node.args[0] = asDouble(node.args[0], env);
  node.args[1] = notZero(node.args[1], env);
}

/** `a / b` is a fault when b is zero, not a number without an end. A written divisor is known to be another. */
function notZero(node: unknown, env: Environment): unknown {
  if (!isAst(node) || node.op === "value") return node;
  const guarded = parsedAst(env, "divisor(1.0)");
  (guarded.args as [string, unknown[]])[1] = [node];
  return guarded;
}

function asDouble(node: unknown, env: Environment): unknown {
  if (!isAst(node) || !/call/.test(node.op)) return node;
  const product = parsedAst(env, "1.0 * 1.0");
  (product.args as unknown[])[1] = node;
  return product;
}

/** The tree of a piece of source that is known to be right. */
export function parsedAst(env: Environment, source: string): Ast {
  // The library types its tree as read-only; this room changes it before the check.
  return env.parse(source).ast as unknown as Ast;
}
