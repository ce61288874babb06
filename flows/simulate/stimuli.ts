import type { JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { TalkItem } from "./conversation.ts";

/**
 * The actions of a person in a call, relative to the prompts they heard instead of the position in the flow:
 * milliseconds after the n-th start of a prompt. Prompt null: before the first prompt. `at`: time in the call.
 */
export type Stimulus = { prompt: string | null; occurrence: number; afterMs: number; at: number; act: TalkItem };

type Data = Record<string, Value>;
const data = (value: Value | undefined): Data => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const text = (value: Value | undefined): string => (value === null || value === undefined ? "" : String(value));

/** The stimuli of a journal, in order. */
export function stimuliOf(journal: readonly JournalLine[]): Stimulus[] {
  const heard = new Map<string, number>();
  const stimuli: Stimulus[] = [];
  let prompt: string | null = null;
  let since = journal[0]?.at ?? 0;
  for (const line of journal) {
    if (line.kind === "heard") {
      prompt = text(line.data?.["prompt"]);
      since = line.at;
      heard.set(prompt, (heard.get(prompt) ?? 0) + 1);
    }
    const act = actOf(line);
    if (!act) continue;
    const stimulus = { prompt, occurrence: prompt === null ? 0 : heard.get(prompt)!, afterMs: Math.max(0, line.at - since), at: line.at, act };
    const last = stimuli.at(-1);
    // A message cut off by the hang-up is reported after it, but was spoken before.
    if ("say" in act && last && "hangup" in last.act) stimuli.splice(-1, 0, stimulus);
    else stimuli.push(stimulus);
  }
  return stimuli;
}

/** What a line of the journal shows a person doing, or null. */
export function actOf({ kind, data: given }: JournalLine): TalkItem | null {
  if (kind === "stimulus") return stimulusItem(given ?? {});
  if (kind === "note") return typeof given?.["backTo"] === "number" ? { back: true } : null;
  const spoke = kind === "reply" && typeof given?.["recording"] === "string" && Number(given["speechMs"]) > 0;
  return spoke ? { say: "…", seconds: Number(given!["speechMs"]) / 1000 } : null;
}

const readers: Record<string, (stimulus: Data) => TalkItem> = {
  // A masked key is not known: any key stands for it.
  digit: (stimulus) => ({ press: text(stimulus["digit"]).replace("•", "0") }),
  speech: (stimulus) => ({ say: text(stimulus["text"]), ...(typeof stimulus["confidence"] === "number" ? { confidence: stimulus["confidence"] } : {}) }),
  hangup: () => ({ hangup: true }),
  choose: (stimulus) => ({ answer: text(stimulus["answer"]), fields: data(stimulus["fields"]) }),
  fill: (stimulus) => ({ fill: data(stimulus["fields"]) }),
};

const stimulusItem = (stimulus: Data): TalkItem | null => readers[text(stimulus["type"])]?.(stimulus) ?? null;
