import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conflictKinds, type MergeConflict } from "../../flows/diff/conflict.ts";
import { diffFlows } from "../../flows/diff/diff-flows.ts";
import { mergeFlows } from "../../flows/diff/merge-flows.ts";
import { same } from "../../flows/diff/same.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow, versions } from "./any-flow.ts";
import { placesOf, touches } from "./document-places.ts";
import { base, conflicting, disjoint, edited, type Edit } from "./merge-cases.ts";

const merge = (ours: Edit, theirs: Edit) => mergeFlows(base, edited(ours), edited(theirs));

describe("edits of different places", () => {
  const names = Object.keys(disjoint);
  test.each(names)("%s, with every other one", (one) => {
    for (const other of names.filter((name) => name !== one)) {
      const [a, b] = [disjoint[one]!, disjoint[other]!];
      const { flow, conflicts } = merge(a, b);
      expect(conflicts, other).toEqual([]);
      expect(
        diffFlows(edited(a, b), flow).changes.filter((change) => !change.kind.endsWith("order")),
        other,
      ).toEqual([]);
      expect(merge(b, a).flow, other).toEqual(flow);
    }
  });
  test("all of them at once, half by us and half by them", () => {
    const [ours, theirs] = [names.filter((_n, index) => index % 2 === 0), names.filter((_n, index) => index % 2 === 1)].map((half) =>
      edited(...half.map((name) => disjoint[name]!)),
    );
    const all = edited(...names.map((name) => disjoint[name]!));
    expect(diffFlows(all, mergeFlows(base, ours!, theirs!).flow).changes.filter((change) => !change.kind.endsWith("order"))).toEqual([]);
  });
  test("what both add at one place stands in one order, whoever is who; each side keeps its own order", () => {
    const outcomes =
      (words: string[]): Edit =>
      (f) =>
        (f.outcomes = words);
    expect(merge(outcomes(["served", "x", "b", "left"]), outcomes(["served", "a", "left", "last"])).flow.outcomes).toEqual([
      "served",
      "a",
      "x",
      "b",
      "left",
      "last",
    ]);
  });
});

describe("edits of one place", () => {
  test.each(conflicting)("%s", (_title, ours, theirs, kind, place, kept, stands) => {
    const { flow, conflicts } = merge(ours, theirs);
    expect(conflicts).toMatchObject([{ kind, place, message: { ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } }]);
    expect(kept(flow)).toEqual(stands);
  });

  test("a conflict names the node, the field and all three values", () => {
    const { conflicts } = merge(
      (f) => (f.nodes["choose"]!.config["attempts"] = 1),
      (f) => (f.nodes["choose"]!.config["attempts"] = 5),
    );
    expect(conflicts).toEqual([
      {
        kind: "same-field",
        place: "nodes.choose.config.attempts",
        node: "choose",
        field: "config.attempts",
        base: 3,
        ours: 1,
        theirs: 5,
        message: {
          ru: "choose «Меню», Попыток: было 3, у нас 1, у них 5. Оставлено наше",
          en: 'choose "Menu", Attempts: base 3, ours 1, theirs 5. Ours is kept',
        },
      },
    ]);
  });

  test("an order both changed, each his own way, is a conflict; moving and adding are not", () => {
    const choices =
      (...keys: string[]): Edit =>
      (f) =>
        (f.nodes["choose"]!.config["choices"] = keys.map((key) => ({ key })));
    const three = edited(choices("1", "2", "3"));
    const of = (ours: string[], theirs: string[]) => mergeFlows(three, edited(choices(...ours)), edited(choices(...theirs)));
    const keys = (flow: Flow) => (flow.nodes["choose"]!.config["choices"] as { key: string }[]).map(({ key }) => key).join("");
    const clash = of(["3", "2", "1"], ["2", "1", "3"]);
    expect(clash.conflicts).toMatchObject([{ kind: "order", place: "nodes.choose.config.choices" }]);
    expect(keys(clash.flow)).toBe("321");
    const calm = of(["3", "1", "2"], ["1", "2", "4", "3"]);
    expect(calm.conflicts).toEqual([]);
    expect(keys(calm.flow)).toBe("3124");
  });

  test("places on the canvas never conflict: ours wins, theirs counts where we did not touch", () => {
    const { flow, conflicts } = merge(
      (f) => (f.layout["bye"] = [1, 1]),
      (f) => Object.assign(f.layout, { bye: [2, 2], end: [3, 3] }),
    );
    expect(conflicts).toEqual([]);
    expect([flow.layout["bye"], flow.layout["end"]]).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });
});

/** A conflict about a type is one about the whole form of the node. */
const about = ({ place }: MergeConflict): string => place.replace(/\.type$/, "");

describe("for any three versions", () => {
  const three = fc.oneof(versions, fc.record({ base: anyFlow, ours: anyFlow, theirs: anyFlow }));

  test("nothing changed on one side is the other side; the same on both is that", () => {
    fc.assert(
      fc.property(three, ({ base: b, ours: x }) => {
        expect(mergeFlows(b, b, x)).toEqual({ flow: x, conflicts: [] });
        expect(mergeFlows(b, x, b)).toEqual({ flow: x, conflicts: [] });
        expect(mergeFlows(b, x, x)).toEqual({ flow: x, conflicts: [] });
        expect(Object.keys(mergeFlows(b, b, x).flow.inputs)).toEqual(Object.keys(x.inputs));
        expect(Object.keys(mergeFlows(b, x, b).flow.inputs)).toEqual(Object.keys(x.inputs));
      }),
    );
  });

  test("the result reads, and every conflict is whole", () => {
    fc.assert(
      fc.property(three, ({ base: b, ours, theirs }) => {
        const { flow, conflicts } = mergeFlows(b, ours, theirs);
        expect(parseFlow(JSON.stringify(flow))).toEqual({ flow, issues: [] });
        for (const { kind, message } of conflicts) {
          expect(conflictKinds).toContain(kind);
          expect(`${message.ru} ${message.en}`).not.toMatch(/undefined|\[object/);
        }
      }),
    );
  });

  test("whose side is whose changes only which one is kept", () => {
    const turn = ({ ours, theirs, message: _said, ...rest }: MergeConflict) => ({ ...rest, ours: theirs, theirs: ours });
    const plain = ({ message: _said, ...rest }: MergeConflict) => rest;
    const sorted = (conflicts: { place: string; kind: string }[]) => conflicts.toSorted((x, y) => (`${x.place} ${x.kind}` < `${y.place} ${y.kind}` ? -1 : 1));
    fc.assert(
      fc.property(three, ({ base: b, ours, theirs }) => {
        const [one, other] = [mergeFlows(b, ours, theirs), mergeFlows(b, theirs, ours)];
        const calm = (flow: Flow) =>
          one.conflicts.length === 0 && {
            ...flow,
            layout: {},
            parts: Object.fromEntries(Object.entries(flow.parts).map(([id, part]) => [id, { ...part, layout: {} }])),
          };
        // Which exits lead nowhere, and which removed texts are still played, depends on the side that was kept.
        if (![...one.conflicts, ...other.conflicts].some(({ kind }) => kind === "dangling" || kind === "still-needed"))
          expect(sorted(other.conflicts.map(turn))).toEqual(sorted(one.conflicts.map(plain)));
        expect(calm(other.flow)).toEqual(calm(one.flow));
      }),
    );
  });

  test("what one side changed is in the result, what nobody changed stands, and the rest is a conflict", () => {
    fc.assert(
      fc.property(three, ({ base: b, ours, theirs }) => {
        const { flow, conflicts } = mergeFlows(b, ours, theirs);
        const [was, mine, its, now] = [b, ours, theirs, flow].map((each) => placesOf(each)) as [
          Map<string, unknown>,
          Map<string, unknown>,
          Map<string, unknown>,
          Map<string, unknown>,
        ];
        const wrong = [...new Set([was, mine, its, now].flatMap((map) => [...map.keys()]))].filter((path) => {
          const [old, o, t, m] = [was.get(path), mine.get(path), its.get(path), now.get(path)];
          if (conflicts.some((conflict) => touches(path, about(conflict)))) return false;
          if (same(o, t) || same(old, t)) return !same(m, o);
          if (same(old, o)) return !same(m, t);
          return !path.includes("layout") && !(Array.isArray(o) && Array.isArray(t));
        });
        expect(
          wrong.filter((path) => !conflicts.some(({ kind, node }) => kind === "delete-change" && node && path.endsWith(`layout.${node.split("/").at(-1)}`))),
        ).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
