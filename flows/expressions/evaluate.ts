import type { Environment } from "@marcbachmann/cel-js";
import type { Form, Language } from "../language/index.ts";
import type { Value } from "../schema/values.ts";
import { baseEnvironment, compileExpression, type Compiled } from "./cel.ts";
import { isForPrograms, show, showExactly } from "./show.ts";
import { splitTemplate } from "./template.ts";
import { TextError } from "./text-error.ts";
import { type Piece, putTogether } from "./tidy.ts";

export { show } from "./show.ts";

/** Names an expression may use. Everything below them is dynamic at run time; types are checked at design time. */
export const scopeNames = ["inputs", "vars", "result", "call", "caller", "contact", "operator", "now"] as const;
/** `operator` (name, gender) may be missing; without `callZone` (IANA) a written instant is not converted. */
export type Scope = { [name in Exclude<(typeof scopeNames)[number], "operator">]: unknown } & { operator?: unknown; callZone?: string };

type Program = { run: Compiled } | { failure: string; russian?: string | undefined };

const environments = new Map<string, Environment>();
const programs = new Map<string, Map<string, Program>>();
const programsKept = 20_000;

/** The rendering of texts: language, for speech or for reading, and additional names. */
export type Manner = { language: Language; form: Form; bare?: readonly string[] };

const keyOf = ({ language, form, bare }: Manner): string => `${language}:${form}:${bare?.join(",") ?? ""}`;

function runtimeEnvironment(manner: Manner): Environment {
  const key = keyOf(manner);
  let env = environments.get(key);
  if (!env) {
    env = baseEnvironment(manner.language, manner.form);
    for (const name of scopeNames) env.registerVariable(name, "map");
    for (const name of manner.bare ?? []) env.registerVariable(name, "dyn");
    if (environments.size >= 64) environments.clear();
    environments.set(key, env);
  }
  return env;
}

/** Programs of one manner, by source: told apart by short keys, so that a long source need not be put together with one. */
function programsOf(manner: Manner): Map<string, Program> {
  const key = manner.bare ? keyOf(manner) : manner.form === "said" ? manner.language : `${manner.language}:shown`;
  let own = programs.get(key);
  if (!own) {
    if (programs.size >= 64) programs.clear();
    programs.set(key, (own = new Map()));
  }
  return own;
}

function programFor(source: string, manner: Manner): Program {
  const own = programsOf(manner);
  let program = own.get(source);
  if (!program) {
    const compiled = compileExpression(runtimeEnvironment(manner), source, { missing: "null" });
    program = "error" in compiled ? { failure: compiled.error.message, russian: compiled.error.russian } : { run: compiled.program };
    if (own.size >= programsKept) own.clear();
    own.set(source, program);
  }
  return program;
}

/** The same names, with a zone and an operator who always has a name and a gender, be they empty. The clock stays lazy. */
function withHidden(source: string, scope: Scope): Scope {
  const zoned = scope.callZone === undefined ? (Object.create(scope, { callZone: { value: "", enumerable: true } }) as Scope) : scope;
  if (!source.includes("operator")) return zoned;
  const given = typeof scope.operator === "object" && scope.operator !== null ? scope.operator : {};
  return Object.create(zoned, { operator: { value: { name: "", gender: "", ...given }, enumerable: true } }) as Scope;
}

function run(source: string, scope: Scope, manner: Manner): Value {
  const program = programFor(source, manner);
  if ("failure" in program) throw failure(source, program.failure, program.russian);
  try {
    return program.run(withHidden(source, scope));
  } catch (error) {
    if (error instanceof TextError) throw failure(source, error.message, error.russian);
    throw error;
  }
}

function failure(source: string, english: string, russian: string | undefined): Error {
  return russian ? new TextError(`${source}: ${english}`, `${source}: ${russian}`) : new Error(`${source}: ${english}`);
}

/** Evaluates one expression. Throws an Error with a one-line message; callers turn it into a fault. */
export function evaluate(source: string, scope: Scope, language: Language): Value {
  return run(source, scope, { language, form: "said" });
}

/** Renders a text with `{{ CEL }}` for speech: null is empty and leaves no trace. Throws as `evaluate`. */
export function render(text: string, scope: Scope, language: Language): string {
  return renderIn({ language, form: "said" }, text, scope);
}

/** Renders a text with `{{ CEL }}` for reading: the same functions give figures and symbols. Throws as `evaluate`. */
export function renderShown(text: string, scope: Scope, language: Language): string {
  return renderIn({ language, form: "shown" }, text, scope);
}

/** Renders a text. A text without an expression is returned unchanged. */
export function renderIn(manner: Manner, text: string, scope: Scope): string {
  if (!text.includes("{{")) return text;
  const parts = partsOf(text);
  if (parts === null) return text;
  const exact = isForPrograms(text);
  const pieces = parts.flatMap((part, index): Piece[] => {
    if ("text" in part) return [part];
    const value = run(part.expression, scope, manner);
    return exact ? [{ value: showExactly(value) }] : spaced(value, parts[index - 1], parts[index + 1]);
  });
  return exact ? pieces.map((piece) => ("text" in piece ? piece.text : piece.value)).join("") : putTogether(pieces);
}

type Part = ReturnType<typeof splitTemplate>["parts"][number];
const split = new Map<string, readonly Part[] | null>();

/** The parts of a text, split once; null without an expression. */
function partsOf(text: string): readonly Part[] | null {
  let known = split.get(text);
  if (known === undefined) {
    const { parts } = splitTemplate(text);
    known = parts.some((part) => "expression" in part) ? parts : null;
    if (split.size >= programsKept) split.clear();
    split.set(text, known);
  }
  return known;
}

const space: Piece = { text: " " };

/**
 * A value without spaces around it, except those that part words or sentences: «один.{{ ' Или два.' }}»,
 * «{{ 'Готово. ' }}Дальше», and those beside another expression: «{{ 'улица ' }}{{ vars.street }}».
 */
function spaced(value: Value, before: Part | undefined, after: Part | undefined): Piece[] {
  const shown = show(value);
  if (typeof value !== "string" || value === "") return [{ value: shown }];
  const never = () => false;
  if (shown === "") return value.trim() === "" && partsFrom(before, never) && partsFrom(after, never) ? [space] : [{ value: shown }];
  const lead = /^\s/.test(value) && partsFrom(before, (text) => /[\p{L}\d.!?…,;:)»”]$/u.test(text));
  const tail = /\s$/.test(value) && partsFrom(after, (text) => /[.!?…,;:]$/.test(shown) && /^[\p{L}\d«(]/u.test(text));
  return [...(lead ? [space] : []), { value: shown }, ...(tail ? [space] : [])];
}

/** Whether a space of the value parts it from its neighbour: another value always, a text when `fits`. */
const partsFrom = (neighbour: Part | undefined, fits: (text: string) => boolean): boolean =>
  neighbour !== undefined && ("expression" in neighbour || fits(neighbour.text));
