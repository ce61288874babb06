import { compileExpression, baseEnvironment } from "../../expressions/cel.ts";
import { expressionFacts } from "../expression-references.ts";
import type { NodeRule } from "../rule.ts";

/** A condition that nothing in the call can change. */
export const constantCondition: NodeRule = {
  code: "constant-condition",
  severity: "warning",
  types: ["condition", "switch", "loop", "offer"],
  each: ({ id, facts, node }) =>
    facts.pieces
      .filter((piece) => piece.type === "bool")
      .flatMap(({ path, source }) => {
        const value = constantOf(source);
        // `while: true` and a last case `true` are plain ways to say "always".
        if (value === null || (value && node.type !== "condition")) return [];
        return [
          {
            node: id,
            path: `config.${path}`,
            message: {
              ru: `условие всегда ${value ? "верно" : "неверно"}: другой выход не сработает. Сравните с переменной`,
              en: `the condition is always ${value}: the other exit is never taken. Compare with a variable instead`,
            },
          },
        ];
      }),
};

let environment: ReturnType<typeof baseEnvironment> | null = null;

/** The value of a constant condition; null if it reads anything or is not valid. */
export function constantOf(source: string): boolean | null {
  const { references, readable } = expressionFacts(source);
  if (!readable || references.length > 0) return null;
  environment ??= baseEnvironment("ru");
  const compiled = compileExpression(environment, source);
  if ("error" in compiled) return null;
  try {
    const value = compiled.program({});
    return typeof value === "boolean" ? value : null;
  } catch {
    return null;
  }
}
