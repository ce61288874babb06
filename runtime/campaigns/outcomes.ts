import { z } from "zod";
import { attemptOutcomeNames, attemptOutcomes, type AttemptOutcome, type OutcomeClass } from "../../flows/strategy/attempt-outcomes.ts";
import type { DialFailure, HangupCause } from "../ports/telephony.ts";

/** What a trunk means by a status or a cause where it differs from the table: the first line that fits wins. */
export const outcomeOverrides = z
  .array(
    z
      .object({
        sip: z.number().int().min(300).max(699).optional(),
        q850: z.number().int().min(1).max(127).optional(),
        outcome: z.enum(attemptOutcomeNames),
      })
      .strict()
      .refine(({ sip, q850 }) => sip !== undefined || q850 !== undefined, 'needs "sip" or "q850"'),
  )
  .max(100);
export type OutcomeOverrides = z.infer<typeof outcomeOverrides>;

/** The end of an attempt: the exit of `dial`, the detailed outcome and its class. */
export type Ending = { outcome: string; detail: AttemptOutcome; class: OutcomeClass };

export function endingOf(detail: AttemptOutcome): Ending {
  const { exit, class: kind } = attemptOutcomes[detail];
  return { outcome: exit, detail, class: kind };
}

/** SIP status and Q.850 cause of an unanswered call → how the attempt ended, by the trunk's own table first. */
export function attemptOutcome(cause: HangupCause, overrides: OutcomeOverrides = []): Ending {
  const { sipStatus = 0, q850 = 0 } = cause;
  const own = overrides.find((line) => (line.sip ?? sipStatus) === sipStatus && (line.q850 ?? q850) === q850);
  // Somebody has picked up and heard nothing: an attempt that he remembers, although the trunk or its codecs are to blame.
  if (!own && cause.failure === "noCodec" && sipStatus >= 200 && sipStatus < 300) return endingOf("flowFault");
  return endingOf(own?.outcome ?? (cause.failure ? failureOutcomes[cause.failure] : byTable(sipStatus, q850, cause.rang ?? false)));
}

/** Without a final network response, only a number that rang or an invalid number counts as an outcome of the called party. */
const failureOutcomes: Readonly<Record<DialFailure, AttemptOutcome>> = {
  noAnswer: "noAnswer",
  noReply: "techError",
  unreachable: "techError",
  noRinging: "techError",
  cancelled: "techError",
  noLines: "congestion",
  badNumber: "badFormat",
  unknownTrunk: "carrierDenied",
  notReady: "techError",
  noCodec: "techError",
};

/** Failures of our own side: they say nothing of the trunk. */
const ownFailures: ReadonlySet<DialFailure | undefined> = new Set(["cancelled", "noLines", "badNumber", "notReady"] as const);

/** What an attempt indicates about its trunk: failing, working, or nothing. */
export function trunkVerdict(ending: Ending, cause: HangupCause | null): "failed" | "works" | "nothing" {
  if (ownFailures.has(cause?.failure)) return "nothing";
  return ending.class === "technical" || cause?.failure === "noCodec" || ending.detail === "carrierDenied" ? "failed" : "works";
}

function byTable(sipStatus: number, q850: number, rang: boolean): AttemptOutcome {
  const byCause = causeOutcomes[q850];
  if (byCause && vague.has(sipStatus)) return byCause;
  if (sipStatus === 408) return rang ? "noAnswer" : "techError";
  // Other 4xx speak of the request or of the way, not of the called party (RFC 3261 §8.1.3.2: treated as 400).
  return sipOutcomes[sipStatus] ?? byCause ?? (sipStatus >= 600 ? "rejected" : "techError");
}

/** Statuses that gateways give for many causes: the cause tells more (480 → 18 or 19; 408 → 18, 41 or 102). */
const vague = new Set([0, 408, 480, 500, 502, 503, 504]);

/** "Caller hung up" after our own CANCEL is no answer, not a failure of the carrier. */
const sipOutcomes: Readonly<Record<number, AttemptOutcome>> = {
  401: "carrierDenied",
  402: "carrierDenied",
  403: "carrierDenied",
  404: "invalidNumber",
  407: "carrierDenied",
  410: "numberChanged",
  433: "rejected",
  480: "noAnswer",
  484: "badFormat",
  485: "invalidNumber",
  486: "busy",
  487: "noAnswer",
  500: "techError",
  502: "techError",
  503: "congestion",
  504: "techError",
  600: "busy",
  603: "rejected",
  604: "invalidNumber",
  607: "unwanted",
  608: "blocked",
};
const causeOutcomes: Readonly<Record<number, AttemptOutcome>> = {
  1: "invalidNumber",
  17: "busy",
  18: "noAnswer",
  19: "noAnswer",
  20: "unreachable",
  21: "rejected",
  22: "numberChanged",
  28: "badFormat",
  34: "congestion",
  38: "congestion",
  41: "congestion",
  42: "congestion",
  47: "congestion",
  102: "techError",
  111: "techError",
  127: "techError",
};

/** What was found out about an answered call. */
export type AnswerSigns = {
  /** AMD or a tone detector; absent when nobody listened. */
  heard?: "human" | "machine" | "machineBeep" | "unsure" | "fax" | "modem" | "silence";
  /** Special information tone: intercept, vacant code, reorder, no circuit, any other (three tones of ITU-T E.180). */
  tone?: "IC" | "VC" | "RO" | "NC" | "other";
  /** No operator was free within the limit. */
  nobodyFree?: boolean;
  /** Milliseconds until the called person hung up; absent if we did. */
  leftAfterMs?: number;
};

const shortMs = 2_000;
const tones = { IC: "intercept", VC: "vacantCode", RO: "reorder", NC: "noCircuit", other: "sitUnknown" } as const;
const heardAs = {
  human: "human",
  machine: "machine",
  machineBeep: "machineBeep",
  unsure: "unknownAnswer",
  fax: "fax",
  modem: "modem",
  silence: "deadAir",
} as const;

/** How an answered attempt ended. An unsure answer is a person; who left within two seconds was not abandoned. */
export function answeredOutcome({ heard, tone, nobodyFree, leftAfterMs }: AnswerSigns): Ending {
  if (tone) return endingOf(tones[tone]);
  if (heard && heard !== "human" && heard !== "unsure") return endingOf(heardAs[heard]);
  if (leftAfterMs !== undefined && leftAfterMs < shortMs) return endingOf("shortAnswer");
  if (nobodyFree) return endingOf("abandoned");
  return endingOf(heard ? heardAs[heard] : "human");
}
