import type { NodeRule } from "../rule.ts";
import { scaleOf } from "./scale.ts";

const most = 5;
type Menu = { choices: { key: string }[] };

/** Callers remember about five options. A scale counts as one option. */
export const menuOptions: NodeRule = {
  code: "menu-options",
  severity: "warning",
  types: ["menu"],
  each({ id, node, config }) {
    const { choices } = config as Menu;
    if (choices.length <= most) return [];
    const scale = scaleOf(choices, node.exits).length;
    const count = choices.length - Math.max(0, scale - 1);
    if (count <= most) return [];
    return [
      {
        node: id,
        message: { ru: `в меню ${count} вариантов; удержать в голове можно пять`, en: `${count} options in one menu; people remember five` },
      },
    ];
  },
};
