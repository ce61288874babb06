import { choicesOf } from "../../schema/input-value.ts";
import { inputComparisons } from "../input-comparisons.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

/** An input with choices compared with something that is none of them: the comparison never holds. */
export const notAChoice: FlowRule = {
  code: "not-a-choice",
  severity: "warning",
  needs: ["forms", "texts", "plays", "head"],
  check(context) {
    const { nodes, prompts } = context;
    const inForms = nodes.flatMap(({ id, facts }) => facts.pieces.flatMap((piece) => found(context, { ...piece, node: id, path: `config.${piece.path}` })));
    const players = new Map(nodes.flatMap(({ id, facts }) => facts.prompts.map((key): [string, string] => [key, id])));
    const inTexts = [...prompts].flatMap(([key, { pieces }]) =>
      pieces.flatMap((piece) => found(context, { ...piece, node: players.get(key) ?? null, path: `prompts.${key}.${piece.language}` })),
    );
    return [...inForms, ...inTexts];
  },
};

function found({ flow }: CheckContext, { node, path, source, offset }: { node: string | null; path: string; source: string; offset: number }): Finding[] {
  return inputComparisons(source).flatMap(({ input, value, position }): Finding[] => {
    const choices = choicesOf(flow.inputs[input]);
    if (!choices || choices.includes(value)) return [];
    const known = choices.join(", ");
    return [
      {
        node,
        path,
        position: offset + position,
        message: {
          ru: `у поля «${input}» нет варианта «${value}»: есть ${known}`,
          en: `"${input}" has no choice "${value}": there are ${known}`,
        },
      },
    ];
  });
}
