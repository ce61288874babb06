import type { Value } from "./schema/values.ts";

export type JournalKind = "entered" | "ask" | "heard" | "stimulus" | "attempt" | "reply" | "cancelled" | "left" | "fault" | "result" | "note" | "end";

/** One journal line; the order is authoritative. `at` is in milliseconds since the epoch. */
export type JournalLine = { at: number; node: string; kind: JournalKind; data?: Record<string, Value> };

/** How a run ended; `unfinished`: an operator's card was left, or stayed untouched for too long, without a disposition. */
export const endings = ["flow", "caller-hangup", "operator-hangup", "fault", "limit", "unfinished"] as const;
export type Ended = (typeof endings)[number];

/** The result of one played flow: `fold(journal)`. */
export type CallResult = {
  ended: Ended;
  outcome: string | null;
  disposition: string | null;
  result: Record<string, Value>;
  path: { node: string; exit: string | null; at: number }[];
  recordings: { id: string; node: string; ms: number; recording: string }[];
  said: { node: string; prompt: string; text: string; at: number }[];
  faults: { node: string; code: string; message: string }[];
  q850: number | null;
  sipStatus: number | null;
};

const empty = (): CallResult => ({
  ended: "flow",
  outcome: null,
  disposition: null,
  result: {},
  path: [],
  recordings: [],
  said: [],
  faults: [],
  q850: null,
  sipStatus: null,
});

type Fold = (into: CallResult, line: JournalLine) => void;

const folds: Partial<Record<JournalKind, Fold>> = {
  entered: (into, line) => void into.path.push({ node: line.node, exit: null, at: line.at }),
  left: (into, line) => {
    const last = into.path.findLast((visit) => visit.node === line.node && visit.exit === null);
    if (last) last.exit = String(line.data?.["exit"] ?? "");
  },
  heard: (into, line) =>
    void into.said.push({ node: line.node, prompt: String(line.data?.["prompt"] ?? ""), text: String(line.data?.["text"] ?? ""), at: line.at }),
  result: (into, line) => {
    Object.assign(into.result, line.data?.["values"] ?? {});
    if (line.data?.["disposition"]) into.disposition = String(line.data["disposition"]);
  },
  reply: (into, line) => {
    const recording = line.data?.["recording"];
    if (typeof recording !== "string" || recording === "") return;
    into.recordings.push({ id: String(line.data?.["id"] ?? ""), node: line.node, ms: Number(line.data?.["ms"] ?? 0), recording });
  },
  fault: (into, line) => void into.faults.push({ node: line.node, code: String(line.data?.["code"] ?? ""), message: String(line.data?.["message"] ?? "") }),
  stimulus: (into, line) => {
    if (line.data?.["type"] !== "hangup" || into.q850 !== null || into.sipStatus !== null) return;
    into.q850 = typeof line.data["q850"] === "number" ? line.data["q850"] : null;
    into.sipStatus = typeof line.data["sipStatus"] === "number" ? line.data["sipStatus"] : null;
  },
  note: (into, line) => {
    const hungup = line.data?.["hungup"] as { q850?: number; sipStatus?: number } | undefined;
    if (!hungup) return;
    into.q850 ??= hungup.q850 ?? null;
    into.sipStatus ??= hungup.sipStatus ?? null;
  },
  end: (into, line) => {
    into.ended = (line.data?.["ended"] as Ended | undefined) ?? "flow";
    into.outcome = (line.data?.["outcome"] as string | null | undefined) ?? null;
  },
};

/** Folds a journal, in order, into the result of the call. Pure; unknown lines are ignored. */
export function fold(journal: readonly JournalLine[]): CallResult {
  const into = empty();
  for (const line of journal) folds[line.kind]?.(into, line);
  return into;
}
