import type { JournalLine } from "../result.ts";
import { fold } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";

type Data = Record<string, Value>;

/** A journal (of a real or a simulated call) as a conversation: what was heard and done, and what came of it. */
export function conversationOf(flow: Flow, journal: readonly JournalLine[]): Conversation {
  const start = (journal.find((line) => line.data?.["start"] !== undefined)?.data?.["start"] ?? {}) as Data;
  const result = fold(journal);
  const now = new Date(typeof start["at"] === "number" ? start["at"] : (journal[0]?.at ?? 0)).toISOString();
  const caller = String((start["caller"] as Data | undefined)?.["number"] ?? "");
  const dialled = String((start["call"] as Data | undefined)?.["dialled"] ?? "");
  const zone = typeof start["zone"] === "string" ? start["zone"] : "Europe/Moscow";
  return {
    title: `${flow.id} ${now}`,
    given: {
      caller, dialled, now, zone, inputs: (start["inputs"] ?? {}) as Data, contact: (start["contact"] ?? {}) as Data,
      calendars: (start["calendars"] ?? {}) as never, lists: {}, services: servicesOf(flow, journal),
    },
    talk: talkOf(journal),
    expect: { path: result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~")), result: result.result, outcome: result.outcome, ended: result.ended },
  };
}

/** Stimuli in order, each after as long a wait as it came after the prompt before it. */
function talkOf(journal: readonly JournalLine[]): TalkItem[] {
  const talk: TalkItem[] = [];
  let heardAt: number | null = null;
  for (const line of journal) {
    if (line.kind === "heard") {
      talk.push({ hear: String(line.data?.["prompt"] ?? "") });
      heardAt = line.at;
    }
    if (line.kind === "attempt" && line.data?.["why"] === "noInput") heardAt = null;
    const done = line.kind === "stimulus" ? stimulusItem(line.data ?? {}) : line.kind === "note" && typeof line.data?.["backTo"] === "number" ? { back: true as const } : null;
    if (!done) continue;
    const last = talk.at(-1);
    if (heardAt !== null && last && "hear" in last) last.for = Math.round((line.at - heardAt) / 100) / 10;
    heardAt = null;
    const previous = talk.at(-1);
    if ("press" in done && previous && "press" in previous) previous.press += done.press;
    else talk.push(done);
  }
  return talk;
}

function stimulusItem(data: Data): TalkItem | null {
  if (data["type"] === "digit") return { press: String(data["digit"]) };
  if (data["type"] === "hangup") return { hangup: true };
  if (data["type"] === "choose") return { answer: String(data["answer"] ?? ""), fields: (data["fields"] ?? {}) as Data };
  return data["type"] === "fill" ? { fill: (data["fields"] ?? {}) as Data } : null;
}

/** How the services answered, by service name where a node names one. */
function servicesOf(flow: Flow, journal: readonly JournalLine[]): Conversation["given"]["services"] {
  const services: Record<string, { exit: string; body?: Value; value?: Value }[]> = {};
  for (const line of journal) {
    const node = flow.nodes[line.node];
    if (line.kind !== "reply" || !node || typeof line.data?.["exit"] !== "string") continue;
    const name = serviceName(node.type, node.config);
    if (!name) continue;
    const value = line.data["value"];
    const answer = { exit: line.data["exit"], ...(value === undefined ? {} : node.type === "http" ? { body: value } : { value }) };
    (services[name] ??= []).push(answer);
  }
  return services;
}

function serviceName(type: string, config: Record<string, unknown>): string | null {
  if (type === "http") return String(config["service"] ?? "");
  if (type === "list") return `list:${String(config["list"] ?? "")}`;
  if (type === "transfer") return config["mode"] === "blind" ? "refer" : "bridge";
  return null;
}
