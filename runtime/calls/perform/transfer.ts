import type { Command } from "../../../flows/commands.ts";
import type { Clip, HangupCause, Leg, LegEvent } from "../../ports/telephony.ts";
import type { Ask, CallHost, Performer } from "./performer.ts";
import { whisperClips } from "./whisper-clips.ts";

/** Blind transfer: REFER, then the far end leaves by itself. */
export const refer: Performer<Extract<Command, { do: "refer" }>> = ({ id, command }, call) => {
  const stop = call.watch((event) => {
    if (event.type !== "transferred" || event.id !== id) return;
    stop();
    call.reply(id, event.ok ? "ok" : "rejected", { sipStatus: event.sipStatus });
  });
  void call.answered().then((answered) => {
    if (answered) call.leg.refer(id, command.target);
  });
  return stop;
};

/**
 * Dials the targets one after another or all at once and bridges the first that accepts, until one side hangs up; the
 * caller hears ringing meanwhile. With a whisper or a key to accept, the answering party hears it before the bridge.
 */
export const bridge: Performer<Bridge> = (ask, call) => new Bridging(ask, call).begin();

type Bridge = Extract<Command, { do: "bridge" }>;
const acceptMs = 15_000;

class Bridging {
  private readonly id: string;
  private readonly command: Bridge;
  private readonly call: CallHost;
  /** Legs still ringing or being told, by their place in the list. */
  private readonly open = new Map<number, Leg>();
  private next = 0;
  private joined: Leg | null = null;
  private over = false;
  private cancelLimit = () => {};
  /** Made ready while it rings. */
  private readonly whisper: Promise<Clip[]>;

  constructor({ id, command }: Ask<Bridge>, call: CallHost) {
    this.id = id;
    this.command = command;
    this.call = call;
    this.whisper = whisperClips(command.whisper, call);
  }

  begin(): () => void {
    const { call, command } = this;
    void call.prompts.ringback().then(async (tone) => {
      if (this.over || !(await call.answered())) return;
      if (tone && !this.joined && !this.over) call.leg.play(`${this.id}.ring`, [tone], { loop: true });
    });
    const first = command.order === "simultaneous" ? command.targets.length : 1;
    for (let i = 0; i < first; i++) this.dialNext();
    return () => {
      this.over = true;
      this.cancelLimit();
      for (const leg of [...this.open.values(), ...(this.joined ? [this.joined] : [])]) leg.hangup();
    };
  }

  private dialNext(): void {
    const { call, command } = this;
    const index = this.next++;
    const trunk = command.trunk === "default" ? call.defaultTrunk : command.trunk;
    const { callerId, ringMs } = command;
    const leg = call.telephony.dial({ to: command.targets[index]!, trunk, ringTimeoutMs: ringMs, beside: call.leg, ...(callerId ? { callerId } : {}) });
    this.open.set(index, leg);
    leg.listen((event) => this.onLeg(index, leg, event));
  }

  private onLeg(index: number, leg: Leg, event: LegEvent): void {
    if (event.type === "answered") void this.tell(index, leg);
    if (event.type === "played" && event.id === this.whisperId(index) && !this.command.confirmKey) this.join(index, leg);
    if (event.type === "digit" && this.command.confirmKey !== "" && event.digit === this.command.confirmKey) this.join(index, leg);
    if (event.type === "hungup") this.hungup(index, leg, event.cause);
  }

  private whisperId = (index: number): string => `${this.id}.w${index}`;

  /** Audio that only the answering person hears before the bridge. */
  private async tell(index: number, leg: Leg): Promise<void> {
    const { whisper, confirmKey } = this.command;
    if (whisper.length === 0 && confirmKey === "") return this.join(index, leg);
    const clips = await this.whisper;
    if (!this.open.has(index) || this.over) return;
    if (confirmKey !== "") {
      const wait = acceptMs + clips.reduce((sum, clip) => sum + clip.ms, 0);
      this.call.clock.after(wait, () => this.joined !== leg && this.open.has(index) && leg.hangup());
    }
    if (clips.length > 0) leg.play(this.whisperId(index), clips);
    else if (confirmKey === "") this.join(index, leg);
  }

  private join(index: number, leg: Leg): void {
    if (this.joined || this.over || !this.open.delete(index)) return;
    this.joined = leg;
    for (const other of this.open.values()) other.hangup();
    leg.stopPlay(this.whisperId(index));
    this.call.leg.stopPlay(`${this.id}.ring`);
    this.call.leg.bridge(leg);
    this.call.send({ type: "connected", at: this.call.clock.now(), id: this.id });
    this.cancelLimit = this.call.clock.after(this.command.maxMs, () => leg.hangup());
  }

  private hungup(index: number, leg: Leg, cause: HangupCause): void {
    if (this.joined === leg) {
      this.call.leg.unbridge();
      return this.finish("ok", cause, index);
    }
    this.open.delete(index);
    if (this.joined || this.over) return;
    if (this.next < this.command.targets.length) return this.dialNext();
    if (this.open.size > 0) return;
    this.call.leg.stopPlay(`${this.id}.ring`);
    this.finish(bridgeExit(cause), cause, index);
  }

  private finish(exit: string, cause: HangupCause, index: number): void {
    if (this.over) return;
    this.over = true;
    this.cancelLimit();
    const { sipStatus = null, q850 = null } = cause;
    if (exit === "error") this.call.fault(this.id, "network", cause.reason ?? `SIP ${sipStatus ?? "?"}`);
    else this.call.reply(this.id, exit, { sipStatus, q850, target: this.command.targets[index] ?? "" });
  }
}

/** Exit of an unanswered leg B. */
function bridgeExit(cause: HangupCause): string {
  if (cause.failure) return cause.failure === "noAnswer" ? "noAnswer" : "error";
  // Answered but never accepted: the person let it go.
  return cause.by === "local" ? "noAnswer" : refusedExit(cause);
}

const exitOfStatus: Readonly<Record<number, string>> = { 486: "busy", 600: "busy", 480: "noAnswer", 487: "noAnswer", 603: "rejected", 403: "rejected" };
const exitOfCause: Readonly<Record<number, string>> = { 17: "busy", 18: "noAnswer", 19: "noAnswer", 21: "rejected" };

function refusedExit({ sipStatus = 0, q850 = 0, rang = false }: HangupCause): string {
  if (sipStatus === 408 && rang) return "noAnswer";
  return exitOfStatus[sipStatus] ?? exitOfCause[q850] ?? "error";
}
