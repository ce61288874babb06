import { fold, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";

type Data = Record<string, Value>;

/** A journal (of a real or a simulated call) as a conversation: what was heard and done, and what came of it. */
export function conversationOf(flow: Flow, journal: readonly JournalLine[]): Conversation {
  const result = fold(journal);
  const given = { ...startOf(journal), ...nothingKept(), services: servicesOf(flow, journal) };
  const path = result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~"));
  return {
    title: `${flow.id} ${given.now}`,
    given,
    talk: talkOf(journal),
    expect: { path, result: result.result, outcome: result.outcome, ended: result.ended },
  };
}

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
    const done = doneBy(line);
    if (!done) continue;
    add(talk, done, heardAt === null ? null : line.at - heardAt);
    heardAt = null;
  }
  return talk;
}

/** Adds what the caller did, `after` milliseconds into the prompt before it; keys one after another are one item. */
function add(talk: TalkItem[], done: TalkItem, after: number | null): void {
  const last = talk.at(-1);
  if (after !== null && last && "hear" in last) last.for = Math.round(after / 100) / 10;
  if ("press" in done && last && "press" in last) last.press += done.press;
  else talk.push(done);
}

function doneBy({ kind, data: given }: JournalLine): TalkItem | null {
  if (kind === "stimulus") return stimulusItem(given ?? {});
  return kind === "note" && typeof given?.["backTo"] === "number" ? { back: true } : null;
}

function stimulusItem(stimulus: Data): TalkItem | null {
  if (stimulus["type"] === "digit") return { press: String(stimulus["digit"]) };
  if (stimulus["type"] === "hangup") return { hangup: true };
  if (stimulus["type"] === "choose") return { answer: text(stimulus["answer"]), fields: data(stimulus["fields"]) };
  return stimulus["type"] === "fill" ? { fill: data(stimulus["fields"]) } : null;
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
