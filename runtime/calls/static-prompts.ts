import type { PlayItem } from "../../flows/commands.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { sentencesOf } from "../../flows/expressions/sentences.ts";
import { allNodes } from "../../flows/schema/graph.ts";
import { apologyTexts } from "../../flows/compile/compile-flow.ts";

/** Prompts of a flow that can be made before any call: recordings, and texts without variables, in all its languages. */
export function staticItems(flow: Flow): PlayItem[] {
  if (flow.kind !== "ivr") return [];
  const keys = new Set(
    allNodes(flow).flatMap(([, node]) => {
      const definition = nodeTypes[node.type];
      const config = definition?.config.safeParse(node.config);
      return config?.success ? (definition!.prompts?.(config.data) ?? []) : [];
    }),
  );
  const own = [...keys].flatMap((key) =>
    Object.entries(flow.prompts[key ?? ""] ?? {}).flatMap(([language, entry]): PlayItem[] => {
      const { text = "", audio } = typeof entry === "string" ? { text: entry } : (entry ?? {});
      if (audio) return [{ prompt: key!, language, text, audio }];
      const fixed = text.includes("{{") ? (sentencesOf(text) ?? []).filter((sentence) => !sentence.includes("{{")) : [text];
      return fixed.filter((sentence) => sentence.trim() !== "").map((sentence) => ({ prompt: key!, language, text: sentence }));
    }),
  );
  return [...own, ...flow.languages.map((language) => ({ prompt: "apology", language, text: apologyTexts[language].text }))];
}
