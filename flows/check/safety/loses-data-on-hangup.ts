import { reach } from "../call-graph.ts";
import { sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";

const looking = /^(find|get|lookup|look-up|check|read|search|list|slots|orders|digest|GET|HEAD)$/;
const furthest = 400;

/** What the caller has told goes out only later: a hang-up in between loses it (kept in the result, sent to nobody). */
export const losesDataOnHangup: FlowRule = {
  code: "loses-data-on-hangup",
  severity: "warning",
  check(context) {
    const { flow, all } = context;
    if (flow.kind !== "ivr") return [];
    const captured = new Map<string, number[]>();
    all.forEach(({ node, facts }, place) => {
      if (sortOf(node.type).listens) for (const { name } of facts.results) captured.set(name, [...(captured.get(name) ?? []), place]);
    });
    if (captured.size === 0 || sentAfterHangup(context)) return [];
    const found: { node: CheckedNode; names: string[] }[] = [];
    all.forEach((node, place) => {
      if (!isSound(node) || !sendsData(node) || context.reachable[place] !== 1) return;
      const near = askedJustBefore(context, place);
      const names = [...new Set(node.facts.reads.flatMap(({ root, name }) => (name !== null && (root === "vars" || root === "result") ? [name] : [])))];
      const lost = names.filter((name) => captured.get(name)?.some((from) => !near.has(from)) && !captured.get(name)!.some((from) => near.has(from)));
      if (lost.length > 0) found.push({ node, names: lost });
    });
    return found.slice(0, 1).map(({ node, names }) => ({
      node: node.id,
      message: {
        ru: `положат трубку раньше — ${names.map((name) => `«${name}»`).join(", ")} никуда не уйдёт: добавьте «Если положили трубку» с такой же отправкой`,
        en: `on an earlier hang-up ${names.map((name) => `"${name}"`).join(", ")} is sent to nobody: add "On hang-up" that sends it too`,
      },
    }));
  },
};

/** A node that gives data away, not one that looks something up. */
export function sendsData({ node, config }: CheckedNode): boolean {
  if (sortOf(node.type).sends !== true || node.enabled === false) return false;
  const { method, action, operation } = config as { method?: unknown; action?: unknown; operation?: unknown };
  return ![method, action, operation].some((each) => typeof each === "string" && looking.test(each));
}

/** Whether something is sent on the way after a hang-up. */
function sentAfterHangup({ all, graph }: CheckContext): boolean {
  const roots = all.flatMap(({ node, graph: own }, place) =>
    node.type === "on-hangup" && own.part === null && node.enabled !== false ? [place] : [graph.exit(place, "hangup")],
  );
  const after = reach(graph.next, roots);
  return all.some((node, place) => after[place] === 1 && isSound(node) && sendsData(node));
}

/** Questions that lead to a node with nothing awaited in between. */
function askedJustBefore({ graph, all }: CheckContext, place: number): Set<number> {
  const asked = new Set<number>();
  const seen = new Set([place]);
  for (const at of seen) {
    if (seen.size > furthest) break;
    for (const from of graph.before[at]!) {
      const { node, facts } = all[graph.nodeAt(from)]!;
      if (sortOf(node.type).listens) asked.add(graph.nodeAt(from));
      else if (facts.definition?.waits !== true || sortOf(node.type).sends) seen.add(from);
    }
  }
  return asked;
}
