import { describe, expect, test } from "vitest";
import { overlayIn } from "../../editor/canvas/overlay-in.ts";
import { addNode } from "../../editor/document/edits/add-node.ts";
import { addPart, removePart } from "../../editor/document/edits/parts.ts";
import { removeNodes } from "../../editor/document/edits/remove-nodes.ts";
import { replaceDocument } from "../../editor/document/edits/replace-document.ts";
import { FlowStore } from "../../editor/document/flow-store.ts";
import { promptsElsewhere, promptsOf, titleOf } from "../../editor/document/node-facts.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

const { flow } = parseFlow({
  sufler: 2,
  id: "whole",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  prompts: { hello: { ru: "Здравствуйте" } },
  start: "look",
  nodes: {
    look: {
      type: "parallel",
      config: {
        branches: [
          { name: "one", part: "talk" },
          { name: "two", part: "ask" },
        ],
      },
      exits: { next: "bye" },
    },
    bye: { type: "hangup", config: {} },
  },
  parts: {
    talk: {
      start: "say",
      nodes: {
        say: { type: "say", config: { prompt: "hello" }, exits: { next: "end" }, title: "Привет" },
        end: { type: "finish", config: { outcome: "done" } },
      },
    },
    ask: {
      start: "say",
      nodes: { say: { type: "say", config: { prompt: "hello" }, exits: { next: "end" } }, end: { type: "finish", config: { outcome: "done" } } },
    },
  },
});
const store = () => new FlowStore(flow!, 1, "ru");
const node = { type: "wait", config: {}, exits: {} };

describe("a part on the canvas", () => {
  test("edits go to the part and leave the flow's own graph alone", () => {
    const own = store();
    own.openPart("talk");
    expect(Object.keys(own.get().flow.nodes)).toEqual(["say", "end"]);
    own.edit(addNode({ id: "pause", node, at: [0, 0], prompts: {} }));
    expect(Object.keys(own.get().whole.parts["talk"]!.nodes)).toEqual(["say", "end", "pause"]);
    expect(own.get().whole.nodes).toBe(flow!.nodes);
    expect(own.get().whole.parts["ask"]).toBe(flow!.parts["ask"]);
    expect(own.get().saved).toBe("dirty");
  });

  test("undo comes back to the part it was done in, redo does it again", () => {
    const own = store();
    own.openPart("talk");
    own.edit(addNode({ id: "pause", node, at: [0, 0], prompts: {} }));
    own.openPart(null);
    expect(own.undo()).toBe(true);
    expect(own.get().part).toBe("talk");
    expect(own.get().whole).toEqual(flow);
    own.redo();
    expect("pause" in own.get().flow.nodes).toBe(true);
  });

  test("a removed node does not take a prompt that another part plays", () => {
    const own = store();
    own.openPart("talk");
    own.edit(removeNodes(["say"], promptsOf(own.get().flow), promptsElsewhere(own.get())));
    expect(own.get().whole.prompts).toEqual(flow!.prompts);
    own.openPart("ask");
    own.edit(removeNodes(["say"], promptsOf(own.get().flow), promptsElsewhere(own.get())));
    expect(own.get().whole.prompts).toEqual({});
  });

  test("parts come and go; a document pasted from text is the whole document", () => {
    const own = store();
    own.edit(addPart("new-one"));
    own.openPart("new-one");
    own.edit(replaceDocument({ ...flow!, title: { ru: "Другой" } }));
    expect(own.get().part).toBeNull();
    expect(own.get().whole).toEqual({ ...flow, title: { ru: "Другой" } });
    own.openPart("ask");
    own.edit(removePart("ask"));
    expect(own.get().part).toBeNull();
    expect(Object.keys(own.get().whole.parts)).toEqual(["talk"]);
    own.undo();
    expect(Object.keys(own.get().whole.parts)).toEqual(["talk", "ask"]);
  });

  test("a playing call shows on the graph it is in", () => {
    const overlay = {
      active: "look/one/say",
      visits: [
        { node: "look", exit: null, at: 0 },
        { node: "look/one/say", exit: "next", at: 1 },
      ],
      visited: new Set(["look", "talk/say", "talk/say:next"]),
    };
    expect(overlayIn(flow!, null, overlay)).toMatchObject({ active: "look", visits: [{ node: "look" }] });
    const inside = overlayIn(flow!, "talk", overlay);
    expect(inside).toMatchObject({ active: "say", visits: [{ node: "say", exit: "next" }] });
    expect([...inside.visited!]).toEqual(["say", "say:next"]);
  });

  test("a node is called by its title from anywhere", () => expect(titleOf(flow!, "talk/say", "ru")).toBe("Привет"));
});
