import { describe, expect, test } from "vitest";
import { callFacts, type CallFacts } from "../../flows/reports/call-facts.ts";
import { outcomeTitle, reasonTitle } from "../../flows/reports/titles.ts";
import type { JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { libraryCalls } from "./library-calls.ts";

/** A flow whose nodes stand where a call may pass; how they are wired does not matter to the count. */
const flowOf = (marks: Record<string, string> = {}, kind: Flow["kind"] = "ivr"): Flow => {
  const nodes: Record<string, { type: string; config: Record<string, unknown> }> = {
    ask: {
      type: "menu",
      config: {
        prompt: "p",
        choices: [
          { key: "1", value: "hours", label: { ru: "Часы", en: "Hours" } },
          { key: "2", value: "sales" },
        ],
      },
    },
    second: { type: "menu", config: { prompt: "p", choices: [{ key: "1", value: "same" }] } },
    greet: {
      type: "step",
      config: {
        say: "p",
        answers: [
          { value: "yes", label: "yes" },
          { value: "no", label: "no" },
        ],
      },
    },
    lone: { type: "step", config: { say: "p", answers: [] } },
    told: { type: "milestone", config: { name: "told" } },
    bought: { type: "milestone", config: { name: "bought" } },
    line: { type: "queue", config: { queue: "sales" } },
    desk: { type: "transfer", config: { target: "100" } },
    later: { type: "callback", config: {} },
    wrap: { type: "wrap-up", config: { options: [{ value: "done", label: "done" }] } },
  };
  const marked = Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { ...node, exits: {}, ...(marks[id] ? { analytics: marks[id] } : {}) }]));
  const document = {
    sufler: 2,
    id: "f",
    kind,
    title: { ru: "f" },
    languages: ["ru"],
    outcomes: ["done"],
    prompts: { p: { ru: "?" }, yes: { ru: "Да" }, no: { ru: "Нет" }, done: { ru: "Сделано" } },
    start: "ask",
    nodes: marked,
  };
  return parseFlow(document).flow!;
};

/** "ask:1 line:- told:next" as a journal; "-" is a visit that the end cut off, "!" that the caller was joined there, "<ask" a step back. */
function journalOf(way: string, ended = "flow", outcome: string | null = null): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const word of way.split(" ").filter(Boolean)) {
    const [node = "", exit = ""] = word.replace("<", "").split(":");
    lines.push(word.startsWith("<") ? { at: 0, node, kind: "note", data: { back: true } } : { at: 0, node, kind: "entered" });
    if (exit.startsWith("!")) lines.push({ at: 0, node: "", kind: "stimulus", data: { type: "connected", id: `${node}#1` } });
    if (!/^[-!]$/.test(exit)) lines.push({ at: 0, node, kind: "left", data: { exit: exit.replace("!", "") } });
  }
  return [...lines, { at: 0, node: "", kind: "end", data: { ended, outcome } }];
}

/** What a supervisor would say of conversations of the library. */
const library = new Map(["main-menu", "first-line"].map((template) => [template, libraryCalls(template)]));

type Case = [
  what: string,
  way: string,
  expected: Partial<CallFacts>,
  more?: { ended?: string; outcome?: string; marks?: Record<string, string>; kind?: Flow["kind"] },
];
const hung = { ended: "caller-hangup" };
const told = { marks: { told: "goal" } };
const cases: Case[] = [
  ["goal in the menu", "ask:1 told:next", { way: "deflected", goal: true, reason: "ask:1" }, told],
  ["goal, then hung up", "ask:1 told:next ask:-", { way: "deflected", goal: true }, { ...told, ...hung }],
  ["goal, then a person all the same", "ask:1 told:next line:answered", { way: "person", goal: true }, told],
  ["any outcome is a goal where none is marked", "ask:1", { way: "deflected", goal: true }, { outcome: "done" }],
  ["an outcome after a hang-up is none", "ask:-", { way: "left", goal: false, reason: null }, { ...hung, outcome: "done" }],
  ["an outcome is no goal where goals are marked", "ask:1", { way: "other", goal: false }, { ...told, outcome: "done" }],
  ["queue answered", "ask:2 line:answered", { way: "person" }],
  ["hung up while talking: the node is never left", "ask:2 desk:!", { way: "person" }, hung],
  ["hung up while it rang", "ask:2 desk:-", { way: "abandoned" }, hung],
  ["hung up back in the menu after a queue in vain", "ask:2 line:timeout ask:-", { way: "abandoned" }, hung],
  ["nobody answered, then an apology", "ask:2 desk:noAnswer", { way: "later" }],
  ["a callback is a person later, marked as a goal or not", "ask:2 later:scheduled", { way: "later", goal: true }, { outcome: "done" }],
  ["a goal after a queue in vain, then hung up", "line:timeout told:next ask:-", { way: "later", goal: true }, { ...told, ...hung }],
  ["hung up in the menu", "ask:1 second:-", { way: "left", reason: "ask:1" }, hung],
  ["closed by the flow", "", { way: "other", goal: false, reason: null, outcome: null }],
  ["a fault", "ask:error", { way: "other", reason: null, ended: "fault" }, { ended: "fault" }],
  ["silent at the first question: a later answer is no reason", "ask:noInput second:1", { reason: null }],
  ["asked again after silence", "ask:invalid ask:2 second:1", { reason: "ask:2" }],
  ["a caller's first answer counts", "ask:1 ask:2", { reason: "ask:1" }],
  ["marked question, met later", "ask:1 second:1", { reason: "second:1" }, { marks: { second: "reason" } }],
  ["marked, never met", "ask:1", { reason: null }, { marks: { second: "reason" } }],
  ["a mark on a milestone is the reason itself", "ask:1 bought:next", { reason: "bought:next" }, { marks: { told: "reason", bought: "reason" } }],
  ["an operator's talk is a person's", "greet:yes", { way: "person", reason: "greet:yes" }, { kind: "script", outcome: "done" }],
  ["a step with one way on is no question", "lone:next greet:no", { reason: "greet:no" }, { kind: "script" }],
  ["an operator's last answer counts", "greet:yes lone:- <greet:no lone:next", { reason: "greet:no" }, { kind: "script" }],
  ["nodes of no document count for nothing", "ghost:1 ask:1", { reason: "ask:1" }],
];

describe("what is counted of one call", () => {
  test.each(cases)("%s", (_what, way, expected, { ended, outcome, marks, kind } = {}) => {
    expect(callFacts(flowOf(marks, kind), journalOf(way, ended, outcome ?? null))).toMatchObject(expected);
  });

  test("a call that no flow answered is refused; a journal that breaks off is a fault", () => {
    const refused: JournalLine[] = [{ at: 0, node: "", kind: "note", data: { refused: 486 } }, ...journalOf("", "flow", "blacklisted")];
    expect(callFacts(null, refused)).toEqual({ way: "refused", goal: false, reason: null, outcome: "blacklisted", ended: "flow" });
    expect(callFacts(flowOf(), [{ at: 0, node: "ask", kind: "entered" }])).toMatchObject({ ended: "fault", outcome: null, way: "other" });
    expect(callFacts(flowOf(), [])).toMatchObject({ ended: "fault" });
  });

  test("a call whose flow is lost still has its outcome and its person", () => {
    expect(callFacts(null, journalOf("ask:1 desk:!ok", "flow", "done"))).toMatchObject({ way: "person", reason: null, outcome: "done" });
    expect(callFacts(null, journalOf("ask:1", "caller-hangup"))).toMatchObject({ way: "left", reason: null });
  });

  test("titles: labels of choices, words of answers, titles of nodes; what this version does not have is null", () => {
    const flow = flowOf();
    expect(["ask:1", "ask:2", "greet:no", "told:next", "gone:1"].map((reason) => reasonTitle(flow, reason, "ru"))).toEqual([
      "Часы",
      "sales",
      "Нет",
      "Веха",
      null,
    ]);
    expect(reasonTitle(flow, "ask:1", "en")).toBe("Hours");
    expect([outcomeTitle(flow, "done", "ru"), outcomeTitle(flow, "left", "ru")]).toEqual(["Сделано", null]);
    expect(outcomeTitle(library.get("main-menu")!.flow, "self-served", "en")).toBe("End: self-served");
  });
});

test.each([
  ["main-menu", "01-hours-and-address.json", { way: "deflected", reason: "choose:1" }],
  ["main-menu", "04-sales-no-queues-yet.json", { way: "person", reason: "choose:2", outcome: "to-department" }],
  ["main-menu", "13-the-queue-is-full-call-this-number-back.json", { way: "later" }],
  ["first-line", "01-delivery.json", { way: "person", reason: "greet:delivery" }],
  ["first-line", "08-back-keeps-text.json", { reason: "greet:delivery" }],
])("%s, %s", (template, conversation, expected) => {
  const { flow, calls } = library.get(template)!;
  expect(callFacts(flow, calls.find(({ name }) => name === conversation)!.journal)).toMatchObject(expected);
});
