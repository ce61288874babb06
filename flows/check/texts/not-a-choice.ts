import { choicesOf } from "../../schema/input-value.ts";
import { nearest } from "../fixes/nearest.ts";
import { rewriteSource } from "../fixes/rewrite-source.ts";
import { inputComparisons } from "../input-comparisons.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

/** An input compared with a value that is not one of its choices: the comparison is never true. */
export const notAChoice: FlowRule = {
  code: "not-a-choice",
  severity: "warning",
  needs: ["forms", "texts", "plays", "head"],
  check(context) {
    const { flow, nodes, prompts } = context;
    if (!Object.values(flow.inputs).some(choicesOf)) return [];
    const inForms = nodes.flatMap(({ id, facts }) => facts.pieces.flatMap((piece) => found(context, { ...piece, node: id, path: `config.${piece.path}` })));
    const players = new Map(nodes.flatMap(({ id, facts }) => facts.prompts.map((key): [string, string] => [key, id])));
    const inTexts = [...prompts].flatMap(([key, { pieces }]) =>
      pieces.flatMap((piece) => found(context, { ...piece, node: players.get(key) ?? null, path: `prompts.${key}.${piece.language}` })),
    );
    return [...inForms, ...inTexts];
  },
};

function found(context: CheckContext, { node, path, source, offset }: { node: string | null; path: string; source: string; offset: number }): Finding[] {
  const comparisons = inputComparisons(source);
  const compared = comparisons.map((each) => each.value);
  return comparisons.flatMap(({ input, value, position }): Finding[] => {
    const choices = choicesOf(context.flow.inputs[input]);
    if (!choices || choices.includes(value)) return [];
    const known = choices.join(", ");
    return [
      {
        node,
        path,
        position: offset + position,
        message: {
          ru: `у поля «${input}» нет варианта «${value}»: есть ${known}`,
          en: `"${input}" has no choice "${value}"; available choices: ${known}`,
        },
        fixes: meant(
          value,
          choices.filter((choice) => typeof choice === "string" || typeof choice === "number").filter((choice) => !compared.includes(choice)),
        ).flatMap((choice) => rewriteSource(context, { node, path, source, offset }, withLiteral(source, position, choice))),
      },
    ];
  });
}

const few = 3;

/** The choice with nearly these letters; of a few, each may have been meant. */
function meant(value: string | number, choices: readonly (string | number)[]): readonly (string | number)[] {
  const near = typeof value === "string" ? nearest(value, choices.map(String)) : null;
  return near !== null ? choices.filter((choice) => String(choice) === near) : choices.length <= few ? choices : [];
}

const literal = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?[\d.]+)/;

/** The literal at this place, rewritten in its original quotes. */
function withLiteral(source: string, position: number, choice: string | number): string {
  const old = literal.exec(source.slice(position))?.[0] ?? "";
  const quote = old.startsWith('"') ? '"' : "'";
  const written = typeof choice === "number" ? String(choice) : `${quote}${choice.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
  return source.slice(0, position) + written + source.slice(position + old.length);
}
