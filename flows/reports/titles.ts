import type { FindFlow } from "../compile/unit.ts";
import { nodeTypes } from "../nodes/index.ts";
import { promptFor, type Flow, type FlowNode } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import { labelText, type Label } from "../schema/values.ts";
import { nodeAt } from "./node-at.ts";

type Choice = { key?: string; value?: string; label?: Label };
type Answer = { value?: string; label?: string };
const items = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/**
 * What a reason ("<path>:<exit>") is called: the label of the menu's choice, the words of the step's answer, else the title
 * of the node. Null when this version of the flow has no such node or exit.
 */
export function reasonTitle(flow: Flow, reason: string, language: string, find?: FindFlow): string | null {
  const cut = reason.lastIndexOf(":");
  const exit = reason.slice(cut + 1);
  const found = nodeAt(flow, reason.slice(0, cut), find);
  if (!found) return null;
  const { node } = found;
  const choice = items<Choice>(node.config["choices"]).find((item) => item.key === exit);
  if (choice) return labelText(choice.label, language) || choice.value || exit;
  const answer = items<Answer>(node.config["answers"]).find((item) => item.value === exit);
  if (answer) return words(found.flow, answer.label, language) || exit;
  const title = titleOf(node, language);
  return title && exit !== "next" ? `${title}: ${exit}` : title;
}

/** What an outcome is called: the words of the wrap-up's option, else the title of the node that sets it. Null: it has a name only. */
export function outcomeTitle(flow: Flow, outcome: string, language: string): string | null {
  for (const [, { type, config }] of allNodes(flow)) {
    const option = type === "wrap-up" ? items<Answer>(config["options"]).find(({ value }) => value === outcome) : undefined;
    if (option) return words(flow, option.label, language) || null;
  }
  const [, setter] = allNodes(flow).find(([, { config, title }]) => title !== undefined && config["outcome"] === outcome) ?? [];
  return labelText(setter?.title, language) || null;
}

const words = (flow: Flow, prompt: string | undefined, language: string): string => (prompt ? (promptFor(flow, prompt, language)?.text ?? "") : "");

const titleOf = (node: FlowNode, language: string): string | null =>
  labelText(node.title, language) || labelText(nodeTypes[node.type]?.title, language) || null;
