/** The main thread's end of a leg: commands go to the workers, their events come together here. */
import type { Clip, HangupCause, Leg, LegEvent, RecordRequest } from "../../ports/telephony.ts";
import type { LegCommand, SignallingCommand } from "./threads/protocol.ts";

export type LegFacts = { id: string; direction: "inbound" | "outbound"; caller: string; asserted?: string; dialled: string; sipCallId: string };

export type Threads = {
  signal(command: SignallingCommand): void;
  media(command: LegCommand): void;
  released(leg: LegProxy): void;
};

/** Longer than media waits for its recordings, shorter than five seconds. */
const MEDIA_WAIT_MS = 4_500;

export class LegProxy implements Leg {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly caller: string;
  readonly asserted: string;
  readonly dialled: string;
  readonly sipCallId: string;
  private readonly threads: Threads;
  private listener: ((event: LegEvent) => void) | undefined;
  private kept: LegEvent[] = [];
  private cause: HangupCause | undefined;
  private endedAt = 0;
  private mediaClosed = false;
  private over = false;
  private limit: NodeJS.Timeout | undefined;

  constructor(facts: LegFacts, threads: Threads) {
    this.id = facts.id;
    this.direction = facts.direction;
    this.caller = facts.caller;
    this.asserted = facts.asserted ?? facts.caller;
    this.dialled = facts.dialled;
    this.sipCallId = facts.sipCallId;
    this.threads = threads;
  }

  listen(listener: (event: LegEvent) => void): void {
    this.listener = listener;
    for (const event of this.kept.splice(0)) this.tell(event);
  }

  ring(): void {
    this.signal({ do: "ring", leg: this.id });
  }

  answer(): void {
    this.signal({ do: "answer", leg: this.id });
  }

  reject(sipStatus: number, options: { retryAfterS?: number; reason?: string } = {}): void {
    this.signal({ do: "reject", leg: this.id, sipStatus, ...options });
  }

  play(id: string, clips: readonly Clip[], options: { loop?: boolean } = {}): void {
    const plain = clips.map(({ path, ms }) => ({ path, ms }));
    this.media({ do: "play", leg: this.id, id, clips: plain, loop: options.loop ?? false });
  }

  stopPlay(id: string): void {
    this.media({ do: "stopPlay", leg: this.id, id });
  }

  background(clips: readonly Clip[]): void {
    this.media({ do: "background", leg: this.id, clips: clips.map(({ path, ms }) => ({ path, ms })) });
  }

  sendDigits(id: string, digits: string, options: { ms?: number; gapMs?: number } = {}): void {
    this.media({ do: "sendDigits", leg: this.id, id, digits, ms: options.ms ?? 100, gapMs: options.gapMs ?? 80 });
  }

  record(request: RecordRequest): void {
    this.media({ do: "record", leg: this.id, request: { ...request } });
  }

  stopRecord(id: string): void {
    this.media({ do: "stopRecord", leg: this.id, id });
  }

  startCallRecording(file: string): void {
    this.media({ do: "startCallRecording", leg: this.id, file });
  }

  stopCallRecording(): void {
    this.media({ do: "stopCallRecording", leg: this.id });
  }

  bridge(other: Leg): void {
    this.media({ do: "bridge", leg: this.id, other: other.id });
  }

  unbridge(): void {
    this.media({ do: "unbridge", leg: this.id });
  }

  refer(id: string, target: string): void {
    this.signal({ do: "refer", leg: this.id, id, target });
  }

  hangup(options: { sipStatus?: number; q850?: number } = {}): void {
    this.signal({ do: "hangup", leg: this.id, ...options });
  }

  // --- from the workers ---

  /** An event of a worker; nothing comes after `hungup`. */
  take(event: LegEvent): void {
    if (!this.over) this.tell(event);
  }

  /** Signalling is over. */
  ended(cause: HangupCause, at: number): void {
    this.cause ??= cause;
    this.endedAt ||= at;
    // A media thread that does not answer must not keep the leg.
    if (!this.mediaClosed) this.limit ??= setTimeout(() => this.closed(), MEDIA_WAIT_MS).unref();
    this.finish();
  }

  /** Media is over: every recording is on disk. */
  closed(): void {
    this.mediaClosed = true;
    this.finish();
  }

  /** A worker died. */
  fail(reason: string): void {
    this.mediaClosed = true;
    this.ended({ by: "network", reason }, Date.now());
  }

  private finish(): void {
    if (this.over || !this.cause || !this.mediaClosed) return;
    this.over = true;
    clearTimeout(this.limit);
    this.threads.released(this);
    this.tell({ type: "hungup", at: this.endedAt, cause: this.cause });
  }

  private signal(command: SignallingCommand): void {
    if (!this.over) this.threads.signal(command);
  }

  private media(command: LegCommand): void {
    if (!this.over) this.threads.media(command);
  }

  private tell(event: LegEvent): void {
    if (this.listener) this.listener(event);
    else this.kept.push(event);
  }
}
