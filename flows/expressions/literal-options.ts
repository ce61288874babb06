import { type Ast, callOf, childrenOf, isAst } from "./ast.ts";
import { checkOption, readOptions } from "./options.ts";
import { checkWord } from "./register-text-functions.ts";
import { TextError } from "./text-error.ts";
import { textFunctions, type TextFunction } from "./text-functions.ts";

export type LiteralMistake = { error: TextError; position: number };

/** The first option or word written in the source that its function does not know, or division by a written zero; null when all is well. */
export function literalMistake(node: unknown): LiteralMistake | null {
  if (isAst(node)) {
    const zero = byZero(node);
    if (zero) return { error: new TextError("division by zero", "деление на ноль"), position: zero.start };
    const call = callOf(node);
    const known = call && Object.hasOwn(textFunctions, call.name) ? textFunctions[call.name] : undefined;
    const own = call && known ? mistakeOfCall(call.name, known, call.args) : null;
    if (own) return own;
  }
  for (const item of childrenOf(node)) {
    const inner = isAst(item) || Array.isArray(item) ? literalMistake(item) : null;
    if (inner) return inner;
  }
  return null;
}

/** The divisor of `x / 0`; null when the node is no such division. */
function byZero({ op, args }: Ast): Ast | null {
  if ((op !== "/" && op !== "%") || !Array.isArray(args)) return null;
  const divisor = literal(args[1]);
  return divisor && divisor.value === 0 ? divisor.node : null;
}

function mistakeOfCall(name: string, each: TextFunction, args: unknown[]): LiteralMistake | null {
  for (const [place, words] of Object.entries(each.words ?? {})) {
    const found = literal(args[Number(place)]);
    const mistake = found && attempt(found.node, () => checkWord(name, words, found.value));
    if (mistake) return mistake;
  }
  const options = args[each.args];
  if (!each.options || !isAst(options)) return null;
  const allowed = each.options;
  const short = literal(options);
  if (short) return attempt(short.node, () => void readOptions(name, allowed, short.value));
  if (options.op !== "map" || !Array.isArray(options.args)) return null;
  for (const entry of options.args as unknown[]) {
    const [key, value] = Array.isArray(entry) ? entry : [];
    const known = literal(key);
    // A value that is no literal is judged when it is known.
    const mistake = known && attempt(known.node, () => checkOption(name, allowed, String(known.value), literal(value)?.value ?? null));
    if (mistake) return mistake;
  }
  return null;
}

function literal(node: unknown): { node: Ast; value: unknown } | null {
  return isAst(node) && node.op === "value" ? { node, value: typeof node.args === "bigint" ? Number(node.args) : node.args } : null;
}

function attempt(node: Ast, check: () => void): LiteralMistake | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof TextError) return { error, position: node.start };
    throw error;
  }
}
