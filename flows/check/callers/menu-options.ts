import type { NodeRule } from "../rule.ts";

const most = 5;
type Menu = { choices: { key: string }[] };

/** Callers keep about five options in mind. A scale of figures, whose keys all lead on alike, asks for none of them to be kept. */
export const menuOptions: NodeRule = {
  code: "menu-options",
  severity: "warning",
  types: ["menu"],
  each({ id, node, config }) {
    const count = (config as Menu).choices.length;
    if (count <= most || isScale(config as Menu, node.exits)) return [];
    return [
      {
        node: id,
        message: { ru: `в меню ${count} вариантов; удержать в голове можно пять`, en: `${count} options in one menu; people keep five in mind` },
      },
    ];
  },
};

/** Every key leads to the same node: only the figure matters. */
export const isScale = ({ choices }: Menu, exits: Readonly<Record<string, string>>): boolean =>
  choices.length > 2 && exits[choices[0]!.key] !== undefined && choices.every(({ key }) => exits[key] === exits[choices[0]!.key]);
