import type { NodeDefinition } from "../../nodes/define-node.ts";
import type { FlowVariable } from "../../schema/flow.ts";
import { formOf } from "../../schema/fields.ts";
import { choicesOf } from "../../schema/input-value.ts";
import type { Finding, NodeRule } from "../rule.ts";

type Tunable = { name: string; min: number; max: number };
const fields = new WeakMap<NodeDefinition<unknown>, readonly Tunable[]>();

/** A number of a node comes from an input with a wider range: values outside the range of the node are clamped. */
export const tunableBounds: NodeRule = {
  code: "tunable-bounds",
  severity: "warning",
  each({ id, definition, config }, { flow }) {
    return tunablesOf(definition).flatMap((tunable): Finding[] => {
      const source = (config as Record<string, unknown>)[tunable.name];
      const input = typeof source === "string" ? /^\s*inputs\.(\w+)\s*$/.exec(source)?.[1] : undefined;
      const variable = input === undefined ? undefined : flow.inputs[input];
      if (input === undefined || !variable || within(variable, tunable)) return [];
      const { name, min, max } = tunable;
      return [
        {
          node: id,
          path: `config.${name}`,
          message: {
            ru: `здесь годится от ${min} до ${max}, а поле «${input}» принимает и другое: задайте ему те же границы`,
            en: `this field takes ${min} to ${max}, but "${input}" allows a wider range: set the same bounds`,
          },
          fixes: choicesOf(variable) ? [] : [{ title: bounds(input, tunable), edits: edits(input, variable, tunable) }],
        },
      ];
    });
  },
};

const bounds = (input: string, { min, max }: Tunable) => ({
  ru: `Границы «${input}»: от ${min} до ${max}`,
  en: `Set the bounds of "${input}" to ${min}–${max}`,
});

function edits(input: string, variable: FlowVariable, { min, max }: Tunable) {
  const low = Math.max(min, variable.min ?? min);
  const high = Math.min(max, variable.max ?? max);
  return [
    { set: ["inputs", input, "min"], to: low },
    { set: ["inputs", input, "max"], to: high },
  ];
}

function within(variable: FlowVariable, { min, max }: Tunable): boolean {
  const choices = choicesOf(variable);
  if (choices) return choices.every((value) => typeof value === "number" && value >= min && value <= max);
  return variable.min !== undefined && variable.max !== undefined && variable.min >= min && variable.max <= max;
}

function tunablesOf(definition: NodeDefinition<unknown>): readonly Tunable[] {
  let own = fields.get(definition);
  if (!own) {
    own = formOf(definition.config).flatMap(({ name, tunable }) => (tunable ? [{ name, ...tunable }] : []));
    fields.set(definition, own);
  }
  return own;
}
