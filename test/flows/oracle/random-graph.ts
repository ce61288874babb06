import fc from "fast-check";

/** Random ivr flows with inner graphs: any nodes, any wiring, some of it missing or wrong. */
const rootIds = ["a", "b", "c", "d", "e", "f"];
const partIds = ["p", "q"];

type Graph = { ids: string[]; parts: string[]; root: boolean };

const exits = (ids: string[], names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...ids, "nowhere")])), { requiredKeys: [] });

function node({ ids }: Graph, type: string, config: fc.Arbitrary<object>, names: string[], hangup = true) {
  return fc.record(
    { type: fc.constant(type), config, exits: exits(ids, [...names, "error", ...(hangup ? ["hangup"] : [])]), retries: fc.integer({ min: 1, max: 2 }) },
    { requiredKeys: ["type", "config", "exits"] },
  );
}

const choices = fc.constantFrom(
  [{ key: "1", value: "" }],
  [
    { key: "1", value: "x" },
    { key: "10", value: "y" },
    { key: "#", value: "" },
  ],
);

function anyNode(graph: Graph) {
  const part = fc.constantFrom(...graph.parts, "lost");
  const branches = fc.tuple(part, part).map(([one, two]) => [
    { name: "one", part: one },
    { name: "two", part: two },
  ]);
  const outcomes = fc.constantFrom([], [{ exit: "done" }]);
  const common = [
    node(graph, "say", fc.record({ prompt: fc.constantFrom("p", "broken"), bargeIn: fc.boolean() }), ["next"]),
    node(graph, "menu", fc.record({ prompt: fc.constant("p"), attempts: fc.integer({ min: 1, max: 2 }), saveAs: fc.constant("k"), choices }), [
      "1",
      "10",
      "#",
      "noInput",
      "invalid",
    ]),
    node(
      graph,
      "collect-digits",
      fc.record({
        prompt: fc.constant("p"),
        saveAs: fc.constant("n"),
        min: fc.integer({ min: 0, max: 2 }),
        max: fc.integer({ min: 1, max: 4 }),
        attempts: fc.integer({ min: 1, max: 2 }),
      }),
      ["ok", "noInput", "invalid"],
    ),
    node(graph, "condition", fc.record({ when: fc.constantFrom("true", "vars.n == '1'", "vars.nope", "1 +") }), ["yes", "no"]),
    node(graph, "set", fc.constant({ assign: [{ name: "n", value: "'1'" }] }), ["next"]),
    node(graph, "loop", fc.record({ times: fc.integer({ min: 1, max: 3 }) }), ["again", "done"]),
    node(graph, "goto", fc.record({ node: fc.constantFrom(...graph.ids, "nowhere") }), []),
    node(graph, "outcome", fc.constant({ outcome: "set" }), ["next"]),
    node(graph, "wait", fc.record({ seconds: fc.integer({ min: 1, max: 5 }) }), ["next"]),
    node(graph, "http", fc.constant({ service: "s", url: "https://s.example/" }), ["ok", "clientError", "serverError", "timeout"]),
    node(graph, "transfer", fc.record({ mode: fc.constantFrom("blind", "bridge"), target: fc.constant("100"), saveAs: fc.constant("t") }), [
      "ok",
      "busy",
      "noAnswer",
      "rejected",
      "abandoned",
    ]),
    node(graph, "subflow", fc.record({ part, outcomes }), ["done", "next"], false),
    node(graph, "parallel", fc.record({ branches }), ["next"], false),
    node(graph, "race", fc.record({ branches, outcomes }), ["done", "next"], false),
    node(graph, "hangup", fc.record({ outcome: fc.constantFrom("done", "left") }), []),
    node(graph, "unknown-type", fc.constant({}), ["next"]),
  ];
  const own = graph.root
    ? [
        node(graph, "on-hangup", fc.constant({}), ["next"]),
        node(graph, "on-error", fc.record({ times: fc.integer({ min: 1, max: 2 }), codes: fc.constantFrom([], [{ code: "expression" }]) }), ["next"]),
      ]
    : [node(graph, "finish", fc.record({ outcome: fc.constantFrom("done", "other") }), []), node(graph, "finish", fc.constant({ outcome: "done" }), [])];
  return fc.oneof(...common, ...own);
}

const graph = (of: Graph, required: string[]) => fc.record(Object.fromEntries(of.ids.map((id) => [id, anyNode(of)])), { requiredKeys: required });
const part = (parts: string[]) => fc.record({ start: fc.constantFrom("x", "y"), nodes: graph({ ids: ["x", "y", "z"], parts, root: false }, ["x"]) });

export const randomGraph = fc.record({
  sufler: fc.constant(2),
  id: fc.constant("random"),
  kind: fc.constant("ivr"),
  title: fc.constant({}),
  languages: fc.constant(["ru"]),
  prompts: fc.constant({ p: { ru: "Текст" }, broken: { ru: "{{ vars.nope }}" } }),
  start: fc.constantFrom(...rootIds),
  nodes: graph({ ids: rootIds, parts: partIds, root: true }, ["a", "b"]),
  parts: fc.record({ p: part(partIds), q: part(["q"]) }),
});
