import { nodeTypes } from "../../nodes/index.ts";
import type { Fix } from "../../schema/issue.ts";
import { byPlace } from "../by-place.ts";
import { reach } from "../call-graph.ts";
import { addNode, freeId, localId, wire } from "../fixes/places.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";
import { circles } from "../circles.ts";
import { isInstant } from "../instant.ts";
import { canEnd } from "./no-path-to-end.ts";

/** A cycle of nodes that never wait would spin forever. Reported once per cycle, at its first node. */
export const silentCycle: FlowRule = {
  code: "silent-cycle",
  severity: "error",
  needs: ["shape", "wires", "looks", "head"],
  check(context) {
    const { graph, all } = context;
    const instant = instantPlaces(context);
    // Without parts, a silent cycle lies within one of the known cycles of the flow.
    const around = players(context).length === 0 ? circles(graph.next) : null;
    if (around && !all.some((_node, place) => instant[place] === 1 && graph.local[place]!.some((to) => instant[to] === 1 && around[to] === around[place])))
      return [];
    const next = graph.local.map((list, place) => (instant[place] === 1 ? list.filter((to) => instant[to] === 1) : nowhere));
    const circle = circles(next);
    const told = new Set<number>();
    const found = next.flatMap((list, place) => {
      const own = circle[place]!;
      if (told.has(own) || !list.some((to) => circle[to] === own)) return [];
      told.add(own);
      return [place];
    });
    return found.map((place) => ({
      node: all[place]!.id,
      message: {
        ru: "круг без ожидания: звонок зациклится. Вставьте в круг вопрос, фразу или паузу",
        en: "this loop never waits, so the call would spin: add a question, a prompt or a wait",
      },
      fixes: pause(context, place, next, circle),
    }));
  },
};

const nowhere: readonly number[] = [];

/** Inserts a one-second wait after this node if the cycle is a single ring with one exit along it. */
function pause(context: CheckContext, place: number, next: readonly (readonly number[])[], circle: Int32Array): Fix[] {
  const { flow, all } = context;
  const node = all[place]!;
  const on = (from: number) => next[from]!.filter((to) => circle[to] === circle[place]);
  const ring = next.every((_list, from) => circle[from] !== circle[place] || on(from).length === 1);
  const to = on(place)[0];
  if (!ring || to === undefined || canEnd(context)[place] !== 1 || !nodeTypes["wait"]!.kinds.includes(flow.kind) || node.node.enabled === false) return [];
  const exits = Object.keys(node.node.exits).filter((exit) => node.node.exits[exit] === localId(all[to]!));
  if (exits.length !== 1) return [];
  const id = freeId(node.graph, "pause");
  const wait = { type: "wait", config: { seconds: 1 }, exits: { next: localId(all[to]!) } };
  const title = { ru: "Вставить паузу в секунду", en: "Insert a one-second wait" };
  return [{ title, edits: [...addNode(node.graph, id, wait, localId(node)), wire(node, exits[0]!, id)] }];
}

/**
 * Nodes that are passed without waiting. A loop counts its iterations and stops. The content of another flow is unknown: it is
 * assumed to wait. A part is passed without waiting if some path through it is.
 */
function instantPlaces(context: CheckContext): Uint8Array {
  const { all, graph } = context;
  const instant = context.kept("instant", ["shape"], () => byPlace(new Uint8Array(all.length), all, (node) => (isInstant(node) ? 1 : 0))).slice();
  if (players(context).length === 0) return instant;
  // A missing part is left by `error` at once.
  const quick = new Set(all.flatMap(({ facts }) => facts.graphs.flatMap(({ part }) => (part !== undefined && graph.startOf(part) < 0 ? [part] : []))));
  // Parts inside parts become known from the inside out; each round finds at least one more.
  const mark = () => {
    for (const place of players(context)) if (instant[place] === 0 && isQuick(all[place]!, quick)) instant[place] = 1;
  };
  mark();
  for (let changed = true; changed;) {
    changed = false;
    for (const { part } of context.graphs) {
      if (part === null || quick.has(part)) continue;
      const start = graph.startOf(part);
      const passed = start < 0 ? null : reach(graph.local, [start], (place) => instant[place] === 1);
      if (!passed || !all.some((node, place) => passed[place] === 1 && leavesPart(context, node, place))) continue;
      quick.add(part);
      changed = true;
    }
    mark();
  }
  return instant;
}

const players = ({ all, kept }: CheckContext): number[] =>
  kept("players", ["shape"], () => all.flatMap(({ facts }, place) => (facts.graphs.length > 0 ? [place] : [])));

/** A race ends with its fastest branch, everything else with its slowest. */
function isQuick({ node, facts }: PlacedNode, quick: ReadonlySet<string>): boolean {
  const fast = ({ part }: { part?: string | undefined }) => part !== undefined && quick.has(part);
  return node.type === "race" ? facts.graphs.some(fast) : facts.graphs.every(fast);
}

/** The end of a part, or an unconnected exit, where the part ends with `error`. */
const leavesPart = ({ graph }: CheckContext, { node, facts }: PlacedNode, place: number): boolean =>
  node.type === "finish" || (!facts.definition?.final && facts.exits.some((exit) => graph.exit(place, exit) < 0));
