import type { Fix } from "../../schema/issue.ts";
import { setConfig } from "../fixes/places.ts";
import type { CheckedNode, NodeRule } from "../rule.ts";

/** The same key, exit or field name twice in one node: the second can never be chosen. */
export const duplicateKey: NodeRule = {
  code: "duplicate-key",
  severity: "error",
  each(place) {
    const { id, node, exits, config } = place;
    const keys = node.type === "menu" ? (config as { choices: { key: string }[] }).choices.map((item) => item.key) : exits;
    if (keys.length < 2 || new Set(keys).size === keys.length) return [];
    const twice = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
    return twice.map((key) => ({
      node: id,
      fixes: node.type === "menu" ? keepFirst(place, key) : [],
      message: { ru: `«${key}» встречается дважды: второе никогда не сработает`, en: `"${key}" appears twice: the second one can never be chosen` },
    }));
  },
};

/** The unreachable choice is removed; the first one keeps its key, words and exit. */
function keepFirst(node: CheckedNode, key: string): Fix[] {
  const choices = node.node.config["choices"] as { key: string }[];
  const first = choices.findIndex((item) => item.key === key);
  const kept = choices.filter((item, index) => item.key !== key || index === first);
  return [{ title: { ru: `Оставить первый вариант «${key}»`, en: `Keep the first "${key}"` }, edits: [setConfig(node, ["choices"], kept)] }];
}
