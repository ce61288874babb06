import type { CheckContext, Rule } from "./rule.ts";

/** Callers keep about five options in mind. */
export const menuOptions: Rule = {
  code: "menu-options",
  severity: "warning",
  check: ({ nodes }) =>
    nodes
      .filter(({ node }) => node.type === "menu")
      .flatMap(({ id, config }) => {
        const count = (config as { choices: unknown[] }).choices.length;
        return count <= 5
          ? []
          : [
              {
                node: id,
                message: { ru: `в меню ${count} вариантов; удержать в голове можно пять`, en: `${count} options in one menu; people keep five in mind` },
              },
            ];
      }),
};

/** More than three menus in a row is a maze. */
export const menuDepth: Rule = {
  code: "menu-depth",
  severity: "warning",
  check(context) {
    const depth = menuDepths(context);
    return [...depth]
      .filter(([id, level]) => level === 4 && context.flow.nodes[id]?.type === "menu")
      .map(([id]) => ({
        node: id,
        message: { ru: "четвёртое меню подряд: звонящий заблудится", en: "the fourth menu in a row: callers get lost" },
      }));
  },
};

/** Fewest menus passed on the way to each node, the node itself counted; 0-1 breadth-first. */
function menuDepths({ flow, edges }: CheckContext): Map<string, number> {
  const cost = (id: string) => (flow.nodes[id]?.type === "menu" ? 1 : 0);
  const depth = new Map<string, number>();
  if (!(flow.start in flow.nodes)) return depth;
  const queue: string[] = [flow.start];
  depth.set(flow.start, cost(flow.start));
  while (queue.length > 0) {
    const id = queue.shift()!;
    for (const { to } of edges.get(id) ?? []) {
      const level = depth.get(id)! + cost(to);
      if (level >= (depth.get(to) ?? Number.POSITIVE_INFINITY)) continue;
      depth.set(to, level);
      if (cost(to) === 0) queue.unshift(to);
      else queue.push(to);
    }
  }
  return depth;
}
