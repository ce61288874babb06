import { describe, expect, test } from "vitest";
import { copyNodes, freshNames, paste } from "../../editor/document/edits/paste.ts";
import { removeNodes } from "../../editor/document/edits/remove-nodes.ts";
import { renameNode } from "../../editor/document/edits/rename-node.ts";
import { promptsOf } from "../../editor/document/node-facts.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { formOf, type FormField } from "../../flows/schema/fields.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { promptKeys, referencesOf } from "../../flows/schema/references.ts";

/** A copy owns what its original owns: whatever the schema marks as a prompt, a node or a part. */
const flowOf = (extra: object): Flow =>
  parseFlow({
    sufler: 2,
    id: "a",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    prompts: {},
    outcomes: ["done"],
    start: "end",
    nodes: { end: { type: "hangup", config: { outcome: "done" } } },
    ...extra,
  }).flow!;

/** A config in which every prompt field of the form, in every list, names a prompt of its own. */
function filled(form: readonly FormField[], prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    form.flatMap((field): [string, unknown][] => {
      const key = `${prefix}-${field.name.toLowerCase()}`;
      if (field.kind === "prompt") return [[field.name, key]];
      if (field.items) return [[field.name, [filled(field.items, `${key}-x`), filled(field.items, `${key}-y`)]]];
      return [];
    }),
  );
}

const talking = Object.entries(nodeTypes).filter(([, definition]) => promptKeys(definition.config, filled(formOf(definition.config), "p")).length > 0);

test("the forms name prompts in more than twenty places", () => {
  const places = talking.flatMap(([, definition]) => promptKeys(definition.config, filled(formOf(definition.config), "p")));
  expect(places.length).toBeGreaterThan(50);
});

describe.each(talking)("%s", (type, definition) => {
  const config = filled(formOf(definition.config), "p");
  const keys = promptKeys(definition.config, config);
  const source = flowOf({
    prompts: Object.fromEntries(keys.map((key) => [key, { ru: `слова ${key}` }])),
    nodes: { original: { type, config, exits: { next: "end" } }, end: { type: "hangup", config: { outcome: "done" } } },
  });
  const textsOf = (flow: Flow, id: string) => promptKeys(definition.config, flow.nodes[id]!.config).map((key) => flow.prompts[key]);

  test("a copy in the same flow has prompts of its own, with the same words", () => {
    const copied = paste(copyNodes(source, ["original"]), { original: "copy" }, [0, 0]).apply(source).flow;
    const own = promptKeys(definition.config, copied.nodes["copy"]!.config);
    expect(own.filter((key) => keys.includes(key))).toEqual([]);
    expect(textsOf(copied, "copy")).toEqual(textsOf(source, "original"));
    expect(copied.nodes["original"]).toEqual(source.nodes["original"]);
    for (const key of keys) expect(copied.prompts[key]).toEqual(source.prompts[key]);
    // Removing the copy takes its own words along and leaves the original's.
    const removed = removeNodes(["copy"], promptsOf(copied)).apply(copied).flow;
    expect(removed.prompts).toEqual(source.prompts);
  });

  test("pasted into a flow with the same keys, also those it lacks, it says none of the stranger's words", () => {
    const stranger = flowOf({ id: "b", prompts: Object.fromEntries(keys.map((key) => [key, { ru: "чужие слова" }])) });
    const lacking: Flow = { ...source, prompts: Object.fromEntries(Object.entries(source.prompts).slice(1)) };
    const pasted = paste(copyNodes(lacking, ["original"]), { original: "copy" }, [0, 0]).apply(stranger).flow;
    expect(textsOf(pasted, "copy")).toEqual(textsOf(lacking, "original"));
    expect(JSON.stringify(textsOf(pasted, "copy"))).not.toContain("чужие");
    for (const key of keys) expect(pasted.prompts[key]).toEqual({ ru: "чужие слова" });
  });
});

const say = (prompt: string, to: string) => ({ type: "say", config: { prompt }, exits: { next: to } });
const part = (prompt: string) => ({ start: "in", nodes: { in: say(prompt, "out"), out: { type: "finish", config: { outcome: "done" } } }, layout: {} });

describe("parts and jumps", () => {
  const source = flowOf({
    prompts: { words: { ru: "слова" }, deep: { ru: "глубже" } },
    nodes: {
      play: { type: "subflow", config: { part: "inner" }, exits: {} },
      back: { type: "goto", config: { node: "play" } },
      end: { type: "hangup", config: { outcome: "done" } },
    },
    parts: {
      inner: { ...part("words"), nodes: { ...part("words").nodes, more: { type: "subflow", config: { part: "deeper" }, exits: {} } } },
      deeper: part("deep"),
    },
  });

  test("in its own flow a copy plays the same part, and a jump inside the copy stays inside it", () => {
    const names = freshNames(source.nodes, ["play", "back"]);
    const copied = paste(copyNodes(source, ["play", "back"]), names, [0, 0]).apply(source).flow;
    expect(copied.nodes[names["play"]!]!.config["part"]).toBe("inner");
    expect(copied.nodes[names["back"]!]!.config["node"]).toBe(names["play"]);
    expect(copied.parts).toEqual(source.parts);
  });

  test("into another flow the parts it plays come along, renamed where theirs is taken, with their words", () => {
    const stranger = flowOf({ id: "b", prompts: { words: { ru: "чужие" } }, parts: { inner: part("words") } });
    const pasted = paste(copyNodes(source, ["play"]), { play: "play" }, [0, 0]).apply(stranger).flow;
    const name = String(pasted.nodes["play"]!.config["part"]);
    expect(name).not.toBe("inner");
    expect(pasted.parts["inner"]).toEqual(stranger.parts["inner"]);
    const inner = pasted.parts[name]!;
    expect(pasted.prompts[String(inner.nodes["in"]!.config["prompt"])]).toEqual({ ru: "слова" });
    const deeper = pasted.parts[String(inner.nodes["more"]!.config["part"])]!;
    expect(pasted.prompts[String(deeper.nodes["in"]!.config["prompt"])]).toEqual({ ru: "глубже" });
    expect(parseFlow(pasted).flow).not.toBeNull();
  });

  test("renaming a node takes the jumps to it along", () => {
    const renamed = renameNode("play", "played").apply(source).flow;
    expect(renamed.nodes["back"]!.config["node"]).toBe("played");
    expect(referencesOf(nodeTypes["goto"]!.config, renamed.nodes["back"]!.config)).toEqual([{ kind: "node", name: "played" }]);
  });
});
