import { nodeTypes } from "../../nodes/index.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

/** A cycle through nodes that never wait would spin without end (house.md §4.12). */
export const silentCycle: FlowRule = {
  code: "silent-cycle",
  severity: "error",
  check(context) {
    const { graph, all } = context;
    const instant = instantPlaces(context);
    const state = new Uint8Array(graph.size);
    const found = new Set<number>();
    for (let root = 0; root < graph.size; root++) if (instant[root] === 1 && state[root] === 0) walk(root);
    return [...found].map((place) => ({
      node: all[graph.nodeAt(place)]!.id,
      message: {
        ru: "круг без ожидания: звонок зациклится. Вставьте в круг вопрос, фразу или паузу",
        en: "a cycle that never waits: the call would spin. Put a question, a prompt or a wait into it",
      },
    }));

    function walk(root: number): void {
      const stack = [{ place: root, at: 0 }];
      state[root] = open;
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const to = graph.next[top.place]![top.at++];
        if (to === undefined) state[stack.pop()!.place] = closed;
        else if (instant[to] !== 1) continue;
        else if (state[to] === open) found.add(to);
        else if (state[to] === 0) {
          state[to] = open;
          stack.push({ place: to, at: 0 });
        }
      }
    }
  },
};

const open = 1;
const closed = 2;

/** Places that are passed without waiting. What another flow does is not known: it is taken to wait. A loop counts its turns, and stops. */
function instantPlaces({ all, graph }: CheckContext): Uint8Array {
  const waiting = new Set(all.flatMap(({ node, graph: own }) => (own.part !== null && nodeTypes[node.type]?.waits !== false ? [own.part] : [])));
  const instant = new Uint8Array(graph.size);
  all.forEach(({ node, facts }, place) => {
    if (node.enabled === false) instant[place] = 1;
    else if (Object.hasOwn(nodeTypes, node.type) && nodeTypes[node.type]!.waits === false && node.type !== "loop") {
      const branches = facts.graphs;
      const unknown = branches.some(({ part }) => part === undefined);
      const together = branches.length > 1 && branches.some(({ part }) => part !== undefined && waiting.has(part));
      instant[place] = unknown || together ? 0 : 1;
    }
    instant[graph.behind(place)] = instant[place]!;
  });
  return instant;
}
