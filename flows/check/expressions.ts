import { typedEnvironment } from "../expressions/typed-environment.ts";
import { compileExpression } from "../expressions/cel.ts";
import { splitTemplate } from "../expressions/template.ts";
import type { CheckContext, Finding, Rule } from "./rule.ts";

type Piece = { node: string | null; path: string; source: string; type: string; offset: number };

/** Every expression of the flow: in node forms and inside `{{ }}` of texts and prompts. */
function pieces({ flow, nodes }: CheckContext): Piece[] {
  const all: Piece[] = [];
  const template = (node: string | null, path: string, text: string) => {
    for (const part of splitTemplate(text).parts)
      if ("expression" in part) all.push({ node, path, source: part.expression, type: "dyn", offset: part.position });
  };
  for (const { id, definition, config } of nodes) {
    for (const item of definition.expressions?.(config) ?? []) {
      if (item.text) template(id, `config.${item.path}`, item.source);
      else all.push({ node: id, path: `config.${item.path}`, source: item.source, type: item.type ?? "dyn", offset: 0 });
    }
  }
  const owner = new Map(nodes.flatMap(({ id, definition, config }) => (definition.prompts?.(config) ?? []).map((key) => [key, id] as const)));
  for (const [key, prompt] of Object.entries(flow.prompts)) {
    for (const [language, entry] of Object.entries(prompt)) {
      template(owner.get(key) ?? null, `prompts.${key}.${language}`, typeof entry === "string" ? entry : (entry?.text ?? ""));
    }
  }
  return all;
}

const says: [RegExp, string, (name: string) => string][] = [
  [/^Unknown variable: (.+)$/, "unknown-variable", (name) => `нет переменной «${name}»`],
  [/^No such key: (.+)$/, "unknown-variable", (name) => `нет переменной «${name}»`],
  [/no such overload: (.+)/, "type-error", (what) => `такие типы не сочетаются: ${what}`],
];

/** Caret under the place: the whole line of the source and a second line with `^`. */
function withCaret(source: string, position: number): string {
  return `${source}\n${" ".repeat(Math.max(0, position))}^`;
}

function finding(piece: Piece, message: string, position: number, russian: string): Finding {
  const shown = withCaret(piece.source, position);
  return {
    node: piece.node,
    path: piece.path,
    position: piece.offset + position,
    message: { ru: `${russian}\n${shown}`, en: `${message}\n${shown}` },
  };
}

function problems(context: CheckContext): { code: string; finding: Finding }[] {
  const env = typedEnvironment(context.flow, context.nodes);
  return pieces(context).flatMap((piece) => {
    const compiled = compileExpression(env, piece.source);
    if ("program" in compiled) {
      const fits = piece.type === "dyn" || compiled.type === "dyn" || compiled.type === piece.type;
      if (fits) return [];
      return [
        { code: "type-error", finding: finding(piece, `gives ${compiled.type}, needs ${piece.type}`, 0, `даёт ${compiled.type}, а нужно ${piece.type}`) },
      ];
    }
    const { message, position } = compiled.error;
    const known = says.map(([pattern, code, ru]) => ({ match: pattern.exec(message), code, ru })).find((item) => item.match);
    return [
      {
        code: known?.code ?? "syntax-error",
        finding: finding(piece, message, position, known ? known.ru(known.match![1]!) : `ошибка в выражении: ${message}`),
      },
    ];
  });
}

const cache = new WeakMap<CheckContext, ReturnType<typeof problems>>();

function ofCode(code: string): Rule {
  return {
    code,
    severity: "error",
    check(context) {
      let all = cache.get(context);
      if (!all) cache.set(context, (all = problems(context)));
      return all.filter((item) => item.code === code).map((item) => item.finding);
    },
  };
}

export const unknownVariable = ofCode("unknown-variable");
export const typeError = ofCode("type-error");
export const syntaxError = ofCode("syntax-error");
