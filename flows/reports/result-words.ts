import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import { labelText, type Label, type Localized, type Value } from "../schema/values.ts";
import { promptFor } from "../schema/flow.ts";

/** A captured value for people: the title of its field or question, and the words of a choice (null: the value speaks for itself). */
export type ResultWords = { title: Localized; words: Localized | null };
type Choice = { key?: string; value?: string; label?: Label };
type Question = { name: string; title: Localized; choices: readonly Choice[]; flow: Flow };

const items = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/** What the names of a flow's results are called: by name, the titles of its fields and of the nodes that save an answer. */
export function resultTitles(flow: Flow): ReadonlyMap<string, Question> {
  const known = new Map<string, Question>();
  for (const [, node] of allNodes(flow)) for (const question of questionsOf(flow, node)) if (!known.has(question.name)) known.set(question.name, question);
  return known;
}

function questionsOf(flow: Flow, node: FlowNode): Question[] {
  const fields = items<{ name?: string; label?: Label }>(node.config["fields"]).flatMap(({ name, label }) =>
    name ? [{ name, title: localized(flow, (language) => labelText(label, language)), choices: [], flow }] : [],
  );
  const saveAs = node.config["saveAs"];
  if (typeof saveAs !== "string" || saveAs === "") return fields;
  const choices = ["answers", "choices", "options"].flatMap((key) => items<Choice>(node.config[key]));
  const title = localized(flow, (language) => labelText(node.title, language) || labelText(nodeTypes[node.type]?.title, language));
  return [...fields, { name: saveAs, title, choices, flow }];
}

/** One captured value in the words of the flow; names that the flow does not ask keep no title. */
export function resultWords(titles: ReadonlyMap<string, Question>, name: string, value: Value): ResultWords {
  const question = titles.get(name);
  if (!question) return { title: {}, words: null };
  const choice = question.choices.find((item) => item.value === value || (item.value === undefined && item.key === value));
  const words = choice ? localized(question.flow, (language) => choiceText(question.flow, choice.label, language)) : null;
  return { title: question.title, words: words && Object.keys(words).length > 0 ? words : null };
}

/** A label is text of its own, or the key of a prompt. */
function choiceText(flow: Flow, label: Label | undefined, language: string): string | null {
  if (typeof label === "string" && Object.hasOwn(flow.prompts, label)) return promptFor(flow, label, language)?.text ?? null;
  return labelText(label, language);
}

function localized(flow: Flow, text: (language: string) => string | null | undefined): Localized {
  return Object.fromEntries(flow.languages.flatMap((language) => (text(language) ? [[language, text(language)]] : [])));
}
