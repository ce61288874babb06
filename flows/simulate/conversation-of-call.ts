import { fold, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";
import { actOf } from "./stimuli.ts";

type Data = Record<string, Value>;

/** A journal (of a real or a simulated call) as a conversation: what was heard and done, and what came of it. */
export function conversationOf(flow: Flow, journal: readonly JournalLine[]): Conversation {
  const result = fold(journal);
  const given = givenOf(flow, journal);
  const path = result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~"));
  return {
    title: `${flow.id} ${given.now}`,
    given,
    talk: talkOf(journal),
    expect: { path, result: result.result, outcome: result.outcome, ended: result.ended },
  };
}

/** The world a call met: who called, when, with what, and how services answered, in order. */
export const givenOf = (flow: Flow, journal: readonly JournalLine[]): Conversation["given"] => ({
  ...startOf(journal),
  ...nothingKept(),
  services: servicesOf(flow, journal),
});

type Kept = "lists" | "tables" | "switches" | "contacts" | "counters";

/** The call's answers are scripted one by one; nothing has to be kept besides. */
const nothingKept = (): Pick<Conversation["given"], Kept> => ({ lists: {}, tables: {}, switches: {}, contacts: {}, counters: {} });

/** What the instance was started with: the journal's first line holds it. */
function startOf(journal: readonly JournalLine[]): Omit<Conversation["given"], Kept | "services"> {
  const start = data(journal.find((line) => line.data?.["start"] !== undefined)?.data?.["start"]);
  const at = typeof start["at"] === "number" ? start["at"] : (journal[0]?.at ?? 0);
  return {
    caller: text(data(start["caller"])["number"]),
    dialled: text(data(start["call"])["dialled"]),
    now: new Date(at).toISOString(),
    zone: text(start["zone"]) || "Europe/Moscow",
    inputs: data(start["inputs"]),
    contact: data(start["contact"]),
    calendars: data(start["calendars"]) as never,
  };
}

const data = (value: Value | undefined): Data => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const text = (value: Value | undefined): string => (value === null || value === undefined ? "" : String(value));

/** Stimuli in order, each after as long a wait as it came after the prompt before it. */
function talkOf(journal: readonly JournalLine[]): TalkItem[] {
  const talk: TalkItem[] = [];
  let heardAt: number | null = null;
  for (const line of journal) {
    if (line.kind === "heard") {
      talk.push({ hear: text(line.data?.["prompt"]) });
      heardAt = line.at;
    }
    if (line.kind === "attempt" && line.data?.["why"] === "noInput") heardAt = null;
    const done = actOf(line);
    if (!done) continue;
    if ("say" in done && line.kind === "reply") {
      spoken(talk, done);
      continue;
    }
    add(talk, done, heardAt === null ? null : line.at - heardAt);
    heardAt = null;
  }
  return talk;
}

/** A message, spoken before the hang-up that may have cut it off. */
function spoken(talk: TalkItem[], message: TalkItem): void {
  const cut = talk.at(-1);
  if (cut && "hangup" in cut) talk.splice(-1, 0, message);
  else talk.push(message);
}

/** Adds what the caller did, `after` milliseconds into the prompt before it; keys one after another are one item. */
function add(talk: TalkItem[], done: TalkItem, after: number | null): void {
  const last = talk.at(-1);
  if (after !== null && last && "hear" in last) last.for = Math.round(after / 100) / 10;
  if ("press" in done && last && "press" in last) last.press += done.press;
  else talk.push(done);
}

type Answer = { exit?: string; body?: Value; value?: Value; delay?: number; talk?: number; fault?: string };

/** How the services answered and after how long, by service name. */
function servicesOf(flow: Flow, journal: readonly JournalLine[]): Conversation["given"]["services"] {
  const services: Record<string, Answer[]> = {};
  const asked = new Map<string, number>();
  const joined = new Map<string, number>();
  for (const line of journal) {
    if (line.kind === "ask") asked.set(text(line.data?.["id"]), line.at);
    if (line.data?.["type"] === "connected") joined.set(text(line.data["id"]), line.at);
    if (line.kind !== "reply" || typeof line.data?.["exit"] !== "string") continue;
    const name = typeof line.data["service"] === "string" ? line.data["service"] : namedByNode(flow, line.node);
    const id = text(line.data["id"]);
    if (name) (services[name] ??= []).push(talkedOf(line, name, asked.get(id) ?? line.at, joined.get(id)));
  }
  return services;
}

/** A delay of a queue or a transfer is the wait until somebody answers; the talk after it is told apart. */
function talkedOf(line: JournalLine, name: string, askedAt: number, joinedAt: number | undefined): Answer {
  const answer = answerOf(line.data!, name, (joinedAt ?? line.at) - askedAt);
  return joinedAt === undefined ? answer : { ...answer, talk: Math.round((line.at - joinedAt) / 10) / 100 };
}

function answerOf(reply: Data, name: string, ms: number): Answer {
  const value = reply["value"];
  const fault = data(reply["fault"])["code"];
  const delay = Math.min(600, Math.round(ms / 10) / 100);
  const body = name.includes(":") || plain.has(name) ? { value: value ?? null } : { body: value ?? null };
  return { ...(fault ? { fault: String(fault) } : { exit: text(reply["exit"]) }), ...(value === undefined ? {} : body), ...(delay > 0 ? { delay } : {}) };
}

/** Names of answers that are no HTTP service. */
const plain = new Set([
  "contact",
  "caller-info",
  "bridge",
  "refer",
  "dial",
  "callback",
  "amd",
  "schedule",
  "answer",
  "hold",
  "whisper",
  "screenPop",
  "dtmf",
  "recordControl",
]);

/** Journals of older calls do not name the service: the node of the flow they were played on does. */
function namedByNode(flow: Flow, path: string): string | null {
  const node = flow.nodes[path];
  return node ? serviceName(node.type, node.config) : null;
}

type Naming = (word: (name: string) => string) => string;
const namings: Record<string, Naming> = {
  http: (word) => word("service"),
  list: (word) => `list:${word("list")}`,
  table: (word) => `table:${word("table")}`,
  contact: () => "contact",
  crm: (word) => `crm:${word("connector")}:${word("method") || "findByPhone"}`,
  notify: (word) => `notify:${word("channel") || "sms"}`,
  "rate-limit": (word) => `count:${word("counter")}`,
  "manual-switch": (word) => `switch:${word("switch")}`,
  "caller-info": () => "caller-info",
  transfer: (word) => (word("mode") === "blind" ? "refer" : "bridge"),
};

const serviceName = (type: string, config: Record<string, unknown>): string | null => namings[type]?.((name) => String(config[name] ?? "")) ?? null;
