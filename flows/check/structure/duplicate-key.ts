import type { NodeRule } from "../rule.ts";

/** The same key, exit or field name twice in one node: the second can never be chosen. */
export const duplicateKey: NodeRule = {
  code: "duplicate-key",
  severity: "error",
  each({ id, node, exits, config }) {
    const keys = node.type === "menu" ? (config as { choices: { key: string }[] }).choices.map((item) => item.key) : exits;
    if (new Set(keys).size === keys.length) return [];
    const twice = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
    return twice.map((key) => ({
      node: id,
      message: { ru: `«${key}» встречается дважды: второе никогда не сработает`, en: `"${key}" appears twice: the second can never be chosen` },
    }));
  },
};
