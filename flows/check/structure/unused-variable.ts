import type { Finding, FlowRule } from "../rule.ts";
import { readsOfFlow } from "../variable-reads.ts";

/** A declared input or variable that is never read or written. */
export const unusedVariable: FlowRule = {
  code: "unused-variable",
  severity: "info",
  needs: ["names", "reads", "texts", "head"],
  check(context) {
    const { flow } = context;
    if (Object.keys(flow.inputs).length + Object.keys(flow.variables).length === 0) return [];
    const { names, whole } = readsOfFlow(context);
    const written = new Set(context.nodes.flatMap(({ facts }) => facts.results.map((item) => item.name)));
    const inputs = whole.has("inputs") ? [] : Object.keys(flow.inputs).filter((name) => !names.has(`inputs.${name}`));
    const variables =
      whole.has("vars") || whole.has("result")
        ? []
        : Object.keys(flow.variables).filter((name) => !names.has(`vars.${name}`) && !names.has(`result.${name}`) && !written.has(name));
    return [...inputs.map((name) => unused("inputs", name)), ...variables.map((name) => unused("variables", name))];
  },
};

function unused(group: "inputs" | "variables", name: string): Finding {
  const what = group === "inputs" ? { ru: "настройка", en: "input" } : { ru: "переменная", en: "variable" };
  return {
    node: null,
    path: `${group}.${name}`,
    message: {
      ru: `${what.ru} «${name}» нигде не используется: вставьте её в текст или удалите`,
      en: `${what.en} "${name}" is never used: use it or delete it`,
    },
    fixes: [{ title: { ru: `Удалить «${name}»`, en: `Delete "${name}"` }, edits: [{ remove: [group, name] }] }],
  };
}
