/**
 * Telephony port. The call engine (main thread) talks to legs only through these interfaces;
 * audio never crosses them: prompts are named by file, recordings are written by the adapter.
 * All times are milliseconds; `at` is milliseconds since the Unix epoch.
 */

/** One G.711 prompt on disk: `<path>.ulaw` and `<path>.alaw`, 8 kHz, 8 bytes a millisecond. */
export type Clip = { path: string; ms: number };

export type DigitSource = "rfc4733" | "inband" | "info";

/**
 * Failures of a dialled leg without a final network response: rang until the limit · no response · refused by
 * ICMP or TCP, or its name is unknown · 100 and no more · we gave it up · all lines in use · not a number · no such trunk · our side
 * could not dial.
 */
export type DialFailure =
  | "noAnswer"
  | "noReply"
  | "unreachable"
  | "noRinging"
  | "cancelled"
  | "noLines"
  | "badNumber"
  | "unknownTrunk"
  | "notReady"
  | "noCodec";

/** The cause of a leg's end: SIP status and Q.850 cause are separate. */
export type HangupCause = {
  by: "remote" | "local" | "network";
  /** Only a status that went over the wire: absent when the network said none. */
  sipStatus?: number;
  q850?: number;
  reason?: string;
  failure?: DialFailure;
  /** A dialled leg: the far end was ringing (18x came) before it ended. */
  rang?: boolean;
};

export type LegEvent =
  /** A provisional response (180, 183) came for a dialled leg. */
  | { type: "ringing"; at: number; sipStatus: number; earlyMedia: boolean }
  /** Media may flow: our 200 was acknowledged (incoming) or the callee answered (dialled). */
  | { type: "answered"; at: number }
  | { type: "digit"; at: number; digit: string; source: DigitSource }
  /** All clips of `play(id)` were sent, or it was stopped. `ms` is what was really sent. */
  | { type: "played"; at: number; id: string; ms: number; reason: "end" | "stopped" | "failed" }
  | {
      type: "recorded";
      at: number;
      id: string;
      file: string;
      /** Length of audio in the file. */
      ms: number;
      /** Milliseconds of it in which the far end spoke (energy gate). */
      speechMs: number;
      reason: "max" | "silence" | "terminator" | "hangup" | "stopped" | "failed";
      /** The digit that ended it, when `reason` is `terminator`. */
      digit?: string;
    }
  | { type: "sent-digits"; at: number; id: string }
  /** Outcome of `refer`: the final sipfrag status, or the refusal of REFER itself. */
  | { type: "transferred"; at: number; id: string; ok: boolean; sipStatus: number }
  /** The far end put us on hold or took us back. */
  | { type: "held"; at: number; held: boolean }
  /** Last event of every leg, exactly once. For an unanswered dialled leg it carries why it failed. */
  | { type: "hungup"; at: number; cause: HangupCause };

export type RecordRequest = {
  id: string;
  /** Absolute path of the WAV file (PCM16, 8 kHz, mono) to write. */
  file: string;
  maxMs: number;
  /** End after this much silence; 0 = never. */
  silenceMs: number;
  /** Digits that end the recording, e.g. "#"; empty = none. */
  terminator: string;
  beep: boolean;
};

export interface Leg {
  /** Unique in this process. */
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  /** User part of P-Asserted-Identity, Remote-Party-ID or From; empty when withheld. */
  readonly caller: string;
  /** The number that the network vouches for even when the caller withholds it: for lists, never shown, spoken or stored. */
  readonly asserted?: string;
  /** User part of the Request-URI. */
  readonly dialled: string;
  /** SIP Call-ID, or the adapter's own equivalent, for finding the call in other systems. */
  readonly sipCallId: string;
  /** One listener; setting it again replaces it. Events before the first listener are kept and delivered. */
  listen(listener: (event: LegEvent) => void): void;
  /** Incoming: 180 Ringing. No-op once answered. */
  ring(): void;
  /** Incoming: 200 with SDP. `answered` follows, or `hungup`. */
  answer(): void;
  /** Incoming, unanswered: final refusal, e.g. 486, 404, 503 (with Retry-After seconds). `hungup` follows. */
  reject(sipStatus: number, options?: { retryAfterS?: number; reason?: string }): void;
  /** Plays clips back to back. One play at a time per leg: a new one stops the old (`played` stopped). */
  play(id: string, clips: readonly Clip[], options?: { loop?: boolean }): void;
  stopPlay(id: string): void;
  /** Loops clips from now on, heard wherever nothing else is: not under a play, a recording or a joined leg. None: no more. */
  background(clips: readonly Clip[]): void;
  sendDigits(id: string, digits: string, options?: { ms?: number; gapMs?: number }): void;
  record(request: RecordRequest): void;
  stopRecord(id: string): void;
  /** Record the whole call to a stereo WAV: left what the far end says, right what it hears. */
  startCallRecording(file: string): void;
  stopCallRecording(): void;
  /** Joins the media of two answered legs of this adapter; digits are still reported. */
  bridge(other: Leg): void;
  unbridge(): void;
  /** Blind transfer (RFC 3515 REFER). `transferred` follows. Target: a number or a SIP URI. */
  refer(id: string, target: string): void;
  /** Ends the leg in whatever state it is: reject, CANCEL or BYE. `hungup` follows. Idempotent. */
  hangup(options?: { sipStatus?: number; q850?: number }): void;
}

export type DialRequest = {
  /** E.164 number ("+79990000001"), extension, or a full SIP URI (allowed only when its host is the trunk's). */
  to: string;
  /** Name of a configured trunk. Outbound calls go to configured trunks only. */
  trunk: string;
  /** Caller ID to show; the trunk's default when absent. */
  callerId?: string;
  /** Give up (CANCEL) after it has rung for so long: counted from the first 18x. */
  ringTimeoutMs: number;
  /** A leg that it is to be bridged with: the adapter may keep the two close to each other. */
  beside?: Leg;
};

export type TelephonyHandlers = {
  /** Called once per inbound call, before any response except 100. The engine must answer or reject. */
  onIncoming(leg: Leg): void;
};

/** The first four are those of a registration; the others what is known of the trunk from its answers to calls and OPTIONS. */
export type TrunkState = "unregistered" | "registering" | "registered" | "failed" | "unknown" | "ok" | "failing";

export type TrunkStatus = {
  trunk: string;
  state: TrunkState;
  /** When it came into this state, milliseconds since the Unix epoch; absent for `unknown`. */
  since?: number;
  /** The answer that put it there; absent when nothing answered. */
  sipStatus?: number;
  /** Why it fails, in words for people. */
  reason?: string;
};

export interface Telephony {
  /** Opens sockets. Rejects with a clear Error (code EADDRINUSE, EACCES, EADDRNOTAVAIL kept on `code`). */
  start(handlers: TelephonyHandlers): Promise<{ address: string; port: number }>;
  /** Never throws: an unknown trunk or a bad number gives a leg whose only event is `hungup`. */
  dial(request: DialRequest): Leg;
  trunks(): TrunkStatus[];
  /** Live figures for health. `late`: the threads that do not keep up; while there are any, new calls get 503. */
  stats(): { legs: number; tickLateP99Ms: number; late: string[] };
  /** Ends every leg (BYE), closes sockets and workers. */
  stop(): Promise<void>;
}

/** A SIP trunk as configured. */
export type Trunk = {
  name: string;
  host: string;
  port: number;
  transport: "udp" | "tcp";
  username?: string;
  password?: string;
  /** Register with the trunk (RFC 3261 §10) and keep it refreshed. */
  register: boolean;
  callerId?: string;
  /** Most simultaneous outgoing legs. */
  maxLines: number;
};
