import type { FlowRule } from "../rule.ts";

/** A jump to a node that its graph does not have. No line shows it, so nobody sees it. */
export const gotoNowhere: FlowRule = {
  code: "goto-nowhere",
  severity: "error",
  needs: ["shape"],
  check: ({ nodes, graph: calls }) =>
    nodes.flatMap(({ id, facts, graph }) =>
      facts.jumps
        .filter((to) => calls.at(graph, to) < 0)
        .map((to) => ({
          node: id,
          path: "config.node",
          message: {
            ru: graph.part === null ? `узла «${to}» нет: выберите, куда перейти` : `в части «${graph.part}» нет узла «${to}»: перейти можно только внутри неё`,
            en: graph.part === null ? `there is no node "${to}": choose where to go` : `the part "${graph.part}" has no node "${to}": a jump stays inside it`,
          },
        })),
    ),
};
