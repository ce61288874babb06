import type { Fix } from "../../schema/issue.ts";
import type { ValueType } from "../../schema/values.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";
import { eachRead, readsOfFlow } from "../variable-reads.ts";
import { circles } from "../circles.ts";

/** Nodes that put names of another flow's result into the variables: which ones is not known here. */
const wild = new Set(["run-flow", "connect-operator", "dial"]);

/** A variable that is read before any path can have set it: it is always empty there. */
export const variableBeforeSet: FlowRule = {
  code: "variable-before-set",
  severity: "warning",
  needs: ["shape", "wires", "names", "reads", "plays", "texts", "head"],
  check(context) {
    const { reads, writers } = context.kept("variable-before-set", ["shape", "names", "reads", "plays", "texts", "head"], () => watched(context));
    const { all, reachable } = context;
    const written = new Set([...writers].flatMap(([name, places]) => (places.some((place) => reachable[place] === 1) ? [name] : [])));
    const read = reads.filter(({ place, name }) => reachable[place] === 1 && written.has(name));
    if (read.length === 0 || context.nodes.some(({ node }) => wild.has(node.type))) return [];
    const names = [...new Set(read.map(({ name }) => name))];
    const set = possiblySet(context, new Map(names.map((name) => [name, writers.get(name)!])));
    return read
      .filter(({ place, name }) => !set(place, name))
      .map(({ place, name }) => ({
        node: all[place]!.id,
        message: {
          ru: `«${name}» здесь ещё пусто: ни один путь сюда его не задаёт. Задайте раньше или дайте значение по умолчанию`,
          en: `"${name}" is empty here: no path to this node sets it. Set it earlier or give it a default`,
        },
        fixes: giveDefault(context, name),
      }));
  },
};

type Watched = { reads: { place: number; name: string }[]; writers: Map<string, number[]> };

/** Variables without an initial value that are read directly: where, and which nodes write them. */
function watched(context: CheckContext): Watched {
  const { all, flow } = context;
  const writers = new Map<string, number[]>();
  const { names } = readsOfFlow(context);
  all.forEach(({ facts }, place) => {
    for (const { name } of facts.results) {
      if (!names.has(`vars.${name}`)) continue;
      const declared = Object.hasOwn(flow.variables, name) ? flow.variables[name] : undefined;
      if (declared?.default !== undefined) continue;
      const places = writers.get(name);
      if (places) places.push(place);
      else writers.set(name, [place]);
    }
  });
  const reads: Watched["reads"] = [];
  for (let place = 0; place < all.length; place++) for (const name of namesRead(context, all[place]!, writers)) reads.push({ place, name });
  const readNames = new Set(reads.map(({ name }) => name));
  return { reads, writers: new Map([...writers].filter(([name]) => readNames.has(name))) };
}

const none: readonly string[] = [];

/** Watched names that a node reads directly; names it writes itself are ignored. */
function namesRead(context: CheckContext, node: PlacedNode, writers: ReadonlyMap<string, unknown>): readonly string[] {
  if (node.facts.reads.length + node.facts.prompts.length === 0) return none;
  const names: string[] = [];
  eachRead(context, node, ({ root, name, careful }) => {
    if (root !== "vars" || name === null || careful || !writers.has(name) || names.includes(name)) return;
    if (node.facts.results.every((item) => item.name !== name)) names.push(name);
  });
  return names;
}

/** For each place, the variables that some path to it can have set. One pass over the cycles in order. */
function possiblySet(context: CheckContext, writers: ReadonlyMap<string, readonly number[]>): (place: number, name: string) => boolean {
  const { graph } = context;
  const circle = circles(graph.next);
  const words = (writers.size >> 5) + 1;
  const count = circle.reduce((most, each) => Math.max(most, each), -1) + 1;
  const bits = new Int32Array(count * words);
  const bitOf = new Map([...writers.keys()].map((name, bit) => [name, bit]));
  for (const [name, places] of writers) {
    const bit = bitOf.get(name)!;
    for (const place of places) bits[circle[place]! * words + (bit >> 5)]! |= 1 << (bit & 31);
  }
  // Circles are numbered from the ends back: the highest come first on every way.
  const sorted = byCircle(circle, count);
  for (let index = sorted.length - 1; index >= 0; index--) {
    const own = circle[sorted[index]!]!;
    for (const to of graph.next[sorted[index]!]!) {
      const next = circle[to]!;
      if (next !== own) for (let word = 0; word < words; word++) bits[next * words + word]! |= bits[own * words + word]!;
    }
  }
  const rooted = anywhere(context);
  return (place, name) => {
    const bit = bitOf.get(name)!;
    return rooted[place] === 1 || (bits[circle[place]! * words + (bit >> 5)]! & (1 << (bit & 31))) !== 0;
  };
}

/** All places in the order of their circles, sorted by counting. */
function byCircle(circle: Int32Array, count: number): Int32Array {
  const from = new Int32Array(count + 1);
  for (const own of circle) from[own + 1]!++;
  for (let own = 0; own < count; own++) from[own + 1]! += from[own]!;
  const sorted = new Int32Array(circle.length);
  for (let place = 0; place < circle.length; place++) sorted[from[circle[place]!]!++] = place;
  return sorted;
}

/** Places after On hang-up and On error: a call arrives from anywhere, with any variables set. */
function anywhere({ all, graph }: CheckContext): Uint8Array {
  const seen = new Uint8Array(all.length);
  const queue: number[] = [];
  for (let place = 0; place < all.length; place++) if (all[place]!.facts.definition?.root) queue.push(place);
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
  const title = { ru: `Начать с «${name} = ${JSON.stringify(value)}»`, en: `Start with ${name} = ${JSON.stringify(value)}` };
  return [{ title, edits: [{ set: ["variables", name], to: { ...declared, type, default: value } }] }];
}
