import { choicesOf, inputProblem } from "../../schema/input-value.ts";
import type { FlowVariable } from "../../schema/flow.ts";
import type { Fix } from "../../schema/issue.ts";
import type { FlowRule } from "../rule.ts";

/** A default that the field itself would not accept: not one of the choices, out of bounds, or of another type. */
export const inputDefault: FlowRule = {
  code: "input-default",
  severity: "error",
  needs: ["head"],
  check: ({ flow }) =>
    Object.entries(flow.inputs).flatMap(([name, variable]) => {
      const problem = inputProblem(variable, variable.default);
      if (!problem) return [];
      return [
        {
          node: null,
          path: `inputs.${name}.default`,
          message: { ru: `поле «${name}»: значение по умолчанию ${problem.ru}`, en: `input "${name}": the default ${problem.en}` },
          fixes: fixesFor(name, variable),
        },
      ];
    }),
};

function fixesFor(name: string, variable: FlowVariable): Fix[] {
  const choices = choicesOf(variable);
  const path = ["inputs", name, "default"];
  const first = choices ? [{ title: { ru: `Поставить «${choices[0]}»`, en: `Set to "${choices[0]}"` }, edits: [{ set: path, to: choices[0] }] }] : [];
  return [...first, { title: { ru: "Убрать значение по умолчанию", en: "Remove the default value" }, edits: [{ remove: path }] }];
}
