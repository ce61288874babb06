import type { Rule } from "./rule.ts";

/** The same key, exit or field name twice in one node: the second can never be chosen. */
export const duplicateKey: Rule = {
  code: "duplicate-key",
  severity: "error",
  check: ({ nodes }) =>
    nodes.flatMap(({ id, node, exits, config }) => {
      const keys = node.type === "menu" ? (config as { choices: { key: string }[] }).choices.map((item) => item.key) : [...exits];
      const twice = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
      return twice.map((key) => ({
        node: id,
        message: { ru: `«${key}» встречается дважды: второе никогда не сработает`, en: `"${key}" appears twice: the second can never be chosen` },
      }));
    }),
};
