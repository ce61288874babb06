import fc from "fast-check";
import { describe, expect, test } from "vitest";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };
import { changeGroups, changeKinds, type FlowChange } from "../../flows/diff/change.ts";
import { diffFlows } from "../../flows/diff/diff-flows.ts";
import { same } from "../../flows/diff/same.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow, versions } from "./any-flow.ts";
import { placesOf, touches } from "./document-places.ts";

const flow = parseFlow(example).flow!;
type Change = (flow: Flow) => void;
const changed = (change: Change): Flow => {
  const copy = structuredClone(flow);
  change(copy);
  return parseFlow(copy).flow!;
};
const part = { start: "ask", nodes: { ask: { type: "say", config: { prompt: "hours" }, exits: {} } }, layout: {} };
const withPart =
  (ask: object = {}): Change =>
  (copy) =>
    void (copy.parts = { lookup: { ...part, nodes: { ask: { ...part.nodes.ask, ...ask } } } });

/** What somebody did → what the diff says: kind, place, and the Russian sentence. */
const cases: [title: string, change: Change, kind: string, place: string, says: string][] = [
  ["title", (f) => (f.title.en = "Hi"), "flow-title", "title.en", "Название сценария (en): было «Main menu», стало «Hi»"],
  ["kind", (f) => (f.kind = "script"), "flow-kind", "kind", "Вид сценария: было «ivr», стало «script»"],
  ["start", (f) => (f.start = "choose"), "flow-start", "start", "Начало: было greet, стало choose"],
  ["language", (f) => f.languages.pop(), "language-removed", "languages[en]", "Убран язык en"],
  ["tags", (f) => (f.tags = ["новое"]), "flow-setting", "tags", "Метки: теперь новое"],
  ["new node", (f) => (f.nodes["new"] = { type: "wait", config: {}, exits: {} }), "node-added", "nodes.new", "Добавлен узел new «Пауза»"],
  ["node gone", (f) => delete f.nodes["hours"], "node-removed", "nodes.hours", "Удалён узел hours «Сказать»"],
  ["type", (f) => (f.nodes["hours"]!.type = "play"), "node-type", "nodes.hours.type", "hours «Проиграть»: вид узла был «Сказать», стал «Проиграть»"],
  ["node title", (f) => (f.nodes["bye"]!.title = "Пока"), "node-title", "nodes.bye.title", "bye «Пока», название: теперь «Пока»"],
  ["off", (f) => (f.nodes["bye"]!.enabled = false), "node-enabled", "nodes.bye.enabled", "bye «Сказать»: узел выключен"],
  ["note", (f) => (f.nodes["bye"]!.note = "x"), "node-setting", "nodes.bye.note", "bye «Сказать», Примечание: теперь «x»"],
  ["field", (f) => (f.nodes["choose"]!.config["attempts"] = 2), "node-config", "nodes.choose.config.attempts", "choose «Меню», Попыток: было 3, стало 2"],
  [
    "item of a list",
    (f) => void (f.nodes["choose"]!.config["choices"] = [{ key: "1", value: "when" }]),
    "node-config",
    "nodes.choose.config.choices[1].value",
    "choose «Меню», Выбор [1] → Значение: было «hours», стало «when»",
  ],
  ["exit rewired", (f) => (f.nodes["choose"]!.exits["1"] = "bye"), "exit-rewired", "nodes.choose.exits.1", "choose «Меню»: выход 1 вёл в hours, теперь в bye"],
  ["exit added", (f) => (f.nodes["choose"]!.exits["error"] = "bye"), "exit-added", "nodes.choose.exits.error", "choose «Меню»: выход error теперь ведёт в bye"],
  [
    "exit removed",
    (f) => delete f.nodes["choose"]!.exits["1"],
    "exit-removed",
    "nodes.choose.exits.1",
    "choose «Меню»: выход 1 больше никуда не ведёт, вёл в hours",
  ],
  ["text", (f) => (f.prompts["sorry"]!.ru = "Пока."), "prompt-changed", "prompts.sorry.ru", "Текст sorry (ru): было «До свидания.», стало «Пока.»"],
  ["text gone", (f) => delete f.prompts["sorry"]!.en, "prompt-removed", "prompts.sorry.en", "Убран текст sorry (en): «Goodbye.»"],
  ["text new", (f) => (f.prompts["x"] = { ru: "Да" }), "prompt-added", "prompts.x.ru", "Новый текст x (ru): «Да»"],
  ["input", (f) => delete f.inputs["company"]!.required, "input-changed", "inputs.company.required", "Поле для заполнения company.required: убрано, было да"],
  ["variable", (f) => (f.variables["n"] = { type: "number" }), "variable-added", "variables.n", "Добавлена переменная n"],
  ["outcome", (f) => f.outcomes.push("lost"), "outcome-added", "outcomes[lost]", "Добавлен итог lost"],
  ["order of outcomes", (f) => f.outcomes.reverse(), "outcomes-order", "outcomes", "Порядок итогов: было served, left, стало left, served"],
  ["part", withPart(), "part-added", "parts.lookup", "Добавлена часть lookup, узлов: 1"],
];

test.each(cases)("%s", (_title, change, kind, place, says) => {
  const { changes, moved, isEmpty } = diffFlows(flow, changed(change));
  expect(moved).toEqual([]);
  expect(isEmpty).toBe(false);
  expect(changes).toMatchObject([{ kind, place, message: { ru: says } }]);
});

test("nodes of a part are told like the others, by their path", () => {
  const { changes } = diffFlows(changed(withPart()), changed(withPart({ config: { prompt: "sorry" }, exits: { next: "ask" } })));
  expect(changes).toMatchObject([
    { kind: "node-config", place: "parts.lookup.nodes.ask.config.prompt", node: "lookup/ask", before: "hours", after: "sorry" },
    { kind: "exit-added", place: "parts.lookup.nodes.ask.exits.next", node: "lookup/ask" },
  ]);
});

test("a moved card is listed apart, and nothing about the call differs", () => {
  const { changes, moved, isEmpty } = diffFlows(
    flow,
    changed((copy) => (copy.layout["bye"] = [1, 2])),
  );
  expect({ changes, isEmpty }).toEqual({ changes: [], isEmpty: false });
  expect(moved).toMatchObject([{ kind: "node-moved", node: "bye", before: [640, 160], after: [1, 2] }]);
});

describe("renames", () => {
  const renamed =
    (from: string, to: string): Change =>
    (copy) => {
      const name = (id: string) => (id === from ? to : id);
      const wired = Object.entries(copy.nodes).map(([id, node]) => [
        name(id),
        { ...node, exits: Object.fromEntries(Object.entries(node.exits).map(([exit, target]) => [exit, name(target)])) },
      ]);
      copy.nodes = Object.fromEntries(wired) as Flow["nodes"];
      copy.start = name(copy.start);
      copy.layout = Object.fromEntries(Object.entries(copy.layout).map(([id, place]) => [name(id), place]));
    };
  test.each(Object.keys(flow.nodes))("%s under another id is one change", (id) => {
    expect(diffFlows(flow, changed(renamed(id, "fresh"))).changes).toMatchObject([{ kind: "node-renamed", node: "fresh", before: id, after: "fresh" }]);
  });
  test("neighbours renamed together", () => {
    const after = changed((copy) => ["greet", "choose", "hours"].forEach((id) => renamed(id, `${id}-2`)(copy)));
    expect(diffFlows(flow, after)).toMatchObject({ changes: [{ before: "greet" }, { before: "choose" }, { before: "hours" }], moved: [] });
  });
  test("one that also says something else is a new node", () => {
    const after = changed((copy) => {
      renamed("bye", "farewell")(copy);
      copy.nodes["farewell"]!.config = { prompt: "hours" };
    });
    expect(new Set(diffFlows(flow, after).changes.map((change) => change.kind))).toEqual(new Set(["node-added", "node-removed", "exit-rewired"]));
  });
});

const whole = (path: string): boolean => /\.config\.\w|\.default$/.test(path);

/** The document with every part of it said, and with the ids the diff says are new. */
function plain(document: Flow, renames: FlowChange[]): unknown {
  const graph = (own: Pick<Flow, "nodes" | "start" | "layout">, prefix: string) => {
    const name = (id: string) => renames.find((each) => each.before === id && each.node === `${prefix}${String(each.after)}`)?.after ?? id;
    const keys = <T>(record: Record<string, T>) => Object.entries(record).map(([id, each]): [string, T] => [String(name(id)), each]);
    const nodes = keys(own.nodes).map(([id, node]) => [
      id,
      { ...node, enabled: node.enabled ?? true, exits: Object.fromEntries(Object.entries(node.exits).map(([exit, to]) => [exit, name(to)])) },
    ]);
    return { ...own, start: name(own.start), nodes: Object.fromEntries(nodes) as unknown, layout: Object.fromEntries(keys(own.layout)) };
  };
  const parts = Object.fromEntries(Object.entries(document.parts).map(([id, each]) => [id, graph(each, `${id}/`)]));
  const order = { inputs: Object.keys(document.inputs), variables: Object.keys(document.variables) };
  return { ...document, ...graph(document, ""), parts, order };
}

describe("for any two versions", () => {
  const any = fc.oneof(
    fc.record({ a: anyFlow, b: anyFlow }),
    versions.map(({ base, ours }) => ({ a: base, b: ours })),
  );

  test("a flow does not differ from itself, however its keys stand", () => {
    const shuffled = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([k, v]) => [k, shuffled(v)]),
          )
        : value;
    fc.assert(
      fc.property(anyFlow, (a) => {
        const { inputs, variables, ...rest } = a;
        expect(diffFlows(a, { ...(shuffled(rest) as Flow), inputs, variables })).toEqual({ isEmpty: true, changes: [], moved: [] });
      }),
    );
  });

  test("every changed place is reported and no unchanged one is", () => {
    fc.assert(
      fc.property(any, ({ a, b }) => {
        const diff = diffFlows(a, b);
        const renames = diff.changes.filter((change) => change.kind === "node-renamed");
        const [before, after] = [placesOf(plain(a, renames), { whole, empties: true }), placesOf(plain(b, []), { whole, empties: true })];
        const differ = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !same(before.get(path), after.get(path)));
        const told = [...diff.changes, ...diff.moved]
          .filter((change) => !renames.includes(change))
          .map((change) => (change.kind.endsWith("s-order") && /input|variable/.test(change.kind) ? `order.${change.place}` : change.place));
        const ignored = (path: string) => isOrder(path, a, b) || isLayoutOfGone(path, a, b, renames);
        expect(differ.filter((path) => !ignored(path) && !told.some((place) => touches(path, place)))).toEqual([]);
        expect(told.filter((place) => !differ.some((path) => touches(path, place)))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("each entry is whole: a kind, a group, two sentences, and values that differ", () => {
    fc.assert(
      fc.property(any, ({ a, b }) => {
        const diff = diffFlows(a, b);
        expect(diff.isEmpty).toBe(diff.changes.length + diff.moved.length === 0);
        const all = [...diff.changes, ...diff.moved];
        expect(new Set(all.map((change) => `${change.kind} ${change.place}`)).size).toBe(all.length);
        for (const change of all) {
          expect(changeKinds).toContain(change.kind);
          expect(changeGroups).toContain(change.group);
          expect(same(change.before, change.after)).toBe(false);
          for (const text of [change.message.ru, change.message.en]) expect(text).toMatch(/^\S.*\S$/s);
          expect(`${change.message.ru}${change.message.en}`).not.toContain("undefined");
        }
      }),
    );
  });

  test("the other way round tells of the same places", () => {
    const turned: Record<string, string> = { added: "removed", removed: "added" };
    fc.assert(
      fc.property(any, ({ a, b }) => {
        const kinds = (from: Flow, to: Flow, turn: boolean) =>
          diffFlows(from, to)
            .changes.filter((change) => change.kind !== "node-renamed" && !change.kind.startsWith("exit"))
            .map((change) => change.kind.replace(/added|removed/, (word) => (turn ? turned[word]! : word)))
            .toSorted();
        expect(kinds(b, a, true)).toEqual(kinds(a, b, false));
      }),
    );
  });
});

/** Only the order of the names both have counts: what is added or removed is told by name. */
function isOrder(path: string, a: Flow, b: Flow): boolean {
  const room = path === "order.inputs" ? "inputs" : path === "order.variables" ? "variables" : null;
  if (!room) return false;
  const both = (flow: Flow, other: Flow) => Object.keys(flow[room]).filter((name) => name in other[room]);
  return same(both(a, b), both(b, a));
}

/** A node that came or went takes its place on the canvas with it. */
function isLayoutOfGone(path: string, a: Flow, b: Flow, renames: FlowChange[]): boolean {
  const [, part, id = ""] = /^(?:parts\.(\w+)\.)?layout(?:\.(\w+))?/.exec(path) ?? [];
  const graph = (flow: Flow) => (part ? flow.parts[part] : flow);
  if (!path.includes("layout")) return false;
  const layoutIds = id ? [id] : [...Object.keys(graph(a)?.layout ?? {}), ...Object.keys(graph(b)?.layout ?? {})];
  const had = (node: string) => node in (graph(a)?.nodes ?? {}) || renames.some((each) => each.after === node);
  return layoutIds.every((node) => had(node) !== node in (graph(b)?.nodes ?? {}));
}
