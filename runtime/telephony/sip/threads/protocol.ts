/** What the three threads say to each other: commands and events, never audio. */
import type { Law } from "../../../audio/g711.ts";
import type { Clip, DialRequest, HangupCause, LegEvent, RecordRequest, Trunk, TrunkStatus } from "../../../ports/telephony.ts";

export type SignallingOptions = {
  bind: string;
  sipPort: number;
  advertisedAddress?: string;
  trunks: readonly Trunk[];
  maxLegs: number;
  allow: "any" | readonly string[];
  perSourcePerSecond: number;
  mediaThreads: number;
  /** Distinguishes leg ids of a restarted worker. */
  generation: number;
};

export type MediaOptions = { bind: string; rtpPorts: readonly [number, number]; rtpSilenceMs: number; promptCacheBytes: number };

export type SignallingCommand =
  | { do: "ring"; leg: string }
  | { do: "answer"; leg: string }
  | { do: "reject"; leg: string; sipStatus: number; retryAfterS?: number; reason?: string }
  | { do: "hangup"; leg: string; sipStatus?: number; q850?: number }
  | { do: "refer"; leg: string; id: string; target: string }
  | { do: "dial"; leg: string; sipCallId: string; request: DialRequest }
  /** How the main thread is, ten times a second. */
  | { do: "pulse"; late: boolean }
  /** No call for a while: time to give memory back. */
  | { do: "rest" }
  | { do: "stop" };

export type SignallingReport =
  | { type: "started"; address: string; port: number }
  | { type: "refused-start"; code: string; message: string }
  | { type: "incoming"; leg: string; caller: string; asserted: string; dialled: string; sipCallId: string }
  | { type: "event"; leg: string; event: LegEvent }
  /** The signalling of a leg is over; `hungup` follows when its media is closed, too. */
  | { type: "ended"; leg: string; at: number; cause: HangupCause }
  | { type: "trunk"; status: TrunkStatus }
  | { type: "pulse"; late: boolean }
  | { type: "log"; text: string }
  | { type: "stopped" };

/** Main to media. */
export type MediaCommand =
  | { do: "play"; leg: string; id: string; clips: readonly Clip[]; loop: boolean }
  | { do: "stopPlay"; leg: string; id: string }
  | { do: "background"; leg: string; clips: readonly Clip[] }
  | { do: "sendDigits"; leg: string; id: string; digits: string; ms: number; gapMs: number }
  | { do: "record"; leg: string; request: RecordRequest }
  | { do: "stopRecord"; leg: string; id: string }
  | { do: "startCallRecording"; leg: string; file: string }
  | { do: "stopCallRecording"; leg: string }
  | { do: "bridge"; leg: string; other: string }
  | { do: "unbridge"; leg: string }
  | { do: "rest" }
  | { do: "stop" };

export type LegCommand = Exclude<MediaCommand, { do: "stop" | "rest" }>;

export type MediaReport =
  | { type: "event"; leg: string; event: LegEvent }
  | { type: "closed"; leg: string }
  | { type: "stats"; tickLateP99Ms: number; late: boolean }
  | { type: "log"; text: string }
  | { type: "stopped" };

/** The negotiated stream of a leg. */
export type StreamConfig = {
  law: Law;
  /** Payload number of the law; its static one when absent. */
  payload?: number;
  eventPayload?: number;
  address: string;
  port: number;
  sending: boolean;
  /** Where the far end's SIP comes from: its RTP is likely to, too. */
  near?: string;
};

/** Signalling to media. */
export type StreamCommand =
  | { do: "open"; leg: string }
  | { do: "configure"; leg: string; stream: StreamConfig }
  /** A digit that came by INFO. */
  | { do: "digit"; leg: string; digit: string }
  | { do: "close"; leg: string };

/** Media to signalling. */
export type StreamReport =
  | { type: "opened"; leg: string; port: number }
  | { type: "not-opened"; leg: string; reason: string }
  /** How the media thread is, once a second. */
  | { type: "pulse"; late: boolean }
  /** No RTP for longer than allowed. */
  | { type: "silent"; leg: string };
