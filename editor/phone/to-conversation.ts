import type { Conversation, Given, TalkItem } from "../../flows/simulate/conversation.ts";
import type { Player } from "../../flows/simulate/player.ts";
import type { Act } from "./acts.ts";

type Heard = { at: number; prompt: string; index: number };

/** The call just simulated as a written test: what was heard, what was done, what it must come to. */
export function toConversation(title: string, given: Given, acts: readonly Act[], player: Player): Conversation {
  const result = player.result();
  const heard: Heard[] = player.journal.flatMap((line, index) =>
    line.kind === "heard" ? [{ at: line.at, prompt: String(line.data?.["prompt"] ?? ""), index }] : [],
  );
  const services = { ...given.services };
  for (const act of acts) if ("service" in act && act.answer !== null) services[act.service] = act.answer;
  return {
    title,
    given: { ...given, services },
    talk: talk(heard, acts, player),
    expect: {
      path: result.path.map((visit) => visit.node).filter((node) => !node.startsWith("~")),
      ...(Object.keys(result.result).length > 0 ? { result: result.result } : {}),
      ...(player.done ? { outcome: result.outcome, ended: result.ended } : {}),
    },
  };
}

function talk(heard: readonly Heard[], acts: readonly Act[], player: Player): TalkItem[] {
  const items: TalkItem[] = [];
  const waiting = [...heard];
  let last: Heard | null = null;
  let lastAct = 0;
  let from = 0;
  for (const act of acts) {
    const place = placeOf(act, player, from);
    from = place === null ? from : place + 1;
    while (waiting[0] && (place === null ? waiting[0].at <= act.at : waiting[0].index < place)) items.push({ hear: (last = waiting.shift()!).prompt });
    if ("event" in act && act.event.type === "digit") pressed(items, act.event.digit, act.at, last, lastAct, player);
    else items.push(...done(act, act.at - Math.max(last?.at ?? 0, lastAct)));
    lastAct = act.at;
  }
  return [...items, ...waiting.map((line) => ({ hear: line.prompt }))];
}

/** A key: pressed into the prompt (then the prompt is heard only so long), or after a pause since the last key. */
function pressed(items: TalkItem[], digit: string, at: number, last: Heard | null, lastAct: number, player: Player): void {
  const again = lastAct > (last?.at ?? 0);
  const quietMs = at - Math.max(last?.at ?? 0, lastAct);
  if (last && !again && at < endOf(last, player)) items[items.length - 1] = { hear: last.prompt, for: seconds(at - last.at) };
  else if (again && quietMs > 1000) items.push({ wait: seconds(quietMs - 200) });
  items.push({ press: digit });
}

/** Any other act of a person. */
function done(act: Act, quietMs: number): TalkItem[] {
  if ("speak" in act) return [{ say: "…", seconds: act.speak / 1000 }];
  if ("utter" in act) return [{ say: act.utter }];
  if ("back" in act) return [{ back: true }];
  if (!("event" in act)) return [];
  if (act.event.type === "hangup") return [...(quietMs > 0 ? [{ wait: seconds(quietMs) }] : []), { hangup: true }];
  if (act.event.type !== "choose") return [];
  const { answer, fields } = act.event;
  return [{ answer, ...(Object.keys(fields).length > 0 ? { fields } : {}) }];
}

/** Where in the journal an act stands: what was heard at the same moment may be its cause or its effect. */
function placeOf(act: Act, player: Player, from: number): number | null {
  const type = "event" in act ? act.event.type : "utter" in act ? "speech" : null;
  if (type === null) return null;
  const index = player.journal.findIndex((line, at) => at >= from && line.kind === "stimulus" && line.at === act.at && line.data?.["type"] === type);
  return index < 0 ? null : index;
}

const seconds = (ms: number): number => Math.round(Math.max(0, ms) / 100) / 10;

/** When a prompt was over: its `played`, or 65 ms a character when it was cut. */
function endOf(heard: Heard, player: Player): number {
  const line = player.journal.find((item) => item.kind === "heard" && item.at === heard.at && item.data?.["prompt"] === heard.prompt);
  return heard.at + String(line?.data?.["text"] ?? "").length * 65;
}
