import type { Language } from "../language/index.ts";
import { type Manner, renderIn, scopeNames, type Scope } from "./evaluate.ts";

/** A text in its said and shown forms. */
export type Sample = { said: string; shown: string };

/** Words and types of CEL: a variable of such a name is there as `vars.list` only. */
const reserved = new Set(
  "true false null in callZone as break const continue else for function if import let loop package namespace return var void while int uint double bool string bytes list map type null_type optional google".split(
    " ",
  ),
);
const name = /^[A-Za-z_][A-Za-z0-9_]*$/;
const mostNames = 200;

/**
 * Renders a text outside any call. `given` may hold the usual names (`inputs`, `contact`, `operator`, …) as maps; every other name
 * is there both bare (`total`) and as `vars.total`. Throws as `evaluate`.
 */
export function renderSample(
  text: string,
  language: Language,
  given: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  zone = "",
): Sample {
  const own = Object.entries(given).filter(([key]) => !scopeNames.some((each) => each === key));
  const bare = own
    .map(([key]) => key)
    .filter((key) => name.test(key) && !reserved.has(key))
    .slice(0, mostNames)
    .sort();
  const scope: Scope & Record<string, unknown> = { ...Object.fromEntries(own), ...mapsOf(given), now, callZone: zone };
  scope.vars = { ...Object.fromEntries(own), ...mapOf(given["vars"]) };
  const render = (form: Manner["form"]) => renderIn({ language, form, bare }, text, scope);
  return { said: render("said"), shown: render("shown") };
}

type Maps = Record<(typeof scopeNames)[number], Record<string, unknown>>;

function mapsOf(given: Readonly<Record<string, unknown>>): Maps {
  return Object.fromEntries(scopeNames.map((each) => [each, mapOf(given[each])])) as Maps;
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
