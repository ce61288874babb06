import type { Fix } from "../../schema/issue.ts";
import type { ValueType } from "../../schema/values.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";
import { eachRead } from "../variable-reads.ts";
import { circles } from "../circles.ts";

/** Nodes that put names of another flow's result into the variables: which ones is not known here. */
const wild = new Set(["run-flow", "connect-operator", "dial"]);

/** A variable that is read where nothing can have set it yet: it is empty there, whatever the caller did. */
export const variableBeforeSet: FlowRule = {
  code: "variable-before-set",
  severity: "warning",
  needs: ["shape", "names", "reads", "plays", "texts", "head"],
  check(context) {
    const watched = watchedNames(context);
    if (watched.size === 0) return [];
    const reads = context.all.flatMap((node, place) => {
      if (context.reachable[place] !== 1) return [];
      return namesRead(context, node, watched).map((name) => ({ node, place, name }));
    });
    if (reads.length === 0) return [];
    const set = possiblySet(context, new Map([...new Set(reads.map(({ name }) => name))].map((name, index) => [name, index])));
    return reads
      .filter(({ place, name }) => !set(place, name))
      .map(({ node, name }) => ({
        node: node.id,
        message: {
          ru: `«${name}» здесь ещё пусто: ни один путь сюда его не задаёт. Задайте раньше или дайте значение по умолчанию`,
          en: `"${name}" is still empty here: no path to this node sets it. Set it earlier or give it a default`,
        },
        fixes: giveDefault(context, name),
      }));
  },
};

/** Watched names that a node reads as they are; what it writes itself is its own matter. */
function namesRead(context: CheckContext, node: PlacedNode, watched: ReadonlySet<string>): string[] {
  const names: string[] = [];
  eachRead(context, node, ({ root, name, careful }) => {
    if (root !== "vars" || name === null || careful || !watched.has(name) || names.includes(name)) return;
    if (node.facts.results.every((item) => item.name !== name)) names.push(name);
  });
  return names;
}

/** Variables that some node writes, and that have no value from the beginning. */
function watchedNames({ all, flow, reachable, nodes }: CheckContext): Set<string> {
  const names = new Set<string>();
  if (nodes.some(({ node }) => wild.has(node.type))) return names;
  all.forEach(({ facts }, place) => {
    if (reachable[place] !== 1) return;
    for (const { name } of facts.results) {
      const declared = Object.hasOwn(flow.variables, name) ? flow.variables[name] : undefined;
      if (declared?.default === undefined) names.add(name);
    }
  });
  return names;
}

/** For each place, the variables that something on a way to it can have set. One pass over the circles in order. */
function possiblySet(context: CheckContext, names: ReadonlyMap<string, number>): (place: number, name: string) => boolean {
  const { graph, all } = context;
  const circle = circles(graph.next);
  const words = (names.size >> 5) + 1;
  const count = circle.reduce((most, each) => Math.max(most, each), -1) + 1;
  const bits = new Int32Array(count * words);
  const members = byCircle(circle, count);
  const mark = (own: number, name: string) => {
    const bit = names.get(name);
    if (bit !== undefined) bits[own * words + (bit >> 5)]! |= 1 << (bit & 31);
  };
  // Circles are numbered from the ends back: the highest come first on every way.
  for (let own = count - 1; own >= 0; own--) {
    for (const place of members(own)) {
      if (place < all.length) for (const { name } of all[place]!.facts.results) mark(own, name);
    }
    for (const place of members(own)) {
      for (const to of graph.next[place]!) {
        const next = circle[to]!;
        if (next !== own) for (let word = 0; word < words; word++) bits[next * words + word]! |= bits[own * words + word]!;
      }
    }
  }
  const rooted = anywhere(context);
  return (place, name) => {
    const bit = names.get(name)!;
    return rooted[place] === 1 || (bits[circle[place]! * words + (bit >> 5)]! & (1 << (bit & 31))) !== 0;
  };
}

/** Places of each circle, sorted by counting. */
function byCircle(circle: Int32Array, count: number): (own: number) => Int32Array {
  const from = new Int32Array(count + 1);
  for (const own of circle) from[own + 1]!++;
  for (let own = 0; own < count; own++) from[own + 1]! += from[own]!;
  const sorted = new Int32Array(circle.length);
  const at = from.slice();
  circle.forEach((own, place) => (sorted[at[own]!++] = place));
  return (own) => sorted.subarray(from[own], from[own + 1]);
}

/** Places behind «On hang-up» and «On error»: a call comes there from anywhere, with anything set. */
function anywhere({ all, graph }: CheckContext): Uint8Array {
  const seen = new Uint8Array(all.length);
  const queue = all.flatMap(({ facts }, place) => (facts.definition?.root ? [place] : []));
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (seen[place] === 1) continue;
    seen[place] = 1;
    queue.push(...graph.forward[place]!);
  }
  return seen;
}

const empty: Partial<Record<ValueType, unknown>> = { string: "", number: 0, boolean: false };

/** An empty value of its type from the beginning. */
function giveDefault({ flow, nodes }: CheckContext, name: string): Fix[] {
  const declared = Object.hasOwn(flow.variables, name) ? flow.variables[name] : undefined;
  const types = new Set(nodes.flatMap(({ facts }) => facts.results.flatMap((item) => (item.name === name ? [item.type] : []))));
  const [type] = declared ? [declared.type] : types;
  if (type === undefined || (!declared && types.size > 1) || !(type in empty)) return [];
  const value = empty[type];
  const title = { ru: `Начать с «${name} = ${JSON.stringify(value)}»`, en: `Begin with ${name} = ${JSON.stringify(value)}` };
  return [{ title, edits: [{ set: ["variables", name], to: { ...declared, type, default: value } }] }];
}
