import { playedPrompts } from "../../flows/nodes/define-node.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { sentenceGoesOn, spokenPieces } from "../../flows/expressions/spoken-pieces.ts";
import { allNodes } from "../../flows/schema/graph.ts";
import { apologyTexts } from "../../flows/compile/compile-flow.ts";
import type { SpokenItem } from "./prompts.ts";

/** Prompts of a flow that can be made before any call: recordings, texts without variables, and such pieces of long texts, in all its languages. */
export function staticItems(flow: Flow): SpokenItem[] {
  if (flow.kind !== "ivr") return [];
  const keys = new Set(
    allNodes(flow).flatMap(([, node]) => {
      const definition = nodeTypes[node.type];
      const config = definition?.config.safeParse(node.config);
      return definition && config?.success ? playedPrompts(definition, config.data) : [];
    }),
  );
  const own = [...keys].flatMap((key) =>
    Object.entries(flow.prompts[key ?? ""] ?? {}).flatMap(([language, entry]): SpokenItem[] => {
      const { text = "", audio } = typeof entry === "string" ? { text: entry } : (entry ?? {});
      if (audio) return [{ prompt: key!, language, text, audio }];
      const pieces = text.includes("{{") ? (spokenPieces(text) ?? []) : [text];
      const spoken = pieces.map((piece, at) => ({ prompt: key!, language, text: piece, goesOn: sentenceGoesOn(pieces, at) }));
      return spoken.filter((piece) => !piece.text.includes("{{") && piece.text.trim() !== "");
    }),
  );
  return [...own, ...flow.languages.map((language) => ({ prompt: "apology", language, text: apologyTexts[language].text }))];
}
