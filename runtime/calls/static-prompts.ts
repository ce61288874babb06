import { playedPrompts } from "../../flows/nodes/define-node.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { render } from "../../flows/expressions/evaluate.ts";
import { splitTemplate } from "../../flows/expressions/template.ts";
import type { Language } from "../../flows/language/index.ts";
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
      const whole = language === "ru" || language === "en" ? ofInputsAlone(text, flow, language) : null;
      if (whole !== null) return [{ prompt: key!, language, text: whole }];
      const pieces = text.includes("{{") ? (spokenPieces(text) ?? []) : [text];
      const spoken = pieces.map((piece, at) => ({ prompt: key!, language, text: piece, goesOn: sentenceGoesOn(pieces, at) }));
      return spoken.filter((piece) => !piece.text.includes("{{") && piece.text.trim() !== "");
    }),
  );
  return [...own, ...flow.languages.map((language) => ({ prompt: "apology", language, text: apologyTexts[language].text }))];
}

/** Names of a call in an expression; a text without them is the same for every caller. */
const ofCall = /\b(vars|result|contact|caller|call|operator|now|random|date|time|today)\b/;

/** A short text that only the flow's inputs fill in, as every caller hears it; null for any other. */
function ofInputsAlone(text: string, flow: Flow, language: Language): string | null {
  if (!text.includes("{{") || spokenPieces(text)) return null;
  const { parts } = splitTemplate(text);
  if (parts.some((part) => "expression" in part && ofCall.test(part.expression))) return null;
  const inputs = Object.fromEntries(Object.entries(flow.inputs).map(([name, input]) => [name, input.default ?? null]));
  try {
    return render(text, { inputs, vars: {}, result: {}, call: {}, caller: {}, contact: {}, now: {} }, language) || null;
  } catch {
    return null;
  }
}
