import { nodeTypes } from "../nodes/index.ts";
import type { Rule } from "./rule.ts";

/** A cycle through nodes that never wait would spin without end (house.md §4.12). */
export const silentCycle: Rule = {
  code: "silent-cycle",
  severity: "error",
  check({ flow, edges }) {
    const instant = (id: string) => {
      const node = flow.nodes[id];
      return node !== undefined && (node.enabled === false || nodeTypes[node.type]?.waits === false);
    };
    const state = new Map<string, "open" | "closed">();
    const found = new Set<string>();
    for (const root of Object.keys(flow.nodes).filter(instant)) walk(root);
    return [...found].map((id) => ({
      node: id,
      message: {
        ru: "круг без ожидания: звонок зациклится. Вставьте в круг вопрос, фразу или паузу",
        en: "a cycle that never waits: the call would spin. Put a question, a prompt or a wait into it",
      },
    }));

    function walk(root: string): void {
      const stack: { id: string; next: string[] }[] = [];
      const open = (id: string) => {
        state.set(id, "open");
        stack.push({ id, next: (edges.get(id) ?? []).map((edge) => edge.to).filter(instant) });
      };
      if (!state.has(root)) open(root);
      while (stack.length > 0) {
        const top = stack.at(-1)!;
        const to = top.next.pop();
        if (to === undefined) state.set(stack.pop()!.id, "closed");
        else if (state.get(to) === "open") found.add(to);
        else if (!state.has(to)) open(to);
      }
    }
  },
};
