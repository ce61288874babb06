import type { JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";

type Data = Record<string, Value>;
const data = (value: Value | undefined): Data => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const text = (value: Value | undefined): string => (value === null || value === undefined ? "" : String(value));

type Answer = { exit?: string; body?: Value; value?: Value; delay?: number; talk?: number; fault?: string };

/** Service responses with their delays, by service name. */
export function servicesOf(flow: Flow, journal: readonly JournalLine[]): Record<string, Answer[]> {
  const services: Record<string, Answer[]> = {};
  const asked = new Map<string, number>();
  const joined = new Map<string, number>();
  const add = (name: string | null, answer: Answer) => {
    if (name !== null) (services[name] ??= []).push(answer);
  };
  for (const line of journal) {
    const id = text(line.data?.["id"]);
    const askedAt = asked.get(id) ?? line.at;
    if (line.kind === "ask") asked.set(id, line.at);
    if (line.data?.["type"] === "connected") joined.set(id, line.at);
    if (line.kind === "cancelled") add(joiningName(flow, line.node), unfinished(askedAt, joined.get(id)));
    if (line.kind !== "reply" || typeof line.data?.["exit"] !== "string") continue;
    const name = typeof line.data["service"] === "string" ? line.data["service"] : namedByNode(flow, line.node);
    add(name, talkedOf(line, name ?? "", askedAt, joined.get(id)));
  }
  return services;
}

/** Longer than a person waited or talked who hung up first. */
const longest = 600;

/** The name under which a node that joins people is answered; null for any other. */
function joiningName({ nodes }: Flow, path: string): string | null {
  const { type, config = {} } = nodes[path] ?? {};
  if (type === "queue") return `queue:${String(config["queue"])}`;
  return type === "transfer" && config["mode"] !== "blind" ? "bridge" : null;
}

/** The state cut off by a hang-up: still ringing, or talking since a given time. */
const unfinished = (askedAt: number, joinedAt: number | undefined): Answer =>
  joinedAt === undefined ? { delay: longest } : { delay: Math.round((joinedAt - askedAt) / 10) / 100, talk: longest };

/** The delay of a queue or a transfer is the wait until an answer; the talk time is separate. */
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
  "background",
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
