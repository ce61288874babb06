import type { FlowRule } from "../rule.ts";

/** A prompt that no node plays. */
export const unusedPrompt: FlowRule = {
  code: "unused-prompt",
  severity: "info",
  needs: ["plays", "texts"],
  check({ flow, all }) {
    // An invalid form may play it, so nothing is reported while there is one.
    if (all.some(({ facts }) => facts.config === undefined)) return [];
    const used = new Set<string>();
    for (const { facts } of all) for (const key of facts.prompts) used.add(key);
    return Object.keys(flow.prompts)
      .filter((key) => !used.has(key))
      .map((key) => ({
        node: null,
        path: `prompts.${key}`,
        message: { ru: `текст «${key}» нигде не звучит`, en: `prompt "${key}" is never used` },
        fixes: [{ title: { ru: "Удалить текст", en: "Delete the prompt" }, edits: [{ remove: ["prompts", key] }] }],
      }));
  },
};
