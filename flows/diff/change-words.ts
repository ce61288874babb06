import type { Flow, FlowNode } from "../schema/flow.ts";
import type { FlowChange, FoundChange } from "./change.ts";
import { changeTellings } from "./change-tellings.ts";
import { fieldTitle } from "./field-title.ts";
import { nodeAt, nodeName } from "./node-name.ts";
import type { Language, Words } from "./telling.ts";
import { valueWords } from "./value-words.ts";

/** Describes a difference in both languages. */
export function sayChange(change: FoundChange, a: Flow, b: Flow): FlowChange {
  const { group, mark, say } = changeTellings[change.kind];
  const inWords = (language: Language) => say(change, wordsOf(change, a, b, language));
  return { ...change, group, mark, message: { ru: inWords("ru"), en: inWords("en") } };
}

function wordsOf(change: FoundChange, a: Flow, b: Flow, language: Language): Words {
  const node = change.node === null ? undefined : (nodeAt(b, change.node) ?? nodeAt(a, change.node));
  return {
    node: change.node === null ? "" : nodeName(change.node, node, language),
    field: fieldWords(change, node, language),
    language,
    before: valueWords(change.before, language),
    after: valueWords(change.after, language),
  };
}

/** The place inside a node by the title of its form field; an exit by its name; anything else by its key. */
function fieldWords(change: FoundChange, node: FlowNode | undefined, language: Language): string {
  const field = change.field ?? "";
  if (field.startsWith("exits.")) return field.slice("exits.".length);
  if (change.kind.startsWith("prompt-")) return field.replace(/\.(\w+)$/, " ($1)");
  return change.node === null || change.kind === "node-title" ? field : fieldTitle(node?.type, field, language);
}
