import type { Fix } from "../../schema/issue.ts";
import { reach } from "../call-graph.ts";
import { nearest } from "../fixes/nearest.ts";
import { setConfig } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";
import { allCanEnd } from "./no-path-to-end.ts";

/** A Go to node that leads to a node outside its graph. No edge shows it on the canvas. */
export const gotoNowhere: FlowRule = {
  code: "goto-nowhere",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check: (context) =>
    context.nodes.flatMap((node) => {
      const { graph } = node;
      if (node.facts.jumps.length === 0) return [];
      return node.facts.jumps
        .filter((to) => context.graph.at(graph, to) < 0)
        .map((to) => ({
          node: node.id,
          path: "config.node",
          message: {
            ru: graph.part === null ? `узла «${to}» нет: выберите, куда перейти` : `в части «${graph.part}» нет узла «${to}»: перейти можно только внутри неё`,
            en:
              graph.part === null
                ? `node "${to}" does not exist: choose another node`
                : `part "${graph.part}" has no node "${to}": Go to stays inside its part`,
          },
          fixes: meant(context, node, to),
        }));
    }),
};

/** The node with nearly this name, if the flow can end from there and it does not lead straight back here. */
function meant(context: CheckContext, node: CheckedNode, to: string): Fix[] {
  const id = nearest(to, Object.keys(node.graph.nodes));
  if (id === null || node.node.type !== "goto") return [];
  const target = context.graph.at(node.graph, id);
  const back = reach(context.graph.forward, [target])[context.placeOf(node)] === 1;
  if (back || !allCanEnd(context, [target])) return [];
  return [{ title: { ru: `Перейти к «${id}»`, en: `Go to "${id}"` }, edits: [setConfig(node, ["node"], id)] }];
}
