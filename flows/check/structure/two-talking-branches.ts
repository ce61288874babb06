import { sortOf } from "../node-sorts.ts";
import { gatherParts } from "../part-places.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

/** Two branches that speak or listen at once: the audio overlaps, and an answer cannot be attributed. */
export const twoTalkingBranches: FlowRule = {
  code: "two-talking-branches",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check(context) {
    const nodes = [...context.ofType("parallel"), ...context.ofType("race")];
    if (nodes.length === 0) return [];
    const talkers = gatherParts(context, (place) => (sortOf(context.all[place]!.node.type).talks && context.all[place]!.node.enabled !== false ? [true] : []));
    return nodes.flatMap(({ id, facts }) => {
      const talking = facts.graphs.filter(({ part, flow }) => (part ? (talkers.get(part)?.size ?? 0) > 0 : talks(context, flow)));
      if (talking.length < 2) return [];
      const names = talking.map(({ name, part, flow }) => name ?? part ?? flow ?? "").join(", ");
      return [
        {
          node: id,
          path: "config.branches",
          message: {
            ru: `говорят или слушают сразу несколько ветвей: ${names}. Оставьте разговор в одной`,
            en: `several branches talk or listen at the same time: ${names}. Keep the conversation in one branch`,
          },
        },
      ];
    });
  },
};

function talks({ environment }: CheckContext, flow: string | undefined): boolean {
  const document = flow !== undefined && environment.documents && Object.hasOwn(environment.documents, flow) ? environment.documents[flow] : undefined;
  return document !== undefined && Object.values(document.nodes).some((node) => sortOf(node.type).talks === true && node.enabled !== false);
}
