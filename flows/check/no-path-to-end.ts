import type { Rule } from "./rule.ts";

/** From here the flow can never end by itself: the caller is trapped. */
export const noPathToEnd: Rule = {
  code: "no-path-to-end",
  severity: "error",
  check({ flow, nodes, edges, reachable }) {
    const back = new Map<string, string[]>();
    for (const [from, list] of edges) for (const { to } of list) back.set(to, [...(back.get(to) ?? []), from]);
    const ends = nodes.filter((item) => item.definition.final).map((item) => item.id);
    const good = new Set(ends);
    const queue = [...ends];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const from of back.get(id) ?? []) {
        if (good.has(from)) continue;
        good.add(from);
        queue.push(from);
      }
    }
    const trapped = [...reachable].filter((id) => !good.has(id) && flow.nodes[id]?.type !== "on-hangup" && !endsAfterHangup(id));
    return trapped.map((id) => ({ node: id, message: { ru: "отсюда нет пути к концу сценария", en: "there is no path from here to the end of the flow" } }));

    function endsAfterHangup(id: string): boolean {
      return (edges.get(id) ?? []).length === 0 && reachableOnlyFromHangup(id);
    }
    function reachableOnlyFromHangup(id: string): boolean {
      const seen = new Set([id]);
      const from = [id];
      for (let at = from.pop(); at !== undefined; at = from.pop()) {
        if (at === flow.start) return false;
        for (const before of back.get(at) ?? []) {
          if (seen.has(before)) continue;
          seen.add(before);
          from.push(before);
        }
      }
      return true;
    }
  },
};
