import { graphPath } from "../fixes/places.ts";
import { allCanEnd } from "./no-path-to-end.ts";
import type { FlowRule } from "../rule.ts";

/** A flow or a part whose first node does not exist. */
export const missingStart: FlowRule = {
  code: "missing-start",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { graphs, graph: calls, all } = context;
    return graphs
      .filter((graph) => calls.at(graph, graph.start) < 0)
      .map((graph) => {
        // The only node without incoming edges must be the first.
        const heads = all.filter((node, place) => node.graph === graph && calls.before[place]!.length === 0 && !node.facts.definition?.root);
        const head = graph.part === null && heads.length === 1 && allCanEnd(context, [all.indexOf(heads[0]!)]) ? heads[0]!.id : null;
        return {
          node: null,
          path: [...graphPath(graph), "start"].join("."),
          message:
            graph.part === null
              ? { ru: "у сценария нет начала: укажите первый узел", en: "the flow has no start: choose the first node" }
              : { ru: `у части «${graph.part}» нет начала: укажите её первый узел`, en: `part "${graph.part}" has no start: choose the first node` },
          ...(head === null
            ? {}
            : { fixes: [{ title: { ru: `Начинать с «${head}»`, en: `Start with "${head}"` }, edits: [{ set: [...graphPath(graph), "start"], to: head }] }] }),
        };
      });
  },
};
