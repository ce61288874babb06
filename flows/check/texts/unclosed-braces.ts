import type { FlowLanguage } from "../../schema/flow.ts";
import type { Fix } from "../../schema/issue.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

export const unclosedBraces: FlowRule = {
  code: "unclosed-braces",
  severity: "error",
  needs: ["texts", "names", "head"],
  check: (context) =>
    [...context.prompts].flatMap(([key, { texts, closed }]) =>
      closed
        ? []
        : texts.flatMap(({ language, unclosed }) =>
            unclosed === null
              ? []
              : [
                  {
                    node: null,
                    path: `prompts.${key}.${language}`,
                    position: unclosed,
                    message: { ru: `в тексте «${key}» не закрыты {{`, en: `prompt "${key}" has an unclosed {{` },
                    fixes: close(context, key, language, unclosed),
                  },
                ],
          ),
    ),
};

/** `}}` at the end of the text, or behind the name that follows, where what is between can be read. */
function close(context: CheckContext, key: string, language: FlowLanguage, from: number): Fix[] {
  const entry = context.flow.prompts[key]?.[language];
  const text = typeof entry === "string" ? entry : entry?.text;
  if (text === undefined) return [];
  const rest = text.slice(from + 2);
  const name = /^\s*[\w.]+/.exec(rest)?.[0] ?? "";
  const end = [rest, name].find((source) => source.trim() !== "" && !/[{}]/.test(source) && "type" in context.typed(source.trim()));
  if (end === undefined) return [];
  const shown = `{{ ${end.trim()} }}`;
  const to = `${text.slice(0, from)}${shown}${rest.slice(end.length)}`;
  const way = ["prompts", key, language, ...(typeof entry === "string" ? [] : ["text"])];
  return [{ title: { ru: `Закрыть: ${shown}`, en: `Close the braces: ${shown}` }, edits: [{ set: way, to }] }];
}
