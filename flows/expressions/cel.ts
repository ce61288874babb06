import { Environment } from "@marcbachmann/cel-js";
import type { Form, Language } from "../language/index.ts";
import { registerMoments } from "./moments.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { type Ast, callOf, childrenOf, isAst } from "./ast.ts";
import { countingTurns, registerBudget, withinBudget } from "./budget.ts";
import { literalMistake } from "./literal-options.ts";
import { missingKeysAsNull } from "./missing-keys.ts";
import { numbersToDoubles, parsedAst, registerNumbers } from "./numbers.ts";
import { plain } from "./plain.ts";
import { readableText } from "./readable.ts";
import { asWritten, matchSafely, registerMatches } from "./safe-pattern.ts";
import { registerTextFunctions } from "./register-text-functions.ts";
import { textFunctions } from "./text-functions.ts";

/**
 * CEL with flow numbers: all numbers are doubles, so literals become doubles before the
 * type check, mixed int/double operators exist, and BigInt never leaves this folder.
 */
export type Compiled = (scope: Record<string, unknown>) => Value;
/** `russian` is there when the mistake is in the use of a text function. */
export type ExpressionError = { message: string; position: number; russian?: string };

type Parsed = ((scope: unknown) => unknown) & { ast: Ast; check(): { valid: boolean; type?: string; error?: CelFailure } };
type CelFailure = Error & { summary?: string; range?: { start: number } };

const bases = new Map<string, Environment>();

/**
 * An environment without variables: functions and operators of one language, for speech or for reading. It belongs to the
 * caller; the functions are registered once and shared.
 */
export function baseEnvironment(language: Language, form: Form = "said"): Environment {
  const key = `${language}:${form}`;
  let base = bases.get(key);
  if (!base) bases.set(key, (base = withFunctions(language, form)));
  return base.clone();
}

function withFunctions(language: Language, form: Form): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: false,
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 12 },
  });
  registerNumbers(env, language);
  registerTextFunctions(env, language, form);
  env.registerVariable("callZone", "string");
  registerStrings(env);
  registerMatches(env);
  registerBudget(env);
  registerMoments(env, language);
  return env;
}

/** A text joined with null stays unchanged. */
function registerStrings(env: Environment): void {
  env.registerOperator("string + null: string", (a: unknown) => String(a));
  env.registerOperator("null + string: string", (_a: unknown, b: unknown) => String(b));
  env.registerFunction("string(null): string", () => "");
  env.registerFunction("upper(dyn): string", (value: unknown) => readableText(value).toUpperCase());
  env.registerFunction("lower(dyn): string", (value: unknown) => readableText(value).toLowerCase());
}

/**
 * Parses and checks one expression; `program` is present when it is usable. `missing: "null"` is for the running call,
 * where a missing contact column is null; the design-time check reports every unknown name.
 */
export function compileExpression(
  env: Environment,
  source: string,
  { missing = "error" }: { missing?: "error" | "null" } = {},
): { program: Compiled; type: string } | { error: ExpressionError } {
  if (source.length > limits.expressionLength) {
    return {
      error: {
        message: `the expression is longer than ${limits.expressionLength} characters`,
        position: 0,
        russian: `выражение длиннее ${limits.expressionLength} знаков`,
      },
    };
  }
  try {
    const first = parse(env, source);
    const mistake = literalMistake(first.ast) ?? matchSafely(first.ast);
    if (mistake) return { error: { message: mistake.error.message, position: mistake.position, russian: mistake.error.russian } };
    const tolerant = missing === "null" ? missingKeysAsNull(source, first.ast) : source;
    const parsed = usable(env, tolerant === source ? first : parse(env, tolerant));
    const checked = parsed.check();
    if (!checked.valid) return { error: toError(checked.error) };
    const counted = counting(env, tolerant, parsed);
    return { program: (scope) => plain(withinBudget(() => counted(scope))), type: checked.type === "int" ? "double" : (checked.type ?? "dyn") };
  } catch (error) {
    return { error: toError(error as CelFailure) };
  }
}

/** The tree as this room evaluates it. */
function usable(env: Environment, parsed: Parsed): Parsed {
  matchSafely(parsed.ast);
  giveHidden(parsed.ast, env);
  numbersToDoubles(parsed.ast, env);
  return parsed;
}

/** What is evaluated: the checked program, with loops that count their turns. */
function counting(env: Environment, source: string, checked: Parsed): Parsed {
  const counted = countingTurns(source, parse(env, source).ast);
  if (counted === source) return checked;
  const program = usable(env, parse(env, counted));
  const again = program.check();
  if (!again.valid) throw again.error ?? new Error("a loop that cannot be counted");
  return program;
}

function parse(env: Environment, source: string): Parsed {
  return env.parse(source) as unknown as Parsed;
}

function toError(error: CelFailure | undefined): ExpressionError {
  return { message: asWritten(error?.summary ?? error?.message.split("\n")[0] ?? "invalid expression"), position: error?.range?.start ?? 0 };
}

/** `operatorForm("рад", "рада")` is about the operator of the call, `time(x)` uses its time zone: such a name becomes the first argument. */
function giveHidden(node: unknown, env: Environment): void {
  const call = isAst(node) ? callOf(node) : null;
  const hidden = call && Object.hasOwn(textFunctions, call.name) ? textFunctions[call.name]!.hidden : undefined;
  if (call && hidden) call.args.unshift(parsedAst(env, hidden));
  for (const item of childrenOf(node)) if (isAst(item) || Array.isArray(item)) giveHidden(item, env);
}
