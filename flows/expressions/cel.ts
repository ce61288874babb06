import { Environment } from "@marcbachmann/cel-js";
import { sayAs, type GrammaticalCase, type Language } from "../language/index.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";

/**
 * CEL with flow numbers (house.md §3): all numbers are doubles, so literals become doubles before the
 * type check, mixed int/double operators exist, and BigInt never leaves this file.
 */
export type Compiled = (scope: Record<string, unknown>) => Value;
export type ExpressionError = { message: string; position: number };

type Ast = { op: string; args: unknown };
type Parsed = ((scope: unknown) => unknown) & { ast: Ast; check(): { valid: boolean; type?: string; error?: CelFailure } };
type CelFailure = Error & { summary?: string; range?: { start: number } };

/** An environment without variables: functions and operators of one language. */
export function baseEnvironment(language: Language): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: false,
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 12 },
  });
  registerNumbers(env);
  registerSayAs(env, language);
  return env;
}

const arithmetic: Record<string, (a: number, b: number) => number> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

function registerNumbers(env: Environment): void {
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
  for (const type of ["string", "double", "bool"]) {
    env.registerOperator(`${type} == null: bool`, (a: unknown, b: unknown) => a === b);
  }
  const number = (name: string, apply: (n: number) => number) => env.registerFunction(`${name}(dyn): double`, (n: unknown) => apply(Number(n)));
  number("round", (n) => Math.sign(n) * Math.round(Math.abs(n)));
  number("floor", Math.floor);
  number("ceil", Math.ceil);
  number("abs", Math.abs);
  number("number", (n) => n);
  env.registerFunction("min(dyn, dyn): double", (a: unknown, b: unknown) => Math.min(Number(a), Number(b)));
  env.registerFunction("max(dyn, dyn): double", (a: unknown, b: unknown) => Math.max(Number(a), Number(b)));
}

function registerSayAs(env: Environment, language: Language): void {
  const say = sayAs(language);
  const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
  const gender = (value: unknown) => (value === "f" || value === "n" ? value : "m");
  env.registerFunction("words(dyn): string", (n: unknown) => say.cardinal(Number(n)));
  env.registerFunction("words(dyn, string): string", (n: unknown, g: unknown) => say.cardinal(Number(n), { gender: gender(g) }));
  env.registerFunction("ordinal(dyn): string", (n: unknown) => say.ordinal(Number(n)));
  env.registerFunction("ordinal(dyn, string): string", (n: unknown, g: unknown) => say.ordinal(Number(n), { gender: gender(g) }));
  env.registerFunction("money(dyn, string): string", (n: unknown, currency: unknown) => say.money(Number(n), text(currency)));
  env.registerFunction("digits(dyn): string", (value: unknown) => say.digits(text(value)));
  env.registerFunction("code(dyn): string", (value: unknown) => say.code(text(value)));
  env.registerFunction("phone(dyn): string", (value: unknown) => say.phone(text(value)));
  env.registerFunction("date(dyn): string", (value: unknown) => say.date(text(value), { year: false }));
  env.registerFunction("date(dyn, string): string", (value: unknown, form: unknown) => say.date(text(value), { year: false, case: caseOf(form) }));
  env.registerFunction("dateYear(dyn): string", (value: unknown) => say.date(text(value), { year: true }));
  env.registerFunction("time(dyn): string", (value: unknown) => say.time(clockTime(text(value))));
  env.registerFunction("duration(dyn, string): string", (n: unknown, unit: unknown) => say.duration(Number(n) * (secondsIn[text(unit)] ?? 1)));
  env.registerFunction("plural(dyn, list): string", (n: unknown, forms: unknown) => say.plural(Number(n), (forms as unknown[]).map(text)));
  env.registerFunction("upper(string): string", (value: unknown) => text(value).toUpperCase());
  env.registerFunction("lower(string): string", (value: unknown) => text(value).toLowerCase());
}

const cases: readonly GrammaticalCase[] = ["nom", "gen", "dat", "acc", "ins", "pre"];
const caseOf = (value: unknown): GrammaticalCase => cases.find((each) => each === value) ?? "nom";

const secondsIn: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };

/** "2026-11-23T09:05:00+03:00" or "09:05" → "09:05". */
function clockTime(value: string): string {
  return /T(\d\d:\d\d)/.exec(value)?.[1] ?? value;
}

/** Parses and checks one expression; `program` is present when it is usable. */
export function compileExpression(env: Environment, source: string): { program: Compiled; type: string } | { error: ExpressionError } {
  if (source.length > limits.expressionLength) return { error: { message: `longer than ${limits.expressionLength} characters`, position: 0 } };
  try {
    const parsed = env.parse(source) as unknown as Parsed;
    numbersToDoubles(parsed.ast, env);
    const checked = parsed.check();
    if (!checked.valid) return { error: toError(checked.error) };
    return { program: (scope) => plain(parsed(scope)), type: checked.type === "int" ? "double" : (checked.type ?? "dyn") };
  } catch (error) {
    return { error: toError(error as CelFailure) };
  }
}

function toError(error: CelFailure | undefined): ExpressionError {
  return { message: error?.summary ?? error?.message.split("\n")[0] ?? "invalid expression", position: error?.range?.start ?? 0 };
}

const keepsInts = new Set(["call", "rcall", "[]", "[?]"]);

/** Integer literals become doubles, except list indexes and arguments of built-in calls; `a / b` always divides doubles. */
function numbersToDoubles(node: unknown, env: Environment, keepInts = false): void {
  if (Array.isArray(node)) {
    for (const item of node) numbersToDoubles(item, env, keepInts);
    return;
  }
  if (!isAst(node)) return;
  if (node.op === "value") return literalToDouble(node, keepInts);
  const inner = node.op === "comprehension" ? Object.values(node.args as object) : node.args;
  numbersToDoubles(inner, env, keepsInts.has(node.op));
  if (node.op === "/" && Array.isArray(node.args)) node.args[0] = asDouble(node.args[0], env);
}

const isAst = (node: unknown): node is Ast => typeof node === "object" && node !== null && "op" in node;

function literalToDouble(node: Ast, keepInts: boolean): void {
  if (typeof node.args === "bigint" && !keepInts) node.args = Number(node.args);
}

function asDouble(node: unknown, env: Environment): unknown {
  if (!isAst(node) || !/call/.test(node.op)) return node;
  const product = (env.parse("1.0 * 1.0") as unknown as Parsed).ast;
  (product.args as unknown[])[1] = node;
  return product;
}

/** CEL results as JSON values: BigInt to number, Map to object, optionals and dates unwrapped. */
export function plain(value: unknown): Value {
  if (typeof value === "bigint") return Number(value);
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return String(value);
}
