import fc from "fast-check";

/** Random ivr flows: any nodes, any wiring, some of it missing or wrong. */
const ids = ["a", "b", "c", "d", "e", "f"];
const target = fc.constantFrom(...ids, "nowhere");
const exits = (names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, target])), { requiredKeys: [] });
const node = (type: string, config: fc.Arbitrary<object>, names: string[]) =>
  fc.record({ type: fc.constant(type), config, exits: exits([...names, "error", "hangup"]) });

const anyNode = fc.oneof(
  node("say", fc.record({ prompt: fc.constantFrom("p", "q"), bargeIn: fc.boolean() }), ["next"]),
  node(
    "menu",
    fc.record({
      prompt: fc.constant("p"),
      attempts: fc.integer({ min: 1, max: 3 }),
      saveAs: fc.constant("k"),
      choices: fc.constantFrom(
        [{ key: "1", value: "" }],
        [
          { key: "1", value: "x" },
          { key: "10", value: "y" },
          { key: "#", value: "" },
        ],
      ),
    }),
    ["1", "10", "#", "noInput", "invalid"],
  ),
  node(
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
  node("record", fc.record({ saveAs: fc.constant("m"), prompt: fc.constant("p") }), ["next", "noInput"]),
  node("condition", fc.record({ when: fc.constantFrom("true", "vars.n == '1'", "vars.nope", "1 +") }), ["yes", "no"]),
  node("set", fc.constant({ assign: [{ name: "n", value: "'1'" }] }), ["next"]),
  node("wait", fc.record({ seconds: fc.integer({ min: 1, max: 5 }) }), ["next"]),
  node("transfer", fc.record({ mode: fc.constantFrom("blind", "bridge"), target: fc.constant("100") }), ["ok", "busy", "noAnswer", "rejected"]),
  node("hangup", fc.record({ outcome: fc.constantFrom("done", "left") }), []),
  node("on-hangup", fc.constant({}), ["next"]),
  node("unknown-type", fc.constant({}), ["next"]),
);

export const randomFlow = fc.record({
  sufler: fc.constant(2),
  id: fc.constant("random"),
  kind: fc.constant("ivr"),
  title: fc.constant({}),
  languages: fc.constant(["ru"]),
  prompts: fc.constant({ p: { ru: "Текст" }, q: { ru: "{{ vars.n }} {{ inputs.none }}" } }),
  outcomes: fc.constant(["done", "left"]),
  start: fc.constantFrom(...ids),
  nodes: fc.record(Object.fromEntries(ids.map((id) => [id, anyNode])), { requiredKeys: ["a", "b"] }),
});
