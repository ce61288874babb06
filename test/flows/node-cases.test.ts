import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitsOf } from "../../flows/nodes/define-node.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { parseConversation } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** The cases of each node folder: the node "it" alone, every exit wired to an end of its own. */
type Case = {
  title: { ru: string; en: string };
  kind?: "ivr" | "script" | "strategy";
  config: Record<string, unknown>;
  /** Nodes around it, where the flow starts, and exits that lead elsewhere. */
  nodes?: Record<string, unknown>;
  /** Inner graphs of this flow, and other flows by id (their nodes, and what else differs). */
  parts?: Record<string, unknown>;
  flows?: Record<string, Record<string, unknown>>;
  start?: string;
  exits?: Record<string, string>;
  given?: Record<string, unknown>;
  talk: unknown[];
  expect: Record<string, unknown> & { exit?: string };
};

const prompts = {
  hello: { ru: "Здравствуйте, {{ inputs.?name.orValue('') }}!", en: "Hello, {{ inputs.?name.orValue('') }}!" },
  ask: { ru: "Вопрос?", en: "Question?" },
  silent: { ru: "Не слышу", en: "I hear nothing" },
  wrong: { ru: "Не то", en: "Wrong" },
  one: { ru: "Один", en: "One" },
  two: { ru: "Два", en: "Two" },
  broken: { ru: "{{ vars.nothing.at.all }}", en: "{{ vars.nothing.at.all }}" },
};

const inputs = Object.fromEntries(["name", "age", "sum", "id", "to"].map((name) => [name, { type: "map" }]));

const endId = (exit: string) => `end-${exit.replace(/[^A-Za-z0-9]/g, "x").toLowerCase()}`;

function flowAround(type: string, each: Case) {
  const definition = nodeTypes[type]!;
  const kind = each.kind ?? definition.kinds[0]!;
  const config = definition.config.parse(each.config);
  const names = definition.final ? [] : [...exitsOf(definition, config), "error"];
  const wired = { ...Object.fromEntries(names.map((exit) => [exit, endId(exit)])), ...each.exits };
  const end = (outcome: string) => (kind === "ivr" ? { type: "hangup", config: { outcome } } : { type: "finish", config: { outcome } });
  const ends = Object.fromEntries(
    names.map((exit) => [
      endId(exit),
      end(
        endId(exit)
          .slice(4)
          .replace(/^(?![a-z])/, "key-"),
      ),
    ]),
  );
  return parseFlow({
    sufler: 2,
    id: "case",
    kind,
    title: { en: type },
    languages: ["ru", "en"],
    prompts,
    inputs,
    outcomes: [],
    start: each.start ?? "it",
    nodes: { it: { type, config: each.config, exits: wired }, ...ends, ...each.nodes },
    parts: each.parts ?? {},
  });
}

/** The other flows of a case, by id. */
function flowsOf(each: Case) {
  const common = { sufler: 2, kind: each.kind ?? "ivr", title: {}, languages: ["ru", "en"], prompts, outcomes: [] };
  return (id: string) => (each.flows?.[id] ? parseFlow({ ...common, id, ...each.flows[id] }).flow : null);
}

const folder = join(import.meta.dirname, "..", "..", "flows", "nodes");
for (const type of readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)) {
  const { cases } = JSON.parse(readFileSync(join(folder, type, "cases.json"), "utf8")) as { cases: Case[] };
  describe(type, () => {
    test.each(cases.map((each) => [each.title.en, each] as const))("%s", (_title, each) => {
      const { flow, issues } = flowAround(type, each);
      expect(issues).toEqual([]);
      const { exit, ...expected } = each.expect;
      const conversation = parseConversation({
        title: each.title,
        given: each.given ?? {},
        talk: each.talk,
        expect: { ...expected, ...(exit ? { exits: { it: exit } } : {}) },
      });
      if ("error" in conversation) throw new Error(conversation.error);
      expect(runConversation(flow!, conversation.conversation, { find: flowsOf(each) }).failures).toEqual([]);
    });
  });
}
