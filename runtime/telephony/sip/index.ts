/** SIP adapter of the telephony port: our own stack on worker threads (signalling, and one or more for media). */
import { randomUUID } from "node:crypto";
import type { DialRequest, HangupCause, Leg, Telephony, TelephonyHandlers, Trunk, TrunkStatus } from "../../ports/telephony.ts";
import { LegProxy, type Threads } from "./leg-proxy.ts";
import { collectGarbage } from "./threads/collect-garbage.ts";
import { besideLeg, newLegId } from "./threads/leg-thread.ts";
import { ThreadPulse } from "./threads/thread-pulse.ts";
import { WorkerSet } from "./threads/worker-set.ts";
import type { MediaReport, SignallingReport } from "./threads/protocol.ts";

export type SipTelephonyOptions = {
  /** Address to listen on, for SIP and RTP. */
  bind: string;
  /** UDP and TCP; 0 = any free port. */
  sipPort: number;
  /** Range of RTP ports, even ones are used; [0, 0] = any. */
  rtpPorts: readonly [number, number];
  trunks: readonly Trunk[];
  maxLegs: number;
  /** Threads that carry RTP; one when absent. */
  mediaThreads?: number;
  /** Who may call: anyone, or these addresses and host names. */
  allow: "any" | readonly string[];
  /** Address in SDP, Via and Contact when it is not the bound one (NAT). */
  advertisedAddress?: string;
  /** New requests a second that one source may make. */
  perSourcePerSecond?: number;
  /** End a call after this long without RTP; 0 = never. */
  rtpSilenceMs?: number;
  promptCacheBytes?: number;
  /** A thread that is silent for this long is ended and restarted; default 30 s. */
  hungAfterMs?: number;
  log?: (text: string) => void;
};

/** Makes the adapter; nothing runs before `start`. */
export function sipTelephony(options: SipTelephonyOptions): Telephony {
  return new SipTelephony(options);
}

const RESTART_MS = 500;
const HUNG_MS = 30_000;
/** After the last leg: longer than transactions are remembered (64*T1). */
const REST_MS = 40_000;
/** So many legs leave enough behind to be collected. */
const WORTH_RESTING = 100;

class SipTelephony implements Telephony, Threads {
  private readonly options: SipTelephonyOptions;
  private readonly log: (text: string) => void;
  private readonly legs = new Map<string, LegProxy>();
  private readonly statuses = new Map<string, TrunkStatus>();
  private handlers: TelephonyHandlers | undefined;
  private workers: WorkerSet | undefined;
  private port = 0;
  private generation = 0;
  private nextLeg = 1;
  private readonly tickLateP99Ms = new Map<string, number>();
  private pulse: ThreadPulse | undefined;
  private stopping = false;
  private sinceRest = 0;
  private restTimer: NodeJS.Timeout | undefined;

  constructor(options: SipTelephonyOptions) {
    this.options = options;
    this.log = options.log ?? ((text) => console.error(text));
  }

  async start(handlers: TelephonyHandlers): Promise<{ address: string; port: number }> {
    this.handlers = handlers;
    this.stopping = false;
    this.port = this.options.sipPort;
    this.pulse ??= new ThreadPulse((late) => {
      this.signal({ do: "pulse", late });
      this.endHung();
    });
    const started = await this.launch();
    this.port = started.port;
    return started;
  }

  dial({ beside, ...request }: DialRequest): Leg {
    const name = `out-${this.nextLeg++}-${randomUUID().slice(0, 8)}`;
    const id = beside ? besideLeg(name, beside.id) : newLegId(name, this.legs.keys(), this.options.mediaThreads ?? 1);
    const sipCallId = `${randomUUID()}@sufler`;
    const leg = new LegProxy({ id, direction: "outbound", caller: request.callerId ?? this.callerIdOf(request.trunk), dialled: request.to, sipCallId }, this);
    this.legs.set(id, leg);
    const known = this.options.trunks.some((trunk) => trunk.name === request.trunk);
    if (!this.workers || !known) {
      const cause: HangupCause = known
        ? { by: "local", failure: "notReady", reason: "telephony is not running" }
        : { by: "local", failure: "unknownTrunk", reason: "unknown trunk" };
      leg.closed();
      leg.ended(cause, Date.now());
    } else this.signal({ do: "dial", leg: id, sipCallId, request: { ...request } });
    return leg;
  }

  trunks(): TrunkStatus[] {
    return this.options.trunks.map((trunk) => this.statuses.get(trunk.name) ?? { trunk: trunk.name, state: trunk.register ? "unregistered" : "unknown" });
  }

  stats(): { legs: number; tickLateP99Ms: number; late: string[] } {
    return { legs: this.legs.size, tickLateP99Ms: Math.max(0, ...this.tickLateP99Ms.values()), late: this.pulse?.late("main") ?? [] };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { workers } = this;
    this.workers = undefined;
    clearTimeout(this.restTimer);
    this.pulse?.stop();
    this.pulse = undefined;
    await workers?.stop();
    for (const leg of this.legs.values()) leg.fail("stopped");
  }

  // --- Threads ---

  signal: Threads["signal"] = (command) => this.workers?.signal(command);
  media: Threads["media"] = (command) => this.workers?.media(command);

  released(leg: LegProxy): void {
    this.legs.delete(leg.id);
    this.sinceRest++;
    clearTimeout(this.restTimer);
    if (this.legs.size === 0 && this.sinceRest >= WORTH_RESTING) this.restTimer = setTimeout(() => this.rest(), REST_MS).unref();
  }

  private rest(): void {
    if (this.legs.size > 0) return;
    this.sinceRest = 0;
    this.workers?.rest();
    collectGarbage();
  }

  /** A thread that hangs does not die by itself, and nothing it was asked is done. */
  private endHung(): void {
    const { workers } = this;
    const { hungAfterMs = HUNG_MS } = this.options;
    const name = workers && this.pulse?.silent(hungAfterMs);
    if (name) this.workerDied(workers, name, `not responding for ${hungAfterMs} ms`);
  }

  private launch(): Promise<{ address: string; port: number }> {
    this.pulse?.forget();
    const {
      bind,
      rtpPorts,
      trunks,
      maxLegs,
      allow,
      advertisedAddress,
      perSourcePerSecond = 500,
      rtpSilenceMs = 0,
      promptCacheBytes = 64 << 20,
      mediaThreads = 1,
    } = this.options;
    const workers = new WorkerSet(
      { bind, sipPort: this.port, advertisedAddress, trunks, maxLegs, allow, perSourcePerSecond, mediaThreads, generation: ++this.generation },
      { bind, rtpPorts, rtpSilenceMs, promptCacheBytes },
      {
        signalling: (report) => this.fromSignalling(report),
        media: (report, thread) => this.fromMedia(report, thread),
        died: (name, error) => this.workerDied(workers, name, error),
      },
    );
    this.workers = workers;
    return workers.started;
  }

  private fromSignalling(report: SignallingReport): void {
    if (report.type === "incoming") return this.incoming(report);
    if (report.type === "event") return this.legs.get(report.leg)?.take(report.event);
    if (report.type === "trunk") return void this.statuses.set(report.status.trunk, report.status);
    if (report.type === "log") return this.log(report.text);
    if (report.type === "pulse") return this.pulse?.heard("signalling", report.late);
    if (report.type !== "ended") return;
    const leg = this.legs.get(report.leg);
    leg?.ended(report.cause, report.at);
  }

  private fromMedia(report: MediaReport, thread: string): void {
    if (report.type === "event") this.legs.get(report.leg)?.take(report.event);
    else if (report.type === "closed") this.legs.get(report.leg)?.closed();
    else if (report.type === "stats") {
      this.tickLateP99Ms.set(thread, report.tickLateP99Ms);
      this.pulse?.heard(thread, report.late);
    } else if (report.type === "log") this.log(report.text);
  }

  private incoming(report: Extract<SignallingReport, { type: "incoming" }>): void {
    const { leg: id, caller, asserted, dialled, sipCallId } = report;
    const leg = new LegProxy({ id, direction: "inbound", caller, asserted, dialled, sipCallId }, this);
    this.legs.set(leg.id, leg);
    try {
      this.handlers?.onIncoming(leg);
    } catch (error) {
      this.log(`onIncoming: ${String(error)}`);
      leg.reject(500);
    }
  }

  /** The calls of a dead worker are over; a new pair takes the next ones. */
  private workerDied(workers: WorkerSet, name: string, error: unknown): void {
    if (this.workers !== workers) return;
    this.log(`${name} worker died: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    this.workers = undefined;
    void workers.terminate();
    for (const leg of this.legs.values()) leg.fail(`${name} worker died`);
    if (!this.stopping) setTimeout(() => this.relaunch(), RESTART_MS);
  }

  private relaunch(): void {
    if (this.stopping || this.workers) return;
    this.launch().catch((error: unknown) => {
      this.log(`restart failed: ${String(error)}`);
      void this.workers?.terminate();
      this.workers = undefined;
      setTimeout(() => this.relaunch(), RESTART_MS * 4);
    });
  }

  private callerIdOf(name: string): string {
    const trunk = this.options.trunks.find((candidate) => candidate.name === name);
    return trunk?.callerId ?? trunk?.username ?? "";
  }
}
