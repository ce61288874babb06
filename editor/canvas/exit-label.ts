import type { Flow } from "../../flows/schema/flow.ts";
import { promptFor } from "../../flows/schema/flow.ts";
import { labelText, type Label } from "../../flows/schema/values.ts";
import type { Translate } from "../i18n/index.ts";

type Choice = { key?: string; value?: string; label?: Label };
type Answer = { value?: string; label?: string };

/** The exit label on the card: a key with its meaning, the customer's words, or the standard name. */
export function exitLabel(exit: string, flow: Flow, id: string, language: string, t: Translate): string {
  const config = flow.nodes[id]?.config ?? {};
  const choice = items<Choice>(config["choices"]).find((item) => item.key === exit);
  const meaning = choice && (labelText(choice.label, language) || choice.value);
  if (choice) return meaning ? `${exit} · ${meaning}` : exit;
  const answer = items<Answer>(config["answers"]).find((item) => item.value === exit);
  if (answer) return (answer.label && promptFor(flow, answer.label, language)?.text) || exit;
  const known = t(`exit.${exit}`);
  return known === `exit.${exit}` ? exit : known;
}

const items = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
