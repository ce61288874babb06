import type { JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { labelText, type Label } from "../../flows/schema/values.ts";
import type { Player } from "../../flows/simulate/player.ts";
import { nodeAt } from "./node-at.ts";

export type TalkLine = { at: number; side: "flow" | "caller" | "note"; kind: string; text: string; node: string; values?: Record<string, unknown> };

/** A journal as a conversation: prompts, key presses and events in between. */
export function talkOf(journal: readonly JournalLine[]): TalkLine[] {
  return attemptsFirst(withoutDeafEars(journal)).flatMap((line) => readers[line.kind]?.({ at: line.at, node: line.node }, line.data ?? {}) ?? []);
}

/** A recogniser that is not there ends its listening, not the menu: the keys work on, and nothing is told. */
function withoutDeafEars(journal: readonly JournalLine[]): JournalLine[] {
  return journal.filter((line, index) => {
    const next = journal[index + 1];
    const leftToKeys = next?.kind === "note" && next.node === line.node && typeof next.data?.["speech"] === "string";
    return !(line.kind === "reply" && line.data?.["exit"] === "error" && leftToKeys);
  });
}

/** A silence or a wrong key happened before the question is asked again; the journal tells it right after the new question. */
function attemptsFirst(journal: readonly JournalLine[]): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const line of journal) {
    let place = lines.length;
    if (line.kind === "attempt") while (place > 0 && isAgain(lines[place - 1]!, line)) place--;
    lines.splice(place, 0, line);
  }
  return lines;
}
const isAgain = (before: JournalLine, attempt: JournalLine): boolean => before.kind === "heard" && before.at === attempt.at && before.node === attempt.node;

type Base = { at: number; node: string };
type Data = Record<string, unknown>;
const aside = (base: Base, kind: string, text: string, values?: Data): TalkLine => ({ ...base, side: "note", kind, text, ...(values ? { values } : {}) });
const text = (value: unknown): string => String(value ?? "");

const readers: Partial<Record<JournalLine["kind"], (base: Base, data: Data) => TalkLine[]>> = {
  heard: (base, data) => [{ ...base, side: "flow", kind: "said", text: text(data["text"] ?? data["prompt"]) }],
  stimulus,
  attempt: (base, data) => [aside(base, `attempt.${text(data["why"])}`, "", data)],
  fault: (base, data) => [aside(base, "fault", `${text(data["code"])}: ${text(data["message"])}`)],
  reply(base, data) {
    const spoke = typeof data["recording"] === "string" && Number(data["speechMs"]) > 0;
    return [
      ...(spoke ? [{ ...base, side: "caller" as const, kind: "spoke", text: text(Math.round(Number(data["speechMs"]) / 1000)) }] : []),
      ...(data["exit"] || data["fault"] ? [aside(base, "reply", text(data["exit"]), data)] : []),
    ];
  },
  note(base, data) {
    if (data["rejected"] !== undefined) return [aside(base, "rejected", ((data["fields"] as string[] | undefined) ?? []).join(", "))];
    if (typeof data["milestone"] === "string") return [aside(base, "milestone", [data["milestone"], data["message"]].filter(Boolean).join(": "))];
    if (typeof data["whispered"] === "string") return [aside(base, "whispered", data["whispered"])];
    return typeof data["message"] === "string" ? [aside(base, "log", data["message"])] : [];
  },
  end: (base, data) => [aside(base, "end", text(data["outcome"]), data)],
};

function stimulus(base: Base, data: Data): TalkLine[] {
  if (data["type"] === "digit") return [{ ...base, side: "caller", kind: "digit", text: String(data["digit"]) }];
  if (data["type"] === "speech") return [{ ...base, side: "caller", kind: "speech", text: String(data["text"]) }];
  if (data["type"] === "hangup") return [{ ...base, side: "caller", kind: `hangup.${String(data["by"])}`, text: "" }];
  if (data["type"] === "choose") return [{ ...base, side: "caller", kind: "answer", text: String(data["answer"]) }];
  return [];
}

/** Consecutive digits as one line. */
export function joinDigits(lines: readonly TalkLine[]): TalkLine[] {
  const out: TalkLine[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (last && last.kind === "digit" && line.kind === "digit" && line.at - last.at < 4000) out[out.length - 1] = { ...last, text: last.text + line.text };
    else out.push(line);
  }
  return out;
}

/** The node under way: the last one entered and not left. */
export function activeNode(journal: readonly JournalLine[]): string | null {
  for (let i = journal.length - 1; i >= 0; i--) {
    const line = journal[i]!;
    if (line.kind === "end") return null;
    if (line.kind === "entered") return line.node;
  }
  return null;
}

export type LiveChoice = { key: string; label: string };
type Accept = { accept?: { kind: string; keys?: { key: string; value: string }[] } };

/** Keys that mean something right now. */
export function liveChoices(flow: Flow, player: Player, language: string): LiveChoice[] {
  for (const [node, pending] of Object.entries(player.context.pending)) {
    const accept = (pending.args as Accept).accept;
    if (pending.waiter !== "input" || accept?.kind !== "keys") continue;
    const choices = (nodeAt(flow, node)?.config["choices"] ?? []) as { key: string; value?: string; label?: Label }[];
    return (accept.keys ?? []).map(({ key, value }) => {
      const own = choices.find((choice) => choice.key === key);
      return { key, label: labelText(own?.label, language) || own?.value || value };
    });
  }
  return [];
}

/** The phrases a caller could say right now; null while nobody listens for words. */
export function livePhrases(player: Player): string[] | null {
  if (player.done || player.listening === null) return null;
  for (const { waiter, args } of Object.values(player.context.pending)) {
    const { phrases, speech, people } = args as Hearing;
    if (waiter === "speech" || waiter === "input") return (phrases ?? speech?.phrases ?? []).flatMap((phrase) => phrase.words.slice(0, 1));
    if (waiter === "directory") return (people ?? []).map((person) => person.name);
  }
  return [];
}
type Phrases = { words: string[] }[];
type Hearing = { phrases?: Phrases; speech?: { phrases: Phrases } | null; people?: { name: string }[] };

export const waitsForDigits = (player: Player): boolean => Object.values(player.context.pending).some((pending) => pending.waiter === "input");
