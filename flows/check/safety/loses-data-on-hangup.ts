import type { Fix } from "../../schema/issue.ts";
import { addNode, freeId, localId } from "../fixes/places.ts";
import { reach } from "../call-graph.ts";
import { sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";

const looking = /^(find|get|lookup|look-up|check|read|search|list|slots|orders|digest|GET|HEAD)$/;
const furthest = 400;

/** The caller's data is sent only later: a hang-up in between loses it (it is kept in the result but not sent). */
export const losesDataOnHangup: FlowRule = {
  code: "loses-data-on-hangup",
  severity: "warning",
  needs: ["shape", "wires", "looks", "forms", "head"],
  check(context) {
    const { flow, all, reachable } = context;
    if (flow.kind !== "ivr") return [];
    const sent = context.kept("loses-data-on-hangup", ["shape", "names", "forms"], () => sentByNode(context)).filter(({ place }) => reachable[place] === 1);
    if (sent.length === 0 || sentAfterHangup(context)) return [];
    for (const { place, told } of sent) {
      const near = askedJustBefore(context, place);
      const lost = told.filter(({ asked }) => !asked.some((from) => near.has(from))).map(({ name }) => name);
      if (lost.length > 0) return [tell(context, all[place] as CheckedNode, lost)];
    }
    return [];
  },
};

function tell(context: CheckContext, node: CheckedNode, names: readonly string[]): Finding {
  return {
    node: node.id,
    message: {
      ru: `положат трубку раньше — ${names.map((name) => `«${name}»`).join(", ")} никуда не уйдёт: добавьте «Если положили трубку» с такой же отправкой`,
      en: `if the caller hangs up earlier, ${names.map((name) => `"${name}"`).join(", ")} is not sent: add an "On hang-up" node that sends it too`,
    },
    fixes: sendToo(context, node),
  };
}

/** Nodes that send the caller's data, with the places where each name is asked for. */
function sentByNode({ all }: CheckContext): { place: number; told: { name: string; asked: number[] }[] }[] {
  const captured = new Map<string, number[]>();
  all.forEach(({ node, facts }, place) => {
    if (!sortOf(node.type).listens) return;
    for (const { name } of facts.results) {
      const asked = captured.get(name);
      if (asked) asked.push(place);
      else captured.set(name, [place]);
    }
  });
  return all.flatMap((node, place) => {
    if (!isSound(node) || !sendsData(node)) return [];
    const names = new Set(node.facts.reads.flatMap(({ root, name }) => (name !== null && (root === "vars" || root === "result") ? [name] : [])));
    const told = [...names].flatMap((name) => (captured.has(name) ? [{ name, asked: captured.get(name)! }] : []));
    return told.length > 0 ? [{ place, told }] : [];
  });
}

/** A node that sends data, as opposed to a lookup. */
export function sendsData({ node, config }: CheckedNode): boolean {
  if (sortOf(node.type).sends !== true || node.enabled === false) return false;
  const { method, action, operation } = config as { method?: unknown; action?: unknown; operation?: unknown };
  return ![method, action, operation].some((each) => typeof each === "string" && looking.test(each));
}

/** Whether anything is sent on the path after a hang-up. */
function sentAfterHangup({ all, graph }: CheckContext): boolean {
  const roots = all.flatMap(({ node, graph: own, facts }, place) =>
    node.type === "on-hangup" && own.part === null && node.enabled !== false ? [place] : facts.hangupExits.map((exit) => graph.exit(place, exit)),
  );
  const after = reach(graph.forward, roots);
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

/** «On hang-up» with a copy of the node that sends, and the end behind it. */
function sendToo(context: CheckContext, node: CheckedNode): Fix[] {
  if (node.graph.part !== null || context.all.some((each) => each.node.type === "on-hangup" && each.graph.part === null)) return [];
  const end = Object.entries(node.graph.nodes).find(([, each]) => each.type === "hangup" && Object.keys(each.exits).length === 0)?.[0];
  const start = freeId(node.graph, "on-hangup");
  const copy = freeId(node.graph, `${localId(node).slice(0, 30)}-hangup`);
  if (end === undefined || node.facts.results.length > 0) return [];
  const exits = Object.fromEntries([...node.exits, "error"].map((exit) => [exit, end]));
  return [
    {
      title: { ru: "Добавить «Если положили трубку» с такой же отправкой", en: 'Add an "On hang-up" node that sends it too' },
      edits: [
        ...addNode(node.graph, start, { type: "on-hangup", config: {}, exits: { next: copy } }, localId(node)),
        ...addNode(node.graph, copy, { type: node.node.type, config: node.node.config, exits }, localId(node)),
      ],
    },
  ];
}
