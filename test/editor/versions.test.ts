import { describe, expect, test } from "vitest";
import { cardsOf } from "../../editor/canvas/canvas-model.ts";
import { cardOf, firstSides, grouped, marksOf, sideOf } from "../../editor/versions/compare.ts";
import en from "../../editor/i18n/en.json" with { type: "json" };
import { changeGroups } from "../../flows/diff/change.ts";
import { diffFlows } from "../../flows/diff/diff-flows.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };

const row = (version: number) => ({ flow: "main-menu", version, note: "", publishedAt: version });
const part = { start: "ask", nodes: { ask: { type: "say", config: { prompt: "hours" }, exits: {} } }, layout: {} };
const plays = { type: "subflow", config: { part: "lookup" }, exits: {} };
const flow = parseFlow({ ...example, nodes: { ...example.nodes, lookup: plays }, parts: { lookup: part } }).flow!;
const changed = (change: (flow: Flow) => unknown): Flow => {
  const copy = structuredClone(flow);
  change(copy);
  return copy;
};

describe("sides", () => {
  test("first what is live, else the newest, against the draft; nothing before the first publication", () => {
    expect(firstSides([row(1), row(3), row(2)], 2)).toEqual({ from: 2, to: "draft" });
    expect(firstSides([row(1), row(3)], null)).toEqual({ from: 3, to: "draft" });
    expect(firstSides([], null)).toBeNull();
  });
  test("a choice of the list is a side", () => expect([sideOf("draft"), sideOf("12"), sideOf(null)]).toEqual(["draft", 12, "draft"]));
});

describe("what the canvas shows", () => {
  const now = changed((copy) => {
    copy.nodes["new"] = { type: "wait", config: {}, exits: {} };
    copy.nodes["choose"]!.exits["1"] = "new";
    copy.nodes["choose"]!.exits["error"] = "gone";
    copy.prompts["sorry"]!.ru = "Пока";
    copy.parts["lookup"]!.nodes["ask"]!.title = "Спросить";
    copy.layout["greet"] = [9, 9];
    copy.outcomes.push("lost");
    delete copy.nodes["hours"];
  });
  const diff = diffFlows(flow, now);

  test("new cards, other cards, the card that plays a text or a part; neither what moved nor what is gone", () => {
    expect(Object.fromEntries(marksOf(now, diff))).toEqual({ new: "added", choose: "changed", bye: "changed", lookup: "changed" });
    const cards = cardsOf(now, {
      language: "ru",
      opened: new Set(),
      problems: new Map(),
      overlay: { active: null, visits: [], changed: marksOf(now, diff) },
      exitLabel: (exit) => exit,
    });
    expect(["new", "choose", "greet"].map((id) => cards.get(id)!.data.changed)).toEqual(["added", "changed", null]);
  });
  test("a click goes to the card, or nowhere when there is none", () => {
    const cards = Object.fromEntries(diff.changes.map((change) => [change.place, cardOf(now, change)]));
    expect(cards).toMatchObject({
      "nodes.new": "new",
      "nodes.choose.exits.1": "choose",
      "prompts.sorry.ru": "bye",
      "parts.lookup.nodes.ask.title": "lookup",
      "nodes.hours": null,
      "outcomes[lost]": null,
    });
  });
  test("headings stand in one order and have words", () => {
    expect(grouped(diff).map(({ group }) => group)).toEqual(["nodes", "exits", "texts", "outcomes"]);
    expect(grouped(diff).flatMap(({ changes }) => changes)).toHaveLength(diff.changes.length);
    for (const group of changeGroups) expect(en).toHaveProperty([`compare.group.${group}`]);
  });
});
