import { canEnd } from "./no-path-to-end.ts";
import type { FlowRule } from "../rule.ts";

/** A part that never ends: its player would wait forever. A race branch may, because it is cancelled. */
export const partWithoutFinish: FlowRule = {
  code: "part-without-finish",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { graphs, graph: calls, all } = context;
    if (graphs.length === 1) return [];
    const good = canEnd(context);
    const awaited = new Set(all.flatMap(({ node, facts }) => (node.type === "race" ? [] : facts.graphs.flatMap(({ part }) => (part ? [part] : [])))));
    return graphs.flatMap(({ part }) => {
      if (part === null || !awaited.has(part)) return [];
      const start = calls.startOf(part);
      if (start < 0 || good[start] === 1) return [];
      return [
        {
          node: all[start]!.id,
          message: {
            ru: `часть «${part}» никогда не кончается: приведите её к узлу «Завершить»`,
            en: `part "${part}" never ends: connect it to a Finish node`,
          },
        },
      ];
    });
  },
};
