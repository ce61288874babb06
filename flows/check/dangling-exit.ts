import type { Rule } from "./rule.ts";

const falls = new Set(["error", "noInput", "invalid", "timeout", "hangup"]);

/** An exit that leads nowhere: not wired though it must be, or wired to a node that is not there. */
export const danglingExit: Rule = {
  code: "dangling-exit",
  severity: "error",
  check: ({ flow, nodes }) =>
    nodes.flatMap(({ id, node, definition, exits }) => {
      const lost = Object.entries(node.exits)
        .filter(([, to]) => !(to in flow.nodes))
        .map(([exit, to]) => ({
          node: id,
          path: `exits.${exit}`,
          message: { ru: `выход «${exit}» ведёт в несуществующий узел «${to}»`, en: `exit "${exit}" leads to "${to}", which does not exist` },
        }));
      const unwired = definition.final
        ? []
        : exits
            .filter((exit) => !(exit in node.exits) && !falls.has(exit))
            .map((exit) => ({
              node: id,
              path: `exits.${exit}`,
              message: { ru: `выход «${exit}» никуда не ведёт: соедините его с узлом`, en: `exit "${exit}" leads nowhere: connect it to a node` },
            }));
      return [...lost, ...unwired];
    }),
};
