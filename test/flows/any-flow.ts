import fc from "fast-check";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Flow } from "../../flows/schema/flow.ts";

/** Random documents out of few names, so that two of them share, change, add and remove things of every sort. */
const nodeIds = ["a", "b", "c", "d", "e"];
const target = fc.constantFrom(...nodeIds, "nowhere");
const words = fc.constantFrom("один", "two", "");
const label = fc.oneof(words, fc.record({ ru: words, en: words }, { requiredKeys: [] }));
const exits = (names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, target])), { requiredKeys: [] });

const choice = fc.record({ key: fc.constantFrom("1", "2", "3"), value: words, label: words }, { requiredKeys: ["key"] });
const configs: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  say: fc.record({ prompt: fc.constantFrom("p", "q"), bargeIn: fc.boolean() }, { requiredKeys: ["prompt"] }),
  menu: fc.record({ choices: fc.array(choice, { maxLength: 3 }), attempts: fc.integer({ min: 1, max: 3 }), prompt: fc.constant("r") }, { requiredKeys: [] }),
  http: fc.record({ headers: fc.dictionary(fc.constantFrom("x", "y", "toString"), words), list: fc.array(fc.constantFrom(1, 2, "x", "y"), { maxLength: 3 }) }),
  unheard: fc.record({ any: fc.jsonValue({ maxDepth: 2 }) }),
};
const settings = { title: label, note: words, enabled: fc.boolean(), retries: fc.integer({ min: 0, max: 2 }), analytics: words };
const node = fc
  .constantFrom(...Object.keys(configs))
  .chain((type) =>
    fc.record(
      { type: fc.constant(type), config: configs[type]!, exits: exits(["next", "1", "2", "error", "toString"]), ...settings },
      { requiredKeys: ["type", "config", "exits"] },
    ),
  );
const place = fc.tuple(fc.constantFrom(0, 10, 20), fc.constantFrom(0, 10));
const graph = {
  start: fc.constantFrom(...nodeIds),
  nodes: fc.dictionary(fc.constantFrom(...nodeIds), node, { maxKeys: 4 }),
  layout: fc.dictionary(fc.constantFrom(...nodeIds), place, { maxKeys: 4 }),
};
const variable = fc.record(
  { type: fc.constantFrom("string", "list"), title: fc.constant({ ru: "и" }), required: fc.boolean(), default: fc.jsonValue() },
  { requiredKeys: ["type"] },
);
const prompt = fc.oneof(words, fc.record({ text: words, audio: fc.constantFrom("a".repeat(64), "b".repeat(64)) }, { requiredKeys: [] }));
const subset = (items: string[], minLength = 0) => fc.shuffledSubarray(items, { minLength });

export const anyFlow: fc.Arbitrary<Flow> = fc
  .record(
    {
      sufler: fc.constant(2),
      id: fc.constantFrom("one", "two"),
      kind: fc.constantFrom("ivr", "script"),
      title: fc.record({ ru: words, en: words }, { requiredKeys: [] }),
      description: fc.constant({ en: "d" }),
      tags: subset(["x", "y", "z"]),
      languages: subset(["ru", "en"], 1),
      inputs: fc.dictionary(fc.constantFrom("i", "j", "k"), variable, { maxKeys: 3 }),
      variables: fc.dictionary(fc.constantFrom("v", "w"), variable, { maxKeys: 2 }),
      outcomes: subset(["done", "left", "lost"]),
      prompts: fc.dictionary(fc.constantFrom("p", "q", "r"), fc.record({ ru: prompt, en: prompt }, { requiredKeys: [] }), { maxKeys: 3 }),
      parts: fc.dictionary(
        fc.constantFrom("m", "n"),
        fc.record({ title: fc.constantFrom({ ru: "часть" }, { ru: "другая" }), ...graph }, { requiredKeys: ["start", "nodes", "layout"] }),
        { maxKeys: 2 },
      ),
      ...graph,
    },
    { noNullPrototype: true, requiredKeys: ["sufler", "id", "kind", "title", "languages", "start", "nodes"] },
  )
  .map((document) => {
    const { flow, issues } = parseFlow(JSON.parse(JSON.stringify(document)) as object);
    if (!flow) throw new Error(JSON.stringify(issues));
    return flow;
  });

const rooms = ["title", "tags", "languages", "inputs", "variables", "outcomes", "prompts", "start", "nodes", "parts", "layout"] as const;

/** A flow with some of its places taken from another one: a version that somebody edited. */
export const edited = (flow: Flow): fc.Arbitrary<Flow> =>
  fc.tuple(anyFlow, fc.subarray([...rooms]), fc.infiniteStream(fc.boolean())).map(([other, chosen, coins]) => {
    const heads = () => coins.next().value === true;
    const mixed = (mine: unknown, its: unknown): unknown => {
      if (!isRecord(mine) || !isRecord(its)) return heads() ? mine : its;
      const keys = [...new Set([...Object.keys(mine), ...Object.keys(its)])];
      return Object.fromEntries(keys.map((key) => [key, mixed(own(mine, key), own(its, key))]).filter(([, value]) => value !== undefined));
    };
    const changes = Object.fromEntries(chosen.map((room) => [room, mixed(flow[room], other[room])]).filter(([, value]) => value !== undefined));
    return parseFlow({ ...flow, ...changes }).flow ?? flow;
  });

/** Two versions of one flow that two people edited. */
export const versions = anyFlow.chain((base) => fc.record({ base: fc.constant(base), ours: edited(base), theirs: edited(base) }));

const own = (record: Record<string, unknown>, key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
