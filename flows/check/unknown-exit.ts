import type { Rule } from "./rule.ts";

/** A wired exit that the node does not have (any more). */
export const unknownExit: Rule = {
  code: "unknown-exit",
  severity: "warning",
  check: ({ nodes }) =>
    nodes.flatMap(({ id, node, exits }) =>
      Object.keys(node.exits)
        .filter((exit) => !exits.includes(exit) && exit !== "error" && exit !== "hangup")
        .map((exit) => ({
          node: id,
          path: `exits.${exit}`,
          message: { ru: `у узла нет выхода «${exit}»: уберите связь`, en: `the node has no exit "${exit}": remove the connection` },
        })),
    ),
};
