import { elapsed, type Clock } from "../../ports/clock.ts";
import type { Trunk, TrunkState, TrunkStatus } from "../../ports/telephony.ts";
import { reasonPhrase } from "./message/reason-phrase.ts";

type Wiring = { trunk: Trunk; clock: Clock; probe: () => void; tell: (status: TrunkStatus) => void };

const FIRST_PROBE_MS = 15_000;
const QUIET_MS = 60_000;
const PROBE_WHEN_FAILING_MS = 30_000;

/** Statuses of an answer to INVITE that speak of the trunk, not of the called party: credentials, permission, time, its own failure. */
export function blamesTrunk(status: number, rang: boolean): boolean {
  return status === 401 || status === 402 || status === 403 || status === 407 || (status === 408 && !rang) || (status >= 500 && status < 600);
}

/**
 * What is known of one trunk: from its answers to our calls, else from OPTIONS (RFC 3261 §11), asked when nothing came for a minute.
 * Any answer to OPTIONS says that it is there; only a call that gets further says that it takes calls.
 */
export class TrunkHealth {
  private readonly wiring: Wiring;
  /** State of the registration; "unknown" without one until something answers. */
  private base: TrunkState;
  private baseStatus: number | undefined;
  private trouble: { kind: "silent" | "refusing"; sipStatus?: number; reason: string } | undefined;
  private told = "";
  private quietSince: number;
  private cancel: () => void = () => {};

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.base = wiring.trunk.register ? "unregistered" : "unknown";
    this.quietSince = elapsed(wiring.clock);
  }

  start(): void {
    // A registration speaks for itself.
    if (this.wiring.trunk.register) return;
    this.tell();
    this.look(FIRST_PROBE_MS);
  }

  stop(): void {
    this.cancel();
    this.cancel = () => {};
  }

  /** From the registration of this trunk. */
  registration(state: TrunkState, sipStatus?: number): void {
    this.base = state;
    this.baseStatus = sipStatus;
    if (state === "registered" && this.trouble?.kind === "silent") this.trouble = undefined;
    this.tell();
  }

  /** A final answer, or 18x, to a call; `rang` when 18x came before. */
  answered(status: number, rang: boolean): void {
    this.alive();
    this.trouble = blamesTrunk(status, rang) ? { kind: "refusing", sipStatus: status, reason: `${status} ${reasonPhrase(status)}` } : undefined;
    this.tell();
  }

  /** Any answer to OPTIONS. */
  answeredProbe(): void {
    this.alive();
    if (this.trouble?.kind === "silent") this.trouble = undefined;
    this.tell();
  }

  /** A call or OPTIONS got no answer. */
  silent(reason: string): void {
    this.quietSince = elapsed(this.wiring.clock);
    this.trouble = { kind: "silent", reason };
    this.tell();
  }

  private alive(): void {
    this.quietSince = elapsed(this.wiring.clock);
    if (this.base === "unknown") this.base = "ok";
  }

  private look(ms: number): void {
    this.cancel = this.wiring.clock.after(ms, () => {
      const wait = this.trouble?.kind === "silent" ? PROBE_WHEN_FAILING_MS : QUIET_MS;
      const quiet = elapsed(this.wiring.clock) - this.quietSince;
      const due = this.base === "unknown" || quiet >= wait;
      if (due) this.wiring.probe();
      this.look(due ? wait : wait - quiet);
    });
  }

  private tell(): void {
    const { trunk, clock, tell } = this.wiring;
    const state = this.trouble && (this.base === "registered" || !trunk.register) ? "failing" : this.base;
    const { sipStatus, reason } = state === "failing" && this.trouble ? this.trouble : { sipStatus: this.baseStatus, reason: this.reasonOfBase() };
    const text = `${state}|${sipStatus ?? ""}|${reason ?? ""}`;
    if (text === this.told) return;
    this.told = text;
    tell({
      trunk: trunk.name,
      state,
      ...(state === "unknown" ? {} : { since: clock.now() }),
      ...(sipStatus === undefined ? {} : { sipStatus }),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  private reasonOfBase(): string | undefined {
    if (this.base !== "failed") return undefined;
    return this.baseStatus === undefined ? "no reply to REGISTER" : `${this.baseStatus} ${reasonPhrase(this.baseStatus)}`;
  }
}
