import { sortOf } from "../node-sorts.ts";
import type { FlowRule } from "../rule.ts";

/** Speech, questions and queues on the path after a hang-up: nobody hears them, and they leave by `error` at once. */
export const mediaAfterHangup: FlowRule = {
  code: "media-after-hangup",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check({ flow, all, graph }) {
    if (flow.kind !== "ivr") return [];
    const roots: number[] = [];
    for (let place = 0; place < all.length; place++) {
      const { node, graph: own, facts } = all[place]!;
      if (node.type === "on-hangup" && own.part === null) roots.push(place);
      else for (const exit of facts.hangupExits) if (graph.exit(place, exit) >= 0) roots.push(graph.exit(place, exit));
    }
    const found: number[] = [];
    const seen = new Set(roots);
    for (const place of seen) {
      const { node } = all[place]!;
      if (sortOf(node.type).talks && node.enabled !== false) found.push(place);
      else for (const to of graph.forward[place]!) seen.add(to);
    }
    return [...new Set(found)].map((place) => ({
      node: all[place]!.id,
      message: {
        ru: "сюда приходят и после того, как трубку положили: там этот узел сразу выйдет через error. Обойдите его",
        en: "this node can also be reached after a hang-up, where it leaves by error at once: bypass it",
      },
    }));
  },
};
