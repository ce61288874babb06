import type { PlayItem } from "../../flows/commands.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { spokenPieces } from "../../flows/expressions/spoken-pieces.ts";
import { allNodes } from "../../flows/schema/graph.ts";
import { apologyTexts } from "../../flows/compile/compile-flow.ts";

/** Prompts of a flow that can be made before any call: recordings, texts without variables, and such pieces of long texts, in all its languages. */
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
      const fixed = text.includes("{{") ? (spokenPieces(text) ?? []).filter((piece) => !piece.includes("{{")) : [text];
      return fixed.filter((piece) => piece.trim() !== "").map((piece) => ({ prompt: key!, language, text: piece }));
    }),
  );
  return [...own, ...flow.languages.map((language) => ({ prompt: "apology", language, text: apologyTexts[language].text }))];
}
