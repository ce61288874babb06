import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addNode } from "../../editor/document/edits/add-node.ts";
import { connect } from "../../editor/document/edits/connect.ts";
import { disconnect } from "../../editor/document/edits/disconnect.ts";
import type { Edit } from "../../editor/document/edits/edit.ts";
import { moveNodes } from "../../editor/document/edits/move-nodes.ts";
import { copyNodes, paste } from "../../editor/document/edits/paste.ts";
import { reconnect } from "../../editor/document/edits/reconnect.ts";
import { removeNodes } from "../../editor/document/edits/remove-nodes.ts";
import { removePrompt } from "../../editor/document/edits/remove-prompt.ts";
import { renameNode } from "../../editor/document/edits/rename-node.ts";
import { replaceDocument } from "../../editor/document/edits/replace-document.ts";
import { setConfig } from "../../editor/document/edits/set-config.ts";
import { setFlowSettings } from "../../editor/document/edits/set-flow-settings.ts";
import { setInputs } from "../../editor/document/edits/set-inputs.ts";
import { setOutcomes } from "../../editor/document/edits/set-outcomes.ts";
import { setPrompt } from "../../editor/document/edits/set-prompt.ts";
import { setTitle } from "../../editor/document/edits/set-title.ts";
import { FlowStore } from "../../editor/document/flow-store.ts";
import { freeName, freshNode } from "../../editor/document/new-node.ts";
import { promptsOf } from "../../editor/document/node-facts.ts";
import { nodeList } from "../../flows/nodes/index.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };

const start = parseFlow(example).flow!;
const types = nodeList.filter((definition) => definition.kinds.includes("ivr")).map((definition) => definition.type);
type Draw = { kind: number; a: number; b: number; text: string };
const draw = fc.record({ kind: fc.nat(15), a: fc.nat(50), b: fc.nat(50), text: fc.string({ maxLength: 12 }) });

const pick = (from: readonly string[], index: number, otherwise: string): string => from[index % Math.max(1, from.length)] ?? otherwise;

/** One edit of any kind that makes sense on this document. */
function editFrom(flow: Flow, { kind, a, b, text }: Draw): Edit {
  const id = pick(Object.keys(flow.nodes), a, "none");
  const other = pick(Object.keys(flow.nodes), b, "none");
  const exit = pick(Object.keys(flow.nodes[id]?.exits ?? {}), b, "next");
  const key = pick(Object.keys(flow.prompts), a, "greeting");
  const fresh = freshNode(flow, types[a % types.length]!);
  const clip = copyNodes(
    flow,
    [id, other].filter((each) => each in flow.nodes),
  );
  const names = Object.fromEntries(Object.keys(clip.nodes).map((each, index) => [each, freeName(flow.nodes, `${each}-p${index}`)]));
  const kinds: Edit[] = [
    addNode({ id: fresh.id, node: fresh.node, at: [a, b], prompts: fresh.prompts }),
    addNode({
      id: fresh.id,
      node: fresh.node,
      at: [a, b],
      prompts: fresh.prompts,
      after: { node: id, exit },
      ...(fresh.firstExit ? { through: fresh.firstExit } : {}),
    }),
    removeNodes([id], promptsOf(flow)),
    removeNodes([id, other]),
    moveNodes({ [id]: [a, b] }),
    connect(id, exit, other),
    disconnect([{ from: id, exit }]),
    reconnect({ from: id, exit }, { from: other, exit: "next", to: id }),
    setConfig(id, ["prompt"], text),
    setConfig(id, ["choices", 0, "key"], String(a % 10), { "1": String(a % 10) }),
    setTitle(id, { title: text || undefined, enabled: a % 2 === 0 ? false : undefined }),
    renameNode(id, freeName(flow.nodes, "renamed")),
    setPrompt(key, a % 2 === 0 ? "ru" : "en", b % 5 === 0 ? undefined : text),
    a % 2 === 0 ? setInputs("inputs", { [`v${b}`]: { type: "string" } }) : setOutcomes([`o${b}`]),
    a % 3 === 0
      ? replaceDocument({ ...start, title: { ru: text } })
      : a % 3 === 1
        ? removePrompt(key)
        : setFlowSettings({ description: { ru: text }, tags: b % 2 === 0 ? undefined : [text] }),
    paste(clip, names, [10, 10]),
  ];
  return kinds[kind % kinds.length]!;
}

const text = (flow: Flow): string => JSON.stringify(flow);

describe("edits", () => {
  test("inverses in reverse order bring back the very same text, key order included", () => {
    fc.assert(
      fc.property(fc.array(draw, { minLength: 1, maxLength: 25 }), (draws) => {
        let flow = start;
        const inverses: Edit[] = [];
        for (const each of draws) {
          const applied = editFrom(flow, each).apply(flow);
          inverses.push(applied.inverse);
          flow = applied.flow;
        }
        for (const inverse of inverses.toReversed()) flow = inverse.apply(flow).flow;
        expect(flow).toEqual(start);
        expect(Object.keys(flow.nodes)).toEqual(Object.keys(start.nodes));
        expect(Object.keys(flow.prompts)).toEqual(Object.keys(start.prompts));
      }),
      { numRuns: 400 },
    );
  });

  test("undo all, redo all: the same document; edits never change the one before", () => {
    fc.assert(
      fc.property(fc.array(draw, { minLength: 1, maxLength: 20 }), (draws) => {
        let now = 0;
        const store = new FlowStore(start, 1, "ru", () => (now += 5_000));
        const before = text(start);
        for (const each of draws) store.edit(editFrom(store.get().flow, each));
        const end = store.get().flow;
        while (store.undo());
        expect(store.get().flow).toEqual(start);
        while (store.redo());
        expect(store.get().flow).toEqual(end);
        expect(text(start)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  test("typing in one place is one undo step", () => {
    let now = 0;
    const store = new FlowStore(start, 1, "ru", () => now);
    for (const typed of ["Д", "До", "Доб"]) {
      now += 200;
      store.edit(setPrompt("greeting", "ru", typed));
    }
    now += 3_000;
    store.edit(setPrompt("greeting", "ru", "Добрый"));
    expect(store.get().past).toHaveLength(2);
    store.undo();
    expect(store.get().flow.prompts["greeting"]!.ru).toBe("Доб");
    store.undo();
    expect(store.get().flow.prompts["greeting"]!.ru).toBe(start.prompts["greeting"]!.ru);
  });

  test("a removed node takes its edges and the prompts only it played", () => {
    const { flow } = removeNodes(["hours"], promptsOf(start)).apply(start);
    expect(flow.nodes["choose"]!.exits).toEqual({ noInput: "bye", invalid: "bye" });
    expect(flow.prompts).not.toHaveProperty("hours");
    expect(flow.prompts).toHaveProperty("greeting");
  });

  test("a renamed node keeps its place, its edges and the start", () => {
    const { flow } = renameNode("greet", "hello").apply(start);
    expect(flow.start).toBe("hello");
    expect(Object.keys(flow.nodes)[0]).toBe("hello");
    expect(renameNode("bye", "farewell").apply(start).flow.nodes["choose"]!.exits["noInput"]).toBe("farewell");
  });

  test("every new node has a sound config but for what a person must write", () => {
    for (const definition of nodeList) {
      const { node, prompts } = freshNode(start, definition.type);
      const parsed = definition.config.safeParse(node.config);
      const missing = parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
      expect(
        missing.filter(
          (path) =>
            !/calendar|list$|service|url|flow|outcome|value|note|target|when|phone|number|digits|queue|table|switch|connector|node|counter|people/.test(path),
        ),
        definition.type,
      ).toEqual([]);
      for (const key of Object.keys(prompts)) expect(key).toMatch(/^[a-z][A-Za-z0-9_-]*$/);
    }
  });
});
