import type { Clock } from "../../ports/clock.ts";
import type { Clip, HangupCause, Leg, LegEvent, RecordRequest } from "../../ports/telephony.ts";
import { writeFileSync } from "node:fs";
import { wavHeader } from "../media/wav-header.ts";
import type { FarEnd, HeardClip } from "./far-end.ts";
import type { DialProgram } from "./index.ts";
import { SimulatedBackground } from "./simulated-background.ts";
import { SimulatedRecording } from "./simulated-recording.ts";

type Facts = Pick<Leg, "id" | "direction" | "caller" | "dialled" | "sipCallId">;
type Playing = { id: string; clips: readonly Clip[]; loop: boolean; from: number; stop: () => void; reached: number };
type State = FarEnd["state"];

/** A leg in memory. Every event comes on a beat of the clock, never inside the command that caused it. */
export class SimulatedLeg implements Leg {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly caller: string;
  readonly dialled: string;
  readonly sipCallId: string;
  readonly far: FarEnd;
  private readonly clock: Clock;
  private readonly released: () => void;
  private readonly farState = {
    heard: [] as HeardClip[],
    digits: "",
    referredTo: undefined as string | undefined,
    refer: 200,
    speech: [] as { from: number; to: number }[],
  };
  private listener: ((event: LegEvent) => void) | undefined;
  private kept: LegEvent[] = [];
  private state: State = "calling";
  private cause: HangupCause | undefined;
  private playing: Playing | undefined;
  private recording: SimulatedRecording | undefined;
  private callRecording: { file: string; from: number } | undefined;
  private timers: (() => void)[] = [];
  private peer: SimulatedLeg | undefined;
  private readonly behind: SimulatedBackground;

  constructor(facts: Facts, clock: Clock, released: () => void) {
    this.id = facts.id;
    this.direction = facts.direction;
    this.caller = facts.caller;
    this.dialled = facts.dialled;
    this.sipCallId = facts.sipCallId;
    this.clock = clock;
    this.released = released;
    this.behind = new SimulatedBackground(clock, this.farState.heard);
    this.far = this.makeFar();
  }

  listen(listener: (event: LegEvent) => void): void {
    this.listener = listener;
    for (const event of this.kept.splice(0)) listener(event);
  }

  ring(): void {
    if (this.direction === "inbound" && this.state === "calling") this.state = "ringing";
  }

  answer(): void {
    if (this.direction !== "inbound" || (this.state !== "calling" && this.state !== "ringing")) return;
    this.connect();
  }

  reject(sipStatus: number, options: { retryAfterS?: number; reason?: string } = {}): void {
    if (this.direction === "inbound" && this.state !== "answered") this.end({ by: "local", sipStatus, reason: options.reason });
  }

  play(id: string, clips: readonly Clip[], options: { loop?: boolean } = {}): void {
    this.endPlay("stopped");
    if (this.state === "ended") return;
    const playing: Playing = {
      id,
      clips,
      loop: (options.loop ?? false) && clips.some((clip) => clip.ms > 0),
      from: this.clock.now(),
      stop: () => {},
      reached: 0,
    };
    this.playing = playing;
    this.behind.pause();
    this.nextClip(playing);
  }

  stopPlay(id: string): void {
    if (this.playing?.id === id) this.endPlay("stopped");
  }

  background(clips: readonly Clip[]): void {
    if (this.state !== "ended") this.behind.set(clips, this.quiet);
  }

  /** Nothing else is heard. */
  private get quiet(): boolean {
    return this.state === "answered" && !this.playing && !this.recording && !this.peer;
  }

  sendDigits(id: string, digits: string, options: { ms?: number; gapMs?: number } = {}): void {
    if (this.state === "ended") return;
    const each = (options.ms ?? 100) + (options.gapMs ?? 80);
    this.later(each * digits.length, () => {
      this.farState.digits += digits;
      this.tell({ type: "sent-digits", at: this.clock.now(), id });
    });
  }

  record(request: RecordRequest): void {
    if (this.state === "ended") return;
    this.recording?.end("stopped");
    this.behind.pause();
    this.recording = new SimulatedRecording(request, this.clock, this.farState.speech, (event) => {
      this.recording = undefined;
      if (this.quiet) this.behind.resume();
      this.emit(event);
    });
  }

  stopRecord(id: string): void {
    if (this.recording?.request.id === id) this.recording.end("stopped");
  }

  startCallRecording(file: string): void {
    this.callRecording ??= { file, from: this.clock.now() };
  }

  stopCallRecording(): void {
    const { callRecording } = this;
    this.callRecording = undefined;
    if (!callRecording) return;
    const data = Buffer.alloc((this.clock.now() - callRecording.from) * 32);
    writeFileSync(callRecording.file, Buffer.concat([wavHeader(2, data.length), data]));
  }

  bridge(other: Leg): void {
    if (!(other instanceof SimulatedLeg) || other === this) return;
    this.unbridge();
    other.unbridge();
    this.peer = other;
    other.peer = this;
    this.behind.pause();
    other.behind.pause();
  }

  unbridge(): void {
    const { peer } = this;
    this.peer = undefined;
    if (peer) peer.peer = undefined;
    for (const each of [this, peer]) if (each?.quiet) each.behind.resume();
  }

  /** The leg it is joined with, for tests. */
  get bridgedWith(): SimulatedLeg | undefined {
    return this.peer;
  }

  refer(id: string, target: string): void {
    if (this.state !== "answered") return this.emit({ type: "transferred", at: this.clock.now(), id, ok: false, sipStatus: 481 });
    this.farState.referredTo = target;
    const sipStatus = this.farState.refer;
    this.emit({ type: "transferred", at: this.clock.now(), id, ok: sipStatus < 300, sipStatus });
  }

  hangup(options: { sipStatus?: number; q850?: number } = {}): void {
    const early = this.state !== "answered";
    if (early && this.direction === "outbound") return this.end({ by: "local", q850: options.q850, failure: "cancelled", reason: "cancelled" });
    const sipStatus = early ? (options.sipStatus ?? 480) : undefined;
    this.end({ by: "local", sipStatus, q850: options.q850 ?? (early ? undefined : 16) });
  }

  // --- for the adapter ---

  /** Runs the far end's program of a dialled leg. */
  dial(program: DialProgram, ringTimeoutMs: number): void {
    if (program.kind === "noReply") return this.later(program.afterMs, () => this.end({ by: "network", failure: "noReply", reason: "no reply" }));
    if (program.kind === "refuse") {
      const { sipStatus, q850, reason } = program;
      return this.later(program.afterMs, () => this.end({ by: "remote", sipStatus, q850, reason }));
    }
    this.later(0, () => {
      this.state = "ringing";
      this.tell({ type: "ringing", at: this.clock.now(), sipStatus: 180, earlyMedia: false });
      this.later(ringTimeoutMs, () => {
        if (this.state === "ringing") this.end({ by: "local", failure: "noAnswer", reason: "no answer", rang: true });
      });
    });
    if (program.kind === "answer") this.later(program.afterMs, () => this.connect());
  }

  /** The one end of the leg. */
  end(cause: HangupCause): void {
    if (this.state === "ended") return;
    this.endPlay("stopped");
    this.recording?.end("hangup");
    this.stopCallRecording();
    this.unbridge();
    this.state = "ended";
    this.behind.pause();
    this.cause = cause;
    for (const cancel of this.timers.splice(0)) cancel();
    this.clock.after(0, () => {
      this.released();
      this.tell({ type: "hungup", at: this.clock.now(), cause });
    });
  }

  private connect(): void {
    if (this.state === "ended" || this.state === "answered") return;
    this.state = "answered";
    this.emit({ type: "answered", at: this.clock.now() });
  }

  private nextClip(playing: Playing): void {
    const clip = playing.clips[playing.reached];
    if (!clip) {
      // Also with no clips at all: `played` never comes inside `play`.
      playing.stop = this.clock.after(0, () => this.playing === playing && this.endPlay("end"));
      return;
    }
    const heard: HeardClip = { path: clip.path, at: this.clock.now(), ms: 0 };
    this.farState.heard.push(heard);
    const cancel = this.clock.after(clip.ms, () => {
      heard.ms = clip.ms;
      playing.reached = playing.loop ? (playing.reached + 1) % playing.clips.length : playing.reached + 1;
      this.nextClip(playing);
    });
    playing.stop = () => {
      cancel();
      heard.ms = this.clock.now() - heard.at;
    };
  }

  private endPlay(reason: "end" | "stopped"): void {
    const { playing } = this;
    if (!playing) return;
    this.playing = undefined;
    playing.stop();
    if (this.quiet) this.behind.resume();
    this.emit({ type: "played", at: this.clock.now(), id: playing.id, ms: this.clock.now() - playing.from, reason });
  }

  private makeFar(): FarEnd {
    const { farState } = this;
    const state = () => this.state;
    const cause = () => this.cause;
    return {
      get state() {
        return state();
      },
      get cause() {
        return cause();
      },
      get heard() {
        return farState.heard;
      },
      get digits() {
        return farState.digits;
      },
      get referredTo() {
        return farState.referredTo;
      },
      press: (digit) => {
        if (this.state !== "answered") return;
        this.emit({ type: "digit", at: this.clock.now(), digit, source: "rfc4733" });
        this.recording?.digit(digit);
      },
      speak: (ms) => {
        farState.speech.push({ from: this.clock.now(), to: this.clock.now() + ms });
        this.recording?.spoken();
      },
      hangup: (options = {}) => this.end({ by: "remote", q850: options.q850 ?? 16, ...(this.state === "answered" ? {} : { sipStatus: 487 }) }),
      hold: (held) => {
        if (this.state === "answered") this.emit({ type: "held", at: this.clock.now(), held });
      },
      onRefer: (sipStatus) => void (farState.refer = sipStatus),
    };
  }

  private later(ms: number, run: () => void): void {
    this.timers.push(this.clock.after(ms, () => this.state !== "ended" && run()));
  }

  private emit(event: LegEvent): void {
    this.clock.after(0, () => this.tell(event));
  }

  private tell(event: LegEvent): void {
    if (this.listener) this.listener(event);
    else this.kept.push(event);
  }
}
