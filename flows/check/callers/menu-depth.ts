import { cheapest } from "../call-graph.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

const tooDeep = 4;

/** More than three menus in a row is a maze. */
export const menuDepth: FlowRule = {
  code: "menu-depth",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check(context) {
    if (context.ofType("menu").length < tooDeep) return [];
    const { all, graph } = context;
    const menus = menuPlaces(context);
    const depth = cheapest(graph.next, [graph.start], (place) => menus[place]!, tooDeep);
    return all.flatMap(({ id }, place) =>
      menus[place] === 1 && depth[place] === tooDeep
        ? [{ node: id, message: { ru: "четвёртое меню подряд: звонящий заблудится", en: "fourth menu in a row: callers get lost" } }]
        : [],
    );
  },
};

/** 1 for every menu, by place. */
export const menuPlaces = ({ all, graph, kept }: CheckContext): Uint8Array =>
  kept("menus", ["shape", "head"], () => {
    const menus = new Uint8Array(graph.size);
    for (let place = 0; place < all.length; place++) if (all[place]!.node.type === "menu" && all[place]!.node.enabled !== false) menus[place] = 1;
    return menus;
  });
