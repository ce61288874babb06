/** All legs of a media worker: takes commands, runs the beat, reports events. */
import type { Clip, LegEvent } from "../../ports/telephony.ts";
import { threadOf } from "../sip/threads/leg-thread.ts";
import type { LegCommand, MediaCommand, MediaOptions, MediaReport, StreamCommand, StreamConfig, StreamReport } from "../sip/threads/protocol.ts";
import { CallRecorder } from "./call-recorder.ts";
import { ClipCache } from "./clip-cache.ts";
import { ClipPlayer } from "./clip-player.ts";
import { EarlyCommands } from "./early-commands.ts";
import { FarPeer, type LinkMessage } from "./far-peer.ts";
import { DigitSender } from "./digit-sender.ts";
import { RtpLeg } from "./rtp-leg.ts";
import { RtpPorts } from "./rtp-ports.ts";
import { PHASES, TickLoop } from "./tick-loop.ts";
import { VoiceRecorder } from "./voice-recorder.ts";

type PlayCommand = Extract<MediaCommand, { do: "play" }>;
type BackgroundCommand = Extract<MediaCommand, { do: "background" }>;
type Wiring = {
  options: MediaOptions;
  report: (report: MediaReport) => void;
  signal: (report: StreamReport) => void;
  /** To the media thread that carries a leg; absent when there is one thread. */
  link?: (message: LinkMessage) => void;
};
const COMPLETE_WAIT_MS = 4_000;
type Handlers = { [D in LegCommand["do"]]: (command: Extract<LegCommand, { do: D }>) => void };

/** A leg with the work that outlives it. */
type Slot = { leg: RtpLeg; waiting?: PlayCommand; background?: BackgroundCommand; unfinished: Set<Promise<void>> };

export class MediaEngine {
  private readonly wiring: Wiring;
  private readonly slots = new Map<string, Slot>();
  private readonly phases: Set<RtpLeg>[] = Array.from({ length: PHASES }, () => new Set<RtpLeg>());
  private readonly ports: RtpPorts;
  private readonly clips: ClipCache;
  private readonly loop: TickLoop;
  private readonly closedEarly = new Set<string>();
  private readonly opening = new Set<string>();
  private readonly early = new EarlyCommands();
  private nextPhase = 0;

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.ports = new RtpPorts(wiring.options.bind, wiring.options.rtpPorts);
    this.clips = new ClipCache(wiring.options.promptCacheBytes);
    this.loop = new TickLoop(
      (phase) => this.tick(phase),
      (frames) => this.skip(frames),
    );
  }

  /** From the main thread. */
  command(command: LegCommand): void {
    if (!this.slots.has(command.leg) && this.early.keep(command)) return;
    const handle: (command: never) => void = this.handlers[command.do];
    handle(command as never);
  }

  /** From the signalling thread. */
  stream(command: StreamCommand): void {
    if (command.do === "open") void this.open(command.leg);
    else if (command.do === "configure") this.configure(command.leg, command.stream);
    else if (command.do === "digit") this.slots.get(command.leg)?.leg.digit(command.digit, "info");
    else void this.close(command.leg);
  }

  lateP99(): number {
    return this.loop.lateP99();
  }

  /** True while the beat cannot keep up. */
  get late(): boolean {
    return this.loop.late;
  }

  /** Closes every leg; recordings are completed. */
  async stop(): Promise<void> {
    await Promise.all([...this.slots.keys()].map((leg) => this.close(leg)));
    this.loop.stop();
  }

  private readonly handlers: Handlers = {
    play: (command) => this.play(command),
    stopPlay: ({ leg, id }) => this.stopPlay(leg, id),
    background: (command) => this.background(command),
    sendDigits: (command) => this.sendDigits(command),
    record: ({ leg, request }) => this.record(leg, request),
    stopRecord: ({ leg, id }) => {
      const slot = this.slots.get(leg);
      if (slot?.leg.recorder?.request.id === id) this.endRecord(slot, "stopped");
    },
    startCallRecording: ({ leg, file }) => {
      const slot = this.slots.get(leg);
      if (slot && !slot.leg.callRecorder) slot.leg.callRecorder = new CallRecorder(file);
    },
    stopCallRecording: ({ leg }) => this.endCallRecording(this.slots.get(leg)),
    bridge: ({ leg, other }) => this.bridge(leg, other),
    unbridge: ({ leg }) => this.unbridge(this.slots.get(leg)?.leg),
  };

  private async open(id: string): Promise<void> {
    this.opening.add(id);
    try {
      const { socket, port } = await this.ports.open();
      this.opening.delete(id);
      if (this.closedEarly.delete(id)) {
        socket.close();
        return this.wiring.report({ type: "closed", leg: id });
      }
      const phase = this.nextPhase++ % PHASES;
      const leg = new RtpLeg(id, socket, phase, (event) => this.event(id, event));
      this.slots.set(id, { leg, unfinished: new Set() });
      this.phases[phase]!.add(leg);
      socket.on("message", (bytes, from) => {
        try {
          leg.receive(bytes, from);
        } catch (error) {
          this.broken(leg, error);
        }
      });
      socket.on("error", () => {});
      this.loop.start();
      this.wiring.signal({ type: "opened", leg: id, port });
      for (const command of this.early.take(id)) this.command(command);
    } catch (error) {
      this.opening.delete(id);
      if (this.closedEarly.delete(id)) this.wiring.report({ type: "closed", leg: id });
      this.wiring.signal({ type: "not-opened", leg: id, reason: String(error) });
    }
  }

  private configure(id: string, stream: StreamConfig): void {
    const slot = this.slots.get(id);
    if (!slot) return;
    slot.leg.configure(stream);
    const { waiting } = slot;
    slot.waiting = undefined;
    if (waiting) this.play(waiting);
    if (slot.background && !slot.leg.background) this.background(slot.background);
  }

  private async close(id: string): Promise<void> {
    const slot = this.slots.get(id);
    // Recordings that never started are reported as failed.
    for (const command of this.early.close(id)) this.command(command);
    if (!slot) {
      if (this.opening.has(id)) this.closedEarly.add(id);
      else this.wiring.report({ type: "closed", leg: id });
      return;
    }
    this.slots.delete(id);
    this.phases[slot.leg.phase]!.delete(slot.leg);
    if (this.slots.size === 0) this.loop.stop();
    this.unbridge(slot.leg);
    this.dropPlay(slot);
    this.endRecord(slot, "hangup");
    this.endCallRecording(slot);
    slot.leg.close();
    await this.completed(slot);
    this.wiring.report({ type: "closed", leg: id });
  }

  /** Its recordings are on disk, or the disk is too slow to wait for: a leg has to end. */
  private async completed(slot: Slot): Promise<void> {
    if (slot.unfinished.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, COMPLETE_WAIT_MS)));
    await Promise.race([Promise.all(slot.unfinished), limit]);
    clearTimeout(timer);
  }

  private play(command: PlayCommand): void {
    const slot = this.slots.get(command.leg);
    if (!slot) return this.event(command.leg, { type: "played", at: Date.now(), id: command.id, ms: 0, reason: "failed" });
    this.dropPlay(slot);
    const law = slot.leg.stream?.law;
    if (law === undefined) {
      slot.waiting = command;
      return;
    }
    const cached = command.clips.map((clip) => this.clips.peek(clip.path, law));
    if (cached.every((clip) => clip !== undefined)) return this.startPlay(slot, command, cached);
    slot.waiting = command;
    this.load(command.clips, law).then(
      (clips) => {
        if (slot.waiting !== command) return;
        slot.waiting = undefined;
        this.startPlay(slot, command, clips);
      },
      (error: unknown) => {
        if (slot.waiting !== command) return;
        slot.waiting = undefined;
        this.wiring.report({ type: "log", text: `cannot play: ${String(error)}` });
        this.event(command.leg, { type: "played", at: Date.now(), id: command.id, ms: 0, reason: "failed" });
      },
    );
  }

  private background(command: BackgroundCommand): void {
    const slot = this.slots.get(command.leg);
    if (!slot) return;
    slot.background = command;
    slot.leg.background = undefined;
    const law = slot.leg.stream?.law;
    if (law === undefined || command.clips.length === 0) return;
    this.load(command.clips, law).then(
      (clips) => {
        if (slot.background === command && clips.some((clip) => clip.length > 0)) slot.leg.background = new ClipPlayer("", clips, law, true);
      },
      (error: unknown) => this.wiring.report({ type: "log", text: `cannot play in the background: ${String(error)}` }),
    );
  }

  private load(clips: readonly Clip[], law: "ulaw" | "alaw"): Promise<Buffer[]> {
    return Promise.all(clips.map((clip) => this.clips.load(clip.path, law)));
  }

  private startPlay(slot: Slot, command: PlayCommand, clips: Buffer[]): void {
    const player = new ClipPlayer(command.id, clips, slot.leg.stream?.law ?? "ulaw", command.loop);
    if (player.done) return this.event(command.leg, { type: "played", at: Date.now(), id: command.id, ms: 0, reason: "end" });
    slot.leg.player = player;
  }

  private stopPlay(leg: string, id: string): void {
    const slot = this.slots.get(leg);
    if (slot && (slot.leg.player?.id === id || slot.waiting?.id === id)) this.dropPlay(slot);
  }

  private dropPlay(slot: Slot): void {
    const { player } = slot.leg;
    const { waiting } = slot;
    slot.leg.player = undefined;
    slot.waiting = undefined;
    const stopped = player ?? (waiting && { id: waiting.id, ms: 0 });
    if (stopped) this.event(slot.leg.id, { type: "played", at: Date.now(), id: stopped.id, ms: stopped.ms, reason: "stopped" });
  }

  private sendDigits({ leg: id, id: command, digits, ms, gapMs }: Extract<MediaCommand, { do: "sendDigits" }>): void {
    const leg = this.slots.get(id)?.leg;
    if (!leg?.stream) return;
    const before = leg.sender;
    const sender = new DigitSender(command, digits, { ms, gapMs, law: leg.stream.law, events: leg.stream.eventPayload !== undefined });
    if (before) this.event(id, { type: "sent-digits", at: Date.now(), id: before.id });
    leg.sender = sender.done ? undefined : sender;
    if (sender.done) this.event(id, { type: "sent-digits", at: Date.now(), id: command });
  }

  private record(id: string, request: Extract<MediaCommand, { do: "record" }>["request"]): void {
    const slot = this.slots.get(id);
    if (!slot) return this.event(id, { type: "recorded", at: Date.now(), id: request.id, file: request.file, ms: 0, speechMs: 0, reason: "failed" });
    this.endRecord(slot, "stopped");
    let complete = () => {};
    const unfinished = new Promise<void>((resolve) => (complete = resolve));
    slot.unfinished.add(unfinished);
    slot.leg.recorder = new VoiceRecorder(request, (event) => {
      if (slot.leg.recorder?.request === request) slot.leg.recorder = undefined;
      this.event(id, event);
      slot.unfinished.delete(unfinished);
      complete();
    });
  }

  private endRecord(slot: Slot, reason: "stopped" | "hangup"): void {
    const { recorder } = slot.leg;
    slot.leg.recorder = undefined;
    recorder?.end(reason);
  }

  private endCallRecording(slot: Slot | undefined): void {
    const recorder = slot?.leg.callRecorder;
    if (!slot || !recorder) return;
    slot.leg.callRecorder = undefined;
    const closing = recorder
      .close()
      .catch((error: unknown) => this.wiring.report({ type: "log", text: `call recording failed: ${String(error)}` }))
      .finally(() => slot.unfinished.delete(closing));
    slot.unfinished.add(closing);
  }

  private bridge(leg: string, other: string): void {
    const a = this.slots.get(leg)?.leg;
    const { link } = this.wiring;
    if (a && link && threadOf(other) !== threadOf(leg)) {
      this.unbridge(a);
      return a.join(new FarPeer(leg, other, link));
    }
    const b = this.slots.get(other)?.leg;
    if (!a || !b || a === b) return;
    this.unbridge(a);
    this.unbridge(b);
    a.join(b);
    b.join(a);
  }

  /** From a leg on another thread: heard only where it is bridged with. */
  linked(message: LinkMessage): void {
    const leg = this.slots.get(message.leg)?.leg;
    if (!(leg?.peer instanceof FarPeer) || leg.peer.id !== message.from) return;
    if (message.do === "left") leg.left();
    else leg.forward({ ...message, payload: Buffer.from(message.payload.buffer) }, message.law);
  }

  private unbridge(leg: RtpLeg | undefined): void {
    leg?.peer?.left();
    leg?.left();
  }

  private tick(phase: number): void {
    const limit = this.wiring.options.rtpSilenceMs / 20;
    for (const leg of this.phases[phase]!) {
      try {
        leg.tick();
      } catch (error) {
        this.broken(leg, error);
      }
      if (limit > 0 && leg.silentTicks > limit && leg.stream?.sending) {
        leg.silentTicks = 0;
        this.wiring.signal({ type: "silent", leg: leg.id });
      }
    }
  }

  private skip(frames: number): void {
    for (const { leg } of this.slots.values()) leg.skip(frames);
  }

  /** A throw in one leg's work ends that leg and no other. */
  private broken(leg: RtpLeg, error: unknown): void {
    this.wiring.report({ type: "log", text: `media of ${leg.id}: ${String(error)}` });
    this.wiring.signal({ type: "silent", leg: leg.id });
  }

  private event(leg: string, event: LegEvent): void {
    this.wiring.report({ type: "event", leg, event });
  }
}
