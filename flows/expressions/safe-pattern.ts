import type { Environment } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";
import { childrenOf, isAst } from "./ast.ts";
import { spendSteps } from "./budget.ts";
import { TextError } from "./text-error.ts";

/** Takes the place of CEL's own `matches`, which may not be registered again and may never come to an end. */
const safeName = "matchesSafely";
const longestPattern = 1_000;
/** Steps of a match at most: size of the compiled pattern × length of the text. About 100 ms at the very worst. */
const mostSteps = 150_000;
const kept = 500;

const compiled = new Map<string, RE2JS>();

/** A regular expression in RE2 syntax: linear time, no look-around, no back-references. Throws TextError. */
function patternOf(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > longestPattern)
    throw new TextError(`the pattern is longer than ${longestPattern} characters`, `в шаблоне matches не больше ${longestPattern} знаков`);
  try {
    const made = RE2JS.compile(pattern);
    if (compiled.size >= kept) compiled.delete(compiled.keys().next().value!);
    compiled.set(pattern, made);
    return made;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^error parsing regexp: /, "");
    throw new TextError(
      `the pattern of "matches" is not valid: ${reason} (look-ahead, look-behind and back-references are not supported)`,
      `шаблон matches не подходит: ${reason} (просмотров вперёд и назад и обратных ссылок нет)`,
    );
  }
}

/** Whether a part of the text matches the pattern, in linear time. Throws TextError for an invalid pattern or a text too long for it. */
export function matchesSafely(text: string, pattern: string): boolean {
  const program = patternOf(pattern);
  if (program.programSize() * text.length > mostSteps)
    throw new TextError(
      `a text of ${text.length} characters is too long for this pattern of "matches"`,
      `текст в ${text.length} знаков слишком длинный для этого шаблона matches`,
    );
  spendSteps(program.programSize() * text.length);
  return program.test(text);
}

export const registerMatches = (env: Environment): void => void env.registerFunction(`string.${safeName}(string): bool`, matchesSafely);

/** `text.matches(pattern)` becomes the safe one; a pattern written in the source is compiled now. */
export function matchSafely(node: unknown): { error: TextError; position: number } | null {
  if (isAst(node) && node.op === "rcall" && Array.isArray(node.args) && node.args[0] === "matches") {
    node.args[0] = safeName;
    const mistake = mistakeIn(node.args[2]);
    if (mistake) return mistake;
  }
  for (const item of childrenOf(node)) {
    const inner = isAst(item) || Array.isArray(item) ? matchSafely(item) : null;
    if (inner) return inner;
  }
  return null;
}

function mistakeIn(args: unknown): { error: TextError; position: number } | null {
  const [pattern] = Array.isArray(args) ? (args as unknown[]) : [];
  if (!isAst(pattern) || pattern.op !== "value" || typeof pattern.args !== "string") return null;
  try {
    patternOf(pattern.args);
    return null;
  } catch (error) {
    if (error instanceof TextError) return { error, position: pattern.start };
    throw error;
  }
}

/** What people wrote, in a message of the library. */
export const asWritten = (message: string): string => message.replaceAll(safeName, "matches");
