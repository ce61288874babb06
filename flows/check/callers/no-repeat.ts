import { setConfig } from "../fixes/places.ts";
import { heardPrompts } from "../node-sorts.ts";
import type { NodeRule } from "../rule.ts";
import { scaleOf } from "./scale.ts";

type Menu = { choices: { key: string }[]; repeatKey: string; attempts: number; terminator: string };
const longMs = 10_000;

/** A long menu without a repeat key. */
export const noRepeat: NodeRule = {
  code: "no-repeat",
  severity: "info",
  types: ["menu"],
  texts: true,
  each(node, { sayMs }) {
    const { choices, repeatKey, terminator } = node.config as Menu;
    const ms = heardPrompts(node).reduce((sum, key) => sum + sayMs(key), 0);
    if (repeatKey !== "" || (choices.length < 4 && ms < longMs) || choices.length < 2) return [];
    if (scaleOf(choices, node.node.exits).length > 0) return [];
    const free = ["*", "0", "9"].find((key) => !terminator.includes(key) && choices.every((item) => !item.key.startsWith(key)));
    const title = { ru: `Повторять по ${free}`, en: `Repeat on ${free}` };
    return [
      {
        node: node.id,
        path: "config.repeatKey",
        message: {
          ru: "длинное меню нельзя прослушать ещё раз: задайте клавишу «повторить» и назовите её в тексте",
          en: "callers cannot repeat this long menu: set a repeat key and mention it in the prompt",
        },
        fixes: free === undefined ? [] : [{ title, edits: [setConfig(node, ["repeatKey"], free)] }],
      },
    ];
  },
};
