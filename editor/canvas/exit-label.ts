import type { Flow } from "../../flows/schema/flow.ts";
import { promptFor } from "../../flows/schema/flow.ts";
import type { Translate } from "../i18n/index.ts";

type Item = { key?: string; value?: string; label?: string; exit?: string };

/** How an exit is called on the card: a key with its meaning, the client's words, or our own word for it. */
export function exitLabel(exit: string, flow: Flow, id: string, language: string, t: Translate): string {
  const config = flow.nodes[id]?.config ?? {};
  const choice = items(config["choices"]).find((item) => item.key === exit);
  if (choice) return choice.label || choice.value ? `${exit} · ${choice.label || choice.value}` : exit;
  const answer = items(config["answers"]).find((item) => item.value === exit);
  if (answer) return (answer.label && promptFor(flow, answer.label, language)?.text) || exit;
  const known = t(`exit.${exit}`);
  return known === `exit.${exit}` ? exit : known;
}

const items = (value: unknown): Item[] => (Array.isArray(value) ? (value as Item[]) : []);
