import type { Environment } from "@marcbachmann/cel-js";
import type { Form, Language } from "../language/index.ts";
import { readOptions } from "./options.ts";
import { plain } from "./plain.ts";
import { TextError } from "./text-error.ts";
import { textFunctions, wordsOf, type TextFunction, type Words } from "./text-functions.ts";

/** Registers every text function with each number of arguments it takes; all of them are dyn. */
export function registerTextFunctions(env: Environment, language: Language, form: Form): void {
  const byForm: Record<Form, Words> = { said: wordsOf(language, "said"), shown: wordsOf(language, "shown") };
  for (const [name, each] of Object.entries(textFunctions)) {
    const hidden = each.hidden ? 1 : 0;
    const most = hidden + each.args + (each.options ? 1 : 0);
    for (let count = hidden + each.args - (each.optional ?? 0); count <= most; count++) {
      const types = Array.from({ length: count }, () => "dyn").join(", ");
      env.registerFunction(
        `${name}(${types}): ${each.gives ?? "string"}`,
        handler(name, each, count, (own) => byForm[own ?? form]),
      );
    }
  }
}

/** The CEL library looks at the length of a handler, so each arity gets its own. */
function handler(name: string, each: TextFunction, count: number, words: (form?: Form) => Words): (...args: unknown[]) => unknown {
  const run = (args: unknown[]): unknown => {
    const values = args.map(plain);
    const hidden = each.hidden ? 1 : 0;
    const options = each.options ? readOptions(name, each.options, values[hidden + each.args]) : {};
    for (const [place, known] of Object.entries(each.words ?? {})) checkWord(name, known, values[hidden + Number(place)]);
    return each.run(words(options.form), values.slice(0, hidden + each.args), options);
  };
  const byCount: ((...args: unknown[]) => unknown)[] = [
    () => run([]),
    (a) => run([a]),
    (a, b) => run([a, b]),
    (a, b, c) => run([a, b, c]),
    (a, b, c, d) => run([a, b, c, d]),
  ];
  return byCount[count]!;
}

/** An argument that takes a few words only. Throws a TextError for another word. */
export function checkWord(name: string, known: readonly string[], value: unknown): void {
  if (typeof value === "string" && known.includes(value)) return;
  const given = String(value).slice(0, 40);
  throw new TextError(`${name}: unknown unit "${given}"; use ${known.join(", ")}`, `${name}: нет единицы «${given}»; можно ${known.join(", ")}`);
}
