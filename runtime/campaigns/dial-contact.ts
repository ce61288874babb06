import type { Command } from "../../flows/commands.ts";
import type { CallResult } from "../../flows/result.ts";
import type { CallDeps, Place } from "../calls/call-registry.ts";
import { runCall } from "../calls/run-call.ts";
import type { AttemptRow, CampaignRow, ContactRow, NewCall } from "../ports/store.ts";
import { elapsed } from "../ports/clock.ts";
import type { HangupCause, Leg } from "../ports/telephony.ts";
import { answeredOutcome, attemptOutcome, endingOf, trunkVerdict, type Ending, type OutcomeOverrides } from "./outcomes.ts";
import { personOf } from "./wake-contact.ts";

export type AttemptEnd = Ending & {
  sipStatus?: number | null;
  q850?: number | null;
  callId?: string;
  answeredAt?: number | null;
  result?: CallResult;
  rule?: string;
  evidence?: string;
  /** Reason phrase or header of the network, unchanged. */
  reason?: string;
  /** What it says of the trunk; nothing when absent. */
  trunk?: "failed" | "works" | "nothing";
  /** What it says of the flow that was played. */
  flow?: { id: string; verdict: "failed" | "works" };
};

type Plan = {
  campaign: CampaignRow;
  contact: ContactRow;
  command: Extract<Command, { do: "dial" }>;
  attempt: AttemptRow;
  trunk: string;
  overrides: OutcomeOverrides;
  /** The call's place under the limit of calls; the caller frees it when this is over. */
  place: Place;
};

/** One attempt: dials, runs the ivr flow for the answering party, and returns the outcome and the result of the call. */
export async function dialContact({ campaign, contact, command, attempt, trunk, overrides, place }: Plan, deps: CallDeps): Promise<AttemptEnd> {
  const compiled = command.flow ? await flowOf(command.flow, deps) : null;
  const calendars = await deps.store.calendars.all();
  const leg = deps.telephony.dial({ to: attempt.number, trunk, ringTimeoutMs: command.ringMs, ...(command.callerId ? { callerId: command.callerId } : {}) });
  const answer = await answerOf(leg);
  if ("cause" in answer) return unanswered(answer.cause, overrides);
  const answeredAt = answer.at;
  const begun = elapsed(deps.clock);
  await deps.store.campaigns.updateAttempt(attempt.id, { state: "answered", answeredAt });
  if (!compiled) {
    leg.hangup({ q850: 16 });
    return { ...endingOf("human"), answeredAt, trunk: "works" };
  }
  const call: NewCall = {
    id: deps.ids.next(),
    flow: compiled.flow.id,
    version: compiled.version,
    kind: compiled.flow.kind,
    direction: "outbound",
    caller: leg.caller || trunk,
    dialled: attempt.number,
    sipCallId: leg.sipCallId,
    startedAt: answeredAt,
    operator: "",
    attempt: attempt.id,
  };
  const live = runCall(
    {
      call,
      flow: compiled.flow,
      machine: compiled.machine,
      inputs: { ...campaign.inputs, ...command.inputs },
      contact: personOf(contact),
      campaign: campaign.id,
      calendars,
      answered: true,
    },
    leg,
    deps,
  );
  deps.registry.add(live, place);
  const result = await live.ended;
  const left = result.ended === "caller-hangup" ? { leftAfterMs: elapsed(deps.clock) - begun } : {};
  const fault = brokeOff(result);
  const ending = fault ? endingOf("flowFault") : answeredOutcome(left);
  const flow = { id: compiled.flow.id, verdict: fault ? ("failed" as const) : ("works" as const) };
  return { ...ending, callId: call.id, answeredAt, result, q850: result.q850, sipStatus: 200, trunk: "works", flow, ...(fault ? { reason: fault } : {}) };
}

/** Why a run came to no outcome; null when it did, or ended as calls do. */
function brokeOff({ ended, outcome, faults }: CallResult): string | null {
  if (outcome !== null || (ended !== "fault" && ended !== "limit")) return null;
  const last = faults.at(-1);
  return last ? `${last.node}: ${last.message}`.slice(0, 500) : ended;
}

/** Status and cause as the network gave them: null when it said nothing. */
function unanswered(cause: HangupCause, overrides: OutcomeOverrides): AttemptEnd {
  const { sipStatus = null, q850 = null, reason = "" } = cause;
  const ending = attemptOutcome(cause, overrides);
  return { ...ending, sipStatus, q850, reason: reason.slice(0, 500), trunk: trunkVerdict(ending, cause) };
}

async function flowOf(id: string, deps: CallDeps) {
  const version = await deps.store.flows.alias(id, "live");
  const compiled = version === null ? null : await deps.machines.get(id, version);
  if (!compiled || version === null) throw new Error(`flow "${id}" has no live version`);
  return { ...compiled, version };
}

function answerOf(leg: Leg): Promise<{ at: number } | { cause: HangupCause }> {
  return new Promise((resolve) => {
    leg.listen((event) => {
      if (event.type === "answered") resolve({ at: event.at });
      if (event.type === "hungup") resolve({ cause: event.cause });
    });
  });
}
