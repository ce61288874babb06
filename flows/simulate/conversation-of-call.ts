import { fold, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";
import { servicesOf } from "./services-of-call.ts";
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
    country: text(start["country"]) || "RU",
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
  let doneAt = journal[0]?.at ?? 0;
  for (const line of journal) {
    if (line.kind === "heard") {
      talk.push({ hear: text(line.data?.["prompt"]) });
      heardAt = doneAt = line.at;
    }
    if (line.kind === "attempt" && line.data?.["why"] === "noInput") heardAt = null;
    const done = actOf(line);
    if (!done) continue;
    if ("say" in done && line.kind === "reply") {
      spoken(talk, done);
      continue;
    }
    if (heardAt === null) talk.push(...silentBefore(done, line.at - doneAt));
    add(talk, done, heardAt === null ? null : line.at - heardAt);
    heardAt = null;
    doneAt = line.at;
  }
  return talk;
}

/** A caller who hangs up while it rings or in the talk, with nothing heard since, waited so long. */
const silentBefore = (done: TalkItem, ms: number): TalkItem[] => ("hangup" in done && ms > 0 ? [{ wait: ms / 1000 }] : []);

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
