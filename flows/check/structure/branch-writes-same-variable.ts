import { gatherParts } from "../part-places.ts";
import type { FlowRule } from "../rule.ts";

/** Branches of a Parallel node that write the same variable: the final value is unpredictable. */
export const branchWritesSameVariable: FlowRule = {
  code: "branch-writes-same-variable",
  severity: "warning",
  needs: ["shape", "wires", "names", "head"],
  check(context) {
    const nodes = context.ofType("parallel");
    if (nodes.length === 0) return [];
    const written = gatherParts(context, (place) => context.all[place]!.facts.results.map((item) => item.name));
    return nodes.flatMap(({ id, facts }) => {
      const writers = new Map<string, number>();
      for (const { part } of facts.graphs) for (const name of (part ? written.get(part) : undefined) ?? []) writers.set(name, (writers.get(name) ?? 0) + 1);
      return [...writers]
        .filter(([, count]) => count > 1)
        .map(([name]) => ({
          node: id,
          path: "config.branches",
          message: {
            ru: `«${name}» пишут сразу несколько ветвей: что останется — дело случая. Дайте им разные имена`,
            en: `several branches write "${name}", so its final value is unpredictable: use different names`,
          },
        }));
    });
  },
};
