import type { JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { labelText, type Label } from "../../flows/schema/values.ts";
import type { Player } from "../../flows/simulate/player.ts";

export type TalkLine = { at: number; side: "flow" | "caller" | "note"; kind: string; text: string; node: string; values?: Record<string, unknown> };

/** A journal as a conversation: what was said, pressed, and what happened in between. */
export function talkOf(journal: readonly JournalLine[]): TalkLine[] {
  return journal.flatMap((line): TalkLine[] => {
    const data = (line.data ?? {}) as Record<string, unknown>;
    const base = { at: line.at, node: line.node };
    if (line.kind === "heard") return [{ ...base, side: "flow", kind: "said", text: String(data["text"] ?? data["prompt"] ?? "") }];
    if (line.kind === "stimulus") return stimulus(base, data);
    if (line.kind === "attempt") return [{ ...base, side: "note", kind: `attempt.${String(data["why"])}`, text: "", values: data }];
    if (line.kind === "fault") return [{ ...base, side: "note", kind: "fault", text: `${String(data["code"])}: ${String(data["message"] ?? "")}` }];
    if (line.kind === "reply" && (data["exit"] || data["fault"]))
      return [{ ...base, side: "note", kind: "reply", text: String(data["exit"] ?? ""), values: data }];
    if (line.kind === "note" && typeof data["message"] === "string")
      return [{ ...base, side: "note", kind: "log", text: [data["milestone"], data["message"]].filter(Boolean).join(": ") }];
    if (line.kind === "note" && data["rejected"] !== undefined)
      return [{ ...base, side: "note", kind: "rejected", text: ((data["fields"] as string[] | undefined) ?? []).join(", ") }];
    if (line.kind === "end") return [{ ...base, side: "note", kind: "end", text: String(data["outcome"] ?? ""), values: data }];
    return [];
  });
}

function stimulus(base: { at: number; node: string }, data: Record<string, unknown>): TalkLine[] {
  if (data["type"] === "digit") return [{ ...base, side: "caller", kind: "digit", text: String(data["digit"]) }];
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
    const choices = (flow.nodes[node]?.config["choices"] ?? []) as { key: string; value?: string; label?: Label }[];
    return (accept.keys ?? []).map(({ key, value }) => {
      const own = choices.find((choice) => choice.key === key);
      return { key, label: labelText(own?.label, language) || own?.value || value };
    });
  }
  return [];
}

export const waitsForDigits = (player: Player): boolean => Object.values(player.context.pending).some((pending) => pending.waiter === "input");
