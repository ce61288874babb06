import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mendNotes } from "../../editor/problems/mend-notes.ts";
import { fixEdit } from "../../editor/problems/fix-edit.ts";
import { bandOf } from "../../editor/problems/use-score.ts";
import { FlowStore } from "../../editor/document/flow-store.ts";
import { goodFlow } from "../../flows/check/examples/index.ts";
import { checkFlow } from "../../flows/check/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { anyFlow } from "../flows/any-flow.ts";

const read = (change: (flow: ReturnType<typeof goodFlow>) => void): Flow => {
  const document = goodFlow();
  change(document);
  return parseFlow(JSON.parse(JSON.stringify(document)) as object).flow!;
};
const notes = (flow: Flow) => checkFlow(flow).filter(({ severity }) => severity === "info");

describe("fixes in the editor", () => {
  test("a fix in a part is one step of undo, whatever is shown", () => {
    const flow = read((document) => {
      document.parts = {
        lost: {
          start: "say",
          nodes: { say: { type: "say", config: { prompt: "hello" }, exits: {} }, end: { type: "finish", config: { outcome: "x" }, exits: {} } },
        },
      };
      document.nodes["it"] = { type: "subflow", config: { part: "lost" }, exits: { next: "say" } };
      document.start = "it";
    });
    const store = new FlowStore(flow, 1, "ru");
    const issue = checkFlow(flow).find(({ code, node }) => code === "dangling-exit" && node === "lost/say")!;
    store.edit(fixEdit([issue.fixes![0]!]));
    expect(store.get().whole.parts["lost"]!.nodes["say"]!.exits).toEqual({ next: "end" });
    expect(checkFlow(store.get().whole).filter(({ code }) => code === "dangling-exit")).toEqual([]);
    expect(store.undo()).toBe(true);
    expect(store.get().whole).toEqual(flow);
    expect(store.undo()).toBe(false);
  });

  test("a fix that no longer fits changes nothing and makes no step", () => {
    const store = new FlowStore(
      read(() => undefined),
      1,
      "ru",
    );
    store.edit(fixEdit([{ edits: [{ set: ["nodes", "gone", "config", "x", "y"], to: 1 }] }]));
    expect(store.get().past).toEqual([]);
  });

  test("all notes at once", () => {
    const flow = read((document) => {
      Object.assign(document.prompts, { a: { ru: "а", en: "a" }, b: { ru: "б", en: "b" } });
      document.outcomes.push("never", "neither");
      document.inputs["spare"] = { type: "string" };
    });
    expect(notes(flow)).toHaveLength(5);
    expect(notes(mendNotes(flow, {}))).toEqual([]);
  });

  test("whatever the flow, no error comes and every note that can be mended goes", () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const mended = mendNotes(flow, {});
        const errors = (of: Flow) => checkFlow(of).filter(({ severity }) => severity === "error").length;
        expect(errors(mended)).toBeLessThanOrEqual(errors(flow));
        expect(notes(mended).filter(({ fixes }) => fixes)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [100, "good"],
    [90, "good"],
    [89, "fair"],
    [50, "fair"],
    [49, "poor"],
  ])("%i is %s", (score, band) => expect(bandOf(score)).toBe(band));
});
