import type { FlowLanguage } from "../../schema/flow.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

/** Without an engine for a language, texts without a recording are silent. */
export const noVoice: FlowRule = {
  code: "no-voice",
  severity: "warning",
  needs: ["plays", "texts", "head"],
  check(context) {
    const { voices } = context.environment;
    if (!voices || context.flow.kind !== "ivr") return [];
    const mute = context.flow.languages.filter((language) => !voices.includes(language));
    if (mute.length === 0) return [];
    const players = new Map(context.nodes.flatMap(({ id, facts }) => facts.prompts.map((key) => [key, id] as const)));
    return [...players].flatMap(([key, node]) => mute.flatMap((language) => silent(context, key, node, language)));
  },
};

function silent({ flow }: CheckContext, key: string, node: string, language: FlowLanguage): Finding[] {
  const entry = Object.hasOwn(flow.prompts, key) ? flow.prompts[key]![language] : undefined;
  if (entry === undefined || (typeof entry === "object" && entry.audio)) return [];
  return [
    {
      node,
      path: `prompts.${key}.${language}`,
      message: {
        ru: `«${key}» (${language}) некому произнести: загрузите запись или установите голос`,
        en: `"${key}" (${language}) cannot be spoken: upload a recording or install a voice`,
      },
    },
  ];
}
