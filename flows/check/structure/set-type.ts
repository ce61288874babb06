import { readNumber } from "../../language/read-number.ts";
import { rewriteSource } from "../fixes/rewrite-source.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";

/** Expression types accepted for a variable of this type. */
const fits: Readonly<Record<string, readonly string[]>> = {
  number: ["double", "int", "dyn", "null"],
  money: ["double", "int", "dyn", "null"],
  boolean: ["bool", "dyn", "null"],
};
const words: Readonly<Record<string, { ru: string; en: string }>> = {
  string: { ru: "текст", en: "text" },
  double: { ru: "число", en: "a number" },
  bool: { ru: "«да» или «нет»", en: "yes or no" },
};
const said = (type: string) => words[type] ?? { ru: type, en: type };

/** A value assigned to a variable of another type: text to a number, a number to a boolean. The call would leave by `error`. */
export const setType: FlowRule = {
  code: "set-type",
  severity: "error",
  needs: ["forms", "names", "plays", "texts", "head"],
  check: (context) => context.ofType("set").flatMap((node) => findings(context, node)),
};

function findings(context: CheckContext, node: CheckedNode): Finding[] {
  const { assign, scope } = node.config as { assign: { name: string; value: string }[]; scope: string };
  if (scope !== "call") return [];
  return assign.flatMap(({ name, value }, index): Finding[] => {
    const type = Object.hasOwn(context.flow.variables, name) ? context.flow.variables[name]!.type : "";
    const allowed = fits[type];
    const typed = context.typed(value);
    if (!allowed || !("type" in typed) || allowed.includes(typed.type)) return [];
    if (isFigure(value)) return [];
    const place = { node: node.id, path: `config.assign.${index}.value`, source: value, offset: 0 };
    const wanted = said(type === "boolean" ? "bool" : "double");
    return [
      {
        node: node.id,
        path: place.path,
        message: {
          ru: `«${name}» — ${wanted.ru}, а здесь ${said(typed.type).ru}: звонок уйдёт по выходу error`,
          en: `"${name}" is ${wanted.en}, but the expression gives ${said(typed.type).en}: the call leaves by error`,
        },
        fixes: type !== "boolean" && typed.type === "string" && !isLiteral(value) ? rewriteSource(context, place, `number(${value})`) : [],
      },
    ];
  });
}

/** A quoted number counts as the number. */
function isFigure(source: string): boolean {
  const text = /^(["'])([^"']*)\1$/.exec(source.trim())?.[2];
  return text !== undefined && "value" in readNumber(text, null);
}
const isLiteral = (source: string): boolean => /^(["'])[^"']*\1$/.test(source.trim());
