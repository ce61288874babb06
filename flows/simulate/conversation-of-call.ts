import { fold, type JournalLine } from "../result.ts";
import type { Flow } from "../schema/flow.ts";
import type { Value } from "../schema/values.ts";
import type { Conversation, TalkItem } from "./conversation.ts";
import { servicesOf } from "./services-of-call.ts";
import { actOf } from "./stimuli.ts";

type Data = Record<string, Value>;

/** Converts a journal (of a real or simulated call) to a conversation: prompts, actions and the result. */
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

/** The conditions of a call: caller, time, inputs, and service responses in order. */
export const givenOf = (flow: Flow, journal: readonly JournalLine[]): Conversation["given"] => ({
  ...startOf(journal),
  ...nothingKept(),
  services: servicesOf(flow, journal),
});

type Kept = "lists" | "tables" | "switches" | "contacts" | "counters";

/** The responses of the call are scripted one by one, so no other data is needed. */
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

/** Stimuli in order, each with its delay after the start of the previous prompt or after the previous stimulus. */
function talkOf(journal: readonly JournalLine[]): TalkItem[] {
  const talk: TalkItem[] = [];
  const actsAt: number[] = [];
  let since = journal[0]?.at ?? 0;
  for (const line of journal) {
    if (line.kind === "heard") {
      talk.push({ hear: text(line.data?.["prompt"]) });
      since = line.at;
    }
    const done = actOf(line);
    if (!done) continue;
    if ("say" in done && line.kind === "reply") {
      const began = line.at - Number(line.data?.["ms"] ?? 0);
      spoken(talk, done, actsAt.filter((at) => at > began).length);
      continue;
    }
    add(talk, done, line.at - since);
    since = line.at;
    // A key that joined those before it makes them one act, as late as itself.
    if (talk.at(-1) !== done) actsAt.pop();
    actsAt.push(line.at);
  }
  return talk;
}

/** A message: its end is reported after what was done while it was recorded (the last `during` acts), but it was spoken before. */
function spoken(talk: TalkItem[], message: TalkItem, during: number): void {
  let place = talk.length;
  for (let left = during; left > 0 && place > 0 && !("hear" in talk[place - 1]!); place--) if (!("wait" in talk[place - 1]!)) left--;
  const before = talk[place - 1];
  const goesOn = place < talk.length;
  // The prompt of the recording is heard to its end: the time up to the first act belongs to the message.
  if (goesOn && before && "hear" in before) delete before.for;
  talk.splice(place, 0, goesOn ? { ...message, goesOn } : message);
}

/** Adds an act that came `after` milliseconds; keys one after another at an even pace are one item. */
function add(talk: TalkItem[], done: TalkItem, after: number): void {
  const last = talk.at(-1);
  if ("press" in done && last && "press" in last && (last.press.length === 1 || seconds(after) === (last.gap ?? usualGap))) {
    talk[talk.length - 1] = { press: last.press + done.press, ...(seconds(after) === usualGap ? {} : { gap: seconds(after) }) };
    return;
  }
  // Words take their time; the recogniser has them at the end of it.
  const wait = "say" in done ? after - Math.max(500, done.say.length * 65) : after;
  if (last && "hear" in last) last.for = seconds(wait);
  else if (wait > 0) talk.push({ wait: seconds(wait) });
  talk.push(done);
}

const usualGap = 0.2;
const seconds = (ms: number): number => Math.round(Math.max(0, ms)) / 1000;
