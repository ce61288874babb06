import type { Environment } from "@marcbachmann/cel-js";
import type { Language } from "../language/index.ts";
import type { Value } from "../schema/values.ts";
import { baseEnvironment, compileExpression, type Compiled } from "./cel.ts";
import { splitTemplate } from "./template.ts";

/** Names an expression may use. Everything below them is dynamic at run time; types are checked at design time. */
export const scopeNames = ["inputs", "vars", "result", "call", "caller", "contact", "now"] as const;
export type Scope = { [name in (typeof scopeNames)[number]]: unknown };

type Program = { run: Compiled } | { failure: string };

const environments = new Map<Language, Environment>();
const programs = new Map<string, Program>();
const programsKept = 20_000;

function runtimeEnvironment(language: Language): Environment {
  let env = environments.get(language);
  if (!env) {
    env = baseEnvironment(language);
    for (const name of scopeNames) env.registerVariable(name, "map");
    environments.set(language, env);
  }
  return env;
}

function programFor(source: string, language: Language): Program {
  const key = `${language}:${source}`;
  let program = programs.get(key);
  if (!program) {
    const compiled = compileExpression(runtimeEnvironment(language), source);
    program = "error" in compiled ? { failure: compiled.error.message } : { run: compiled.program };
    if (programs.size >= programsKept) programs.clear();
    programs.set(key, program);
  }
  return program;
}

/** Evaluates one expression. Throws an Error with a one-line message; callers turn it into a fault. */
export function evaluate(source: string, scope: Scope, language: Language): Value {
  const program = programFor(source, language);
  if ("failure" in program) throw new Error(`${source}: ${program.failure}`);
  return program.run(scope as Record<string, unknown>);
}

/** Renders a text with `{{ CEL }}`: null is empty, numbers without trailing zeros. Throws as `evaluate`. */
export function render(text: string, scope: Scope, language: Language): string {
  if (!text.includes("{{")) return text;
  return splitTemplate(text)
    .parts.map((part) => ("text" in part ? part.text : show(evaluate(part.expression, scope, language))))
    .join("");
}

/** A value as text: what `{{ x }}` prints. */
export function show(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Math.round(value * 1e9) / 1e9);
  if (Array.isArray(value)) return value.map(show).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}
