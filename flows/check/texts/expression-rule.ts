import { mendName, mendSyntax, mendType, type Mender } from "../fixes/mend-source.ts";
import { rewriteSource } from "../fixes/rewrite-source.ts";
import type { Typed } from "../typed-expressions.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

type Place = { node: string | null; path: string; source: string; type: string; offset: number };

const says: [RegExp, Code, (name: string) => string][] = [
  [/^Unknown variable: (.+)$/, "unknown-variable", (name) => `нет переменной «${name}»`],
  [/^No such key: (.+)$/, "unknown-variable", (name) => `нет переменной «${name}»`],
  [/no such overload: (.+)/, "type-error", (what) => `такие типы не сочетаются: ${what}`],
];

/** The source line and a second line with `^` under the position. */
function withCaret(source: string, position: number): string {
  return `${source}\n${" ".repeat(Math.max(0, position))}^`;
}

function finding(context: CheckContext, code: Code, place: Place, message: string, position: number, russian: string): Finding {
  const meant = menders[code](context, { source: place.source, position }).find((source) => fits(context.typed(source), place.type));
  const shown = withCaret(place.source, position);
  return {
    node: place.node,
    path: place.path,
    position: place.offset + position,
    message: { ru: `${russian}\n${shown}`, en: `${message}\n${shown}` },
    fixes: meant === undefined ? [] : rewriteSource(context, place, meant),
  };
}

type Code = "unknown-variable" | "type-error" | "syntax-error";
type Problem = { code: Code; finding: Finding };
const menders: Record<Code, Mender> = { "unknown-variable": mendName, "type-error": mendType, "syntax-error": mendSyntax };

/** The problem of an expression; null if it is valid and has the required type. */
function problemOf(context: CheckContext, typed: Typed, place: Place): Problem | null {
  if ("type" in typed) {
    if (fits(typed, place.type)) return null;
    const russian = `даёт ${typed.type}, а нужно ${place.type}`;
    return { code: "type-error", finding: finding(context, "type-error", place, `gives ${typed.type}, needs ${place.type}`, 0, russian) };
  }
  const { message, position, russian } = typed.error;
  const known = says.map(([pattern, code, ru]) => ({ match: pattern.exec(message), code, ru })).find((item) => item.match);
  const code = known?.code ?? "syntax-error";
  const inRussian = known ? known.ru(known.match![1]!) : (russian ?? `ошибка в выражении: ${message}`);
  return { code, finding: finding(context, code, place, message, position, inRussian) };
}

const fits = (typed: Typed, needed: string): boolean => "type" in typed && (needed === "dyn" || typed.type === "dyn" || typed.type === needed);

/** Every expression of the flow: in node forms and inside `{{ }}` of texts and prompts. */
function problems(context: CheckContext): Problem[] {
  const { typed } = context;
  const found: (Problem | null)[] = [];
  for (const { id, facts } of context.nodes) {
    for (const { path, source, type, offset } of facts.pieces) {
      const result = typed(source);
      if (!fits(result, type)) found.push(problemOf(context, result, { node: id, path: `config.${path}`, source, type, offset }));
    }
  }
  for (const [key, { pieces }] of context.prompts) {
    for (const { language, source, offset } of pieces) {
      const result = typed(source);
      if (!fits(result, "dyn"))
        found.push(problemOf(context, result, { node: ownerOf(context, key), path: `prompts.${key}.${language}`, source, type: "dyn", offset }));
    }
  }
  return found.filter((item) => item !== null);
}

const owners = new WeakMap<CheckContext, Map<string, string>>();

/** The node that plays a prompt. */
function ownerOf(context: CheckContext, key: string): string | null {
  let byKey = owners.get(context);
  if (!byKey) owners.set(context, (byKey = new Map(context.nodes.flatMap(({ id, facts }) => facts.prompts.map((each) => [each, id])))));
  return byKey.get(key) ?? null;
}

const cache = new WeakMap<CheckContext, Problem[]>();

/** The rule that reports the problems of one code; the three rules share one pass over the flow. */
export function expressionRule(code: Code): FlowRule {
  return {
    code,
    severity: "error",
    needs: ["forms", "names", "plays", "texts", "head"],
    check(context) {
      let all = cache.get(context);
      if (!all) cache.set(context, (all = problems(context)));
      return all.filter((item) => item.code === code).map((item) => item.finding);
    },
  };
}
