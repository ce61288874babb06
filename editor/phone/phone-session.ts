import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { asksNow } from "../../flows/simulate/choices.ts";
import { createPlayer, type Player } from "../../flows/simulate/player.ts";
import type { Given } from "../../flows/simulate/conversation.ts";
import { perform, type Act } from "./acts.ts";
import { hear, heardOf } from "./prompt-audio.ts";
import { sound } from "./sound.ts";

export type Speed = 1 | 2 | "instant";

/**
 * A simulated call in real time. The player has virtual time; this class maps it to the wall clock, pauses it while
 * audio is fetched, and plays the audio. Stepping back replays the call up to the moment before the last action.
 */
export class PhoneSession {
  player: Player;
  readonly acts: Act[] = [];
  speed: Speed = 1;
  muted = false;
  loading = false;
  private readonly listeners = new Set<() => void>();
  private version = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private realFrom = performance.now();
  private virtualFrom: number;
  private sounding: { id: string; stop(): void } | null = null;
  private stopped = false;

  readonly flow: Flow;
  readonly given: Given;

  private readonly find: FindFlow;

  constructor(flow: Flow, given: Given, find: FindFlow = () => null) {
    this.find = find;
    this.flow = flow;
    this.given = given;
    this.player = this.create();
    this.virtualFrom = this.player.now;
    this.run();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly getVersion = (): number => this.version;

  private create(): Player {
    return createPlayer(this.flow, structuredClone(this.given), { durations: (item) => heardOf(item)?.ms ?? null, find: this.find });
  }
  private tell(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
  private rate(): number {
    return this.speed === 2 ? 2 : 1;
  }

  /** Virtual time of this instant. */
  now(): number {
    return this.loading || this.player.done ? this.player.now : this.virtualFrom + (performance.now() - this.realFrom) * this.rate();
  }
  private setClock(): void {
    this.realFrom = performance.now();
    this.virtualFrom = this.player.now;
  }

  digit(digit: string): void {
    if (!this.muted) sound.key(digit);
    this.act({ at: 0, event: { type: "digit", at: 0, digit, leg: "A" } });
  }
  hangup(): void {
    this.act({ at: 0, event: { type: "hangup", at: 0, by: "caller", q850: 16 } });
  }
  choose(answer: string, fields: Record<string, Value>): void {
    const shown = this.player.shown;
    if (shown) this.act({ at: 0, event: { type: "choose", at: 0, id: shown.id, answer, fields } });
  }
  speak(ms: number): void {
    this.act({ at: 0, speak: ms });
  }
  /** Words for a recogniser that listens. */
  utter(text: string): void {
    if (this.player.listening !== null) this.act({ at: 0, utter: text });
  }
  backStep(): void {
    this.act({ at: 0, back: true });
  }
  service(service: string, answer: Given["services"][string] | null): void {
    this.act({ at: 0, service, answer });
  }
  /** Says nothing until what is due by silence comes. */
  silence(): void {
    const next = this.player.nextAt;
    if (next === null || this.player.done) return;
    const playing = this.player.playing?.until ?? 0;
    this.player.advanceTo(Math.max(next, playing));
    this.after();
  }
  /** Jumps the clock to what comes next (a retry in two hours). */
  skip(): void {
    this.silence();
  }

  private act(act: Act): void {
    if (this.player.done) return;
    this.player.advanceTo(this.now());
    const at = this.player.now;
    const stamped = { ...act, at, ...("event" in act ? { event: { ...act.event, at } } : {}) } as Act;
    this.acts.push(stamped);
    perform(this.player, stamped);
    this.after();
  }

  setSpeed(speed: Speed): void {
    this.player.advanceTo(this.now());
    this.speed = speed;
    this.quiet();
    this.after();
  }
  setMuted(muted: boolean): void {
    this.muted = muted;
    if (muted) this.quiet();
    this.tell();
  }

  /** Undoes the last action: the same call up to the moment before it. False if there is none. */
  stepBack(): boolean {
    const last = this.acts.pop();
    this.quiet();
    const until = last?.at ?? Date.parse(this.given.now);
    this.rebuild(until);
    this.after();
    return last !== undefined;
  }

  /** Back to this moment of the call, to go on differently; `undo` takes back what was done at that very moment, too. */
  backTo(at: number, undo: boolean): void {
    this.quiet();
    this.acts.splice(0, this.acts.length, ...this.acts.filter((act) => act.at < at || (act.at === at && !undo)));
    this.rebuild(at);
    this.after();
  }

  private rebuild(until: number): void {
    this.player = this.played(this.acts, until);
  }

  private played(acts: readonly Act[], until: number): Player {
    const player = this.create();
    for (const act of acts) {
      player.advanceTo(act.at);
      perform(player, act);
    }
    player.advanceTo(until);
    return player;
  }

  /** The call after its end; a call in progress is hung up in a copy. */
  finished(): { acts: readonly Act[]; player: Player } {
    if (this.player.done || this.flow.kind !== "ivr") return { acts: this.acts, player: this.player };
    const at = Math.max(this.player.now, Math.floor(this.now()));
    const acts: Act[] = [...this.acts, { at, event: { type: "hangup", at, by: "caller", q850: 16 } }];
    const player = this.played(acts, at);
    for (let guard = 0; guard < 2_000 && (!player.done || player.nextAt !== null); guard++) if (!player.advanceOne()) break;
    return { acts, player };
  }

  private after(): void {
    this.setClock();
    this.run();
    this.tell();
  }

  /** Arranges for the next thing to happen at its time. */
  private run(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.stopped || this.fetchMissing()) return;
    this.playSound();
    if (this.speed === "instant") this.rush();
    const next = this.player.nextAt;
    if (next === null || this.player.done) return void this.setClock();
    const wait = Math.max(0, (next - this.now()) / this.rate());
    if (wait > 86_400_000) return;
    this.timer = setTimeout(() => {
      this.player.advanceTo(next);
      this.after();
    }, wait);
  }

  /** Without waiting: everything that needs no person happens at once. */
  private rush(): void {
    for (let guard = 0; guard < 2_000 && !this.player.done && !this.waitsForPerson(); guard++) if (!this.player.advanceOne()) break;
    this.setClock();
  }
  private waitsForPerson(): boolean {
    return this.player.nextAt !== null && !this.player.playing && asksNow(this.player);
  }

  /** Sounds not fetched yet: the clock stands until they are here, then the call is played again with their true lengths. */
  private fetchMissing(): boolean {
    const items = this.muted || this.speed === "instant" ? [] : (this.player.playing?.items ?? []).filter((item) => heardOf(item) === undefined);
    if (items.length === 0) return false;
    this.loading = true;
    const at = this.player.now;
    void Promise.all(items.map(hear)).then(() => {
      this.loading = false;
      if (this.stopped) return;
      this.rebuild(at);
      this.after();
    });
    return true;
  }

  private playSound(): void {
    const { playing } = this.player;
    if (this.sounding && this.sounding.id !== playing?.id) this.quiet();
    if (!playing || this.muted || this.speed === "instant" || this.sounding) return;
    let offset = this.player.now - playing.from;
    const stops: (() => void)[] = [];
    let delay = 0;
    for (const item of playing.items) {
      const heard = heardOf(item);
      const ms = heard?.ms ?? item.text.length * 65;
      if (offset < ms) {
        if (heard) {
          const from = Math.max(0, offset);
          const timer = setTimeout(() => stops.push(sound.play(heard.buffer, from, this.rate()).stop), delay / this.rate());
          stops.push(() => clearTimeout(timer));
        }
        delay += ms - Math.max(0, offset);
      }
      offset -= ms;
    }
    this.sounding = { id: playing.id, stop: () => stops.forEach((stop) => stop()) };
  }
  private quiet(): void {
    this.sounding?.stop();
    this.sounding = null;
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    this.quiet();
  }
}
