import type { JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Conversation, Given, TalkItem } from "../../flows/simulate/conversation.ts";
import type { Played, Player } from "../../flows/simulate/player.ts";
import { servicesOf } from "../../flows/simulate/services-of-call.ts";
import type { Act } from "./acts.ts";

type Heard = { at: number; prompt: string; index: number };

/**
 * The simulated call as a test: prompts, actions with times, and the expected result. With the flow, a
 * service that was made to behave differently during the call answers in the test as it did, one answer after another.
 */
export function toConversation(title: string, given: Given, acts: readonly Act[], player: Player, flow?: Flow): Conversation {
  const result = player.result();
  return {
    title,
    given: { ...given, services: servicesFor(given, acts, player, flow) },
    talk: new Teller(acts, player).talk(),
    expect: {
      path: result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~")),
      ...(Object.keys(result.result).length > 0 ? { result: result.result } : {}),
      ...(player.done ? { outcome: result.outcome, ended: result.ended } : {}),
    },
  };
}

function servicesFor(given: Given, acts: readonly Act[], player: Player, flow?: Flow): Given["services"] {
  const services = { ...given.services };
  const changed = new Set<string>();
  for (const act of acts) {
    if (!("service" in act)) continue;
    changed.add(act.service);
    if (act.answer !== null) services[act.service] = act.answer;
  }
  if (!flow || changed.size === 0) return services;
  const answered = servicesOf(flow, player.journal);
  for (const name of changed) if (answered[name]) services[name] = answered[name];
  return services;
}

/** Tells the acts of a call among what was heard. Times are in seconds, exact to the millisecond. */
class Teller {
  private readonly items: TalkItem[] = [];
  private readonly acts: readonly Act[];
  private readonly player: Player;
  private readonly waiting: Heard[];
  /** What was heard since the last act, its last line. */
  private heard: Heard | null = null;
  private doneAt: number;
  /** Where in the journal the telling stands. */
  private from = 0;

  constructor(acts: readonly Act[], player: Player) {
    const endedAt = player.journal.find((line) => line.kind === "end")?.at ?? Number.POSITIVE_INFINITY;
    this.acts = acts.filter((act) => !("service" in act) && act.at <= endedAt);
    this.player = player;
    this.doneAt = player.journal[0]?.at ?? 0;
    this.waiting = player.journal.flatMap((line, index) =>
      line.kind === "heard" ? [{ at: line.at, prompt: String(line.data?.["prompt"] ?? ""), index }] : [],
    );
  }

  talk(): TalkItem[] {
    for (const [index, act] of this.acts.entries()) {
      const place = placeOf(act, this.player, this.from);
      if (place !== null) this.from = place + 1;
      this.hearUpTo(act.at, place);
      this.tell(act, this.acts[index + 1]);
      this.heard = null;
      this.doneAt = act.at;
    }
    return [...this.items, ...this.waiting.map((line) => ({ hear: line.prompt }))];
  }

  private hearUpTo(at: number, place: number | null): void {
    while (this.waiting[0] && (place === null ? this.waiting[0].at <= at : this.waiting[0].index < place)) {
      this.heard = this.waiting.shift()!;
      this.items.push({ hear: this.heard.prompt });
    }
  }

  private tell(act: Act, next: Act | undefined): void {
    if ("event" in act && act.event.type === "digit") return this.press(act.event.digit, act.at);
    if ("utter" in act) return this.utter(act.utter, act.at);
    this.pause(act.at);
    if ("speak" in act) this.speak(act, next);
    else if ("back" in act) this.items.push({ back: true });
    else if ("event" in act && act.event.type === "hangup") this.items.push({ hangup: true });
    else if ("event" in act && act.event.type === "choose") {
      const { answer, fields } = act.event;
      this.items.push({ answer, ...(Object.keys(fields).length > 0 ? { fields } : {}) });
    }
  }

  /** Keys one after another at an even pace are one item. */
  private press(digit: string, at: number): void {
    const last = this.items.at(-1);
    const gap = seconds(this.told(at) - this.told(this.doneAt));
    if (this.heard === null && last && "press" in last && (last.press.length === 1 || (last.gap ?? usualGap) === gap)) {
      this.items[this.items.length - 1] = { press: last.press + digit, ...(gap === usualGap ? {} : { gap }) };
      return;
    }
    this.pause(at);
    this.items.push({ press: digit });
  }

  /** Words take their time; the recogniser has them at the end of it. */
  private utter(words: string, at: number): void {
    const ms = Math.max(500, words.length * 65);
    this.pause(Math.max(at - ms, this.heard ? (this.endOf(this.heard) ?? this.doneAt) : this.doneAt), at);
    this.items.push({ say: words });
  }

  private speak(act: { at: number; speak: number }, next: Act | undefined): void {
    const over = this.player.journal.find((line) => line.kind === "reply" && line.at >= act.at && line.data?.["recording"] !== undefined);
    const goesOn = next !== undefined && (over === undefined || next.at <= over.at);
    this.items.push({ say: "…", seconds: act.speak / 1000, ...(goesOn ? { goesOn } : {}) });
  }

  /** The time up to `at`: into the prompt (then it is heard only so long), after its end, or since the last act. */
  private pause(at: number, actAt = at): void {
    const { heard } = this;
    if (!heard) return this.wait(this.told(at) - this.told(this.doneAt));
    const end = this.endOf(heard);
    if (end === null || actAt < end || (actAt === end && this.cutBy(heard, actAt)))
      this.items[this.items.length - 1] = { hear: heard.prompt, for: seconds(this.told(actAt) - this.told(heard.at)) };
    else this.wait(this.told(at) - this.told(end));
  }

  /** Even for no time at all: what is due at this moment comes first, and a caller who waits lets the prompt end. */
  private wait(ms: number): void {
    this.items.push({ wait: seconds(ms) });
  }

  /** When the play that this prompt is part of was over; null for music, which has no end to wait for. */
  private endOf(heard: Heard): number | null {
    const play = this.playOf(heard);
    if (!play || play.until === Number.POSITIVE_INFINITY) return play ? null : heard.at;
    return play.end ?? play.until;
  }
  private cutBy(heard: Heard, at: number): boolean {
    const play = this.playOf(heard);
    return play !== undefined && play.until > at;
  }
  private playOf({ at }: Heard): Played | undefined {
    return this.player.plays.findLast((play) => play.from === at);
  }

  /** A moment of the call in the time of the test, where a prompt lasts as long as its text and not as its recording. */
  private told(at: number): number {
    let time = at;
    for (const { from, until, ms, end } of this.player.plays) {
      if (from >= at || until === Number.POSITIVE_INFINITY || until === from) continue;
      const heardMs = Math.min(at, end ?? until) - from;
      time += (ms / (until - from) - 1) * heardMs;
    }
    return time;
  }
}

const usualGap = 0.2;
const seconds = (ms: number): number => Math.round(Math.max(0, ms)) / 1000;

/** Where in the journal an act stands: what was heard at the same moment may be its cause or its effect. */
function placeOf(act: Act, player: Player, from: number): number | null {
  const type = "event" in act ? act.event.type : "utter" in act ? "speech" : null;
  if (type === null) return null;
  const find = (isIt: (line: JournalLine) => boolean) => player.journal.findIndex((line, at) => at >= from && line.at === act.at && isIt(line));
  const index = find((line) => line.kind === "stimulus" && line.data?.["type"] === type);
  // A key that ends a recording is no stimulus: its effect is the recording's end.
  const end = index < 0 && type === "digit" ? find((line) => line.kind === "left" || line.kind === "reply") : index;
  return end < 0 ? null : end;
}
