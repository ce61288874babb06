/** The telephony port in memory: scripted far ends, everything on the injected clock, no sockets. */
import type { Clock } from "../../ports/clock.ts";
import type { DialRequest, Leg, Telephony, TelephonyHandlers, TrunkStatus } from "../../ports/telephony.ts";
import type { FarEnd } from "./far-end.ts";
import { SimulatedLeg } from "./simulated-leg.ts";

/** What a dialled number does. */
export type DialProgram =
  | { kind: "answer"; afterMs: number; ringing?: boolean }
  /** Rings and never answers. */
  | { kind: "noAnswer" }
  | { kind: "refuse"; afterMs: number; sipStatus: number; q850?: number; reason?: string }
  /** The trunk says nothing, or 100 and no more: a dead one. */
  | { kind: "noReply"; afterMs: number };

export type SimulatorOptions = { clock: Clock; trunks?: readonly string[]; maxLegs?: number };

export interface SimulatorTelephony extends Telephony {
  /** Places an inbound call; `onIncoming` is called on the next beat of the clock. */
  call(facts: { from: string; to: string }): FarEnd;
  /** Sets what a number does when it is dialled; "*" for every other number (default: answers after 1 s). */
  program(number: string, program: DialProgram): void;
  /** The far ends of dialled legs, in order. */
  dialled(number: string): readonly FarEnd[];
}

/** Makes the adapter. */
export function simulatorTelephony(options: SimulatorOptions): SimulatorTelephony {
  const { clock, trunks = ["trunk"], maxLegs = 10_000 } = options;
  const legs = new Set<SimulatedLeg>();
  const programs = new Map<string, DialProgram>();
  const called = new Map<string, FarEnd[]>();
  let handlers: TelephonyHandlers | undefined;
  let next = 1;

  function make(direction: "inbound" | "outbound", caller: string, dialled: string): SimulatedLeg {
    const id = `sim-${next++}`;
    const leg = new SimulatedLeg({ id, direction, caller, dialled, sipCallId: `${id}@simulator` }, clock, () => legs.delete(leg));
    return leg;
  }

  return {
    async start(given) {
      handlers = given;
      return { address: "simulator", port: 0 };
    },
    call({ from, to }) {
      const leg = make("inbound", from, to);
      clock.after(0, () => {
        if (!handlers || legs.size >= maxLegs) return leg.end({ by: "local", sipStatus: 503 });
        legs.add(leg);
        handlers.onIncoming(leg);
      });
      return leg.far;
    },
    program: (number, program) => void programs.set(number, program),
    dialled: (number) => called.get(number) ?? [],
    dial(request: DialRequest): Leg {
      const leg = make("outbound", request.callerId ?? "", request.to);
      if (!handlers || !trunks.includes(request.trunk)) {
        leg.end(
          handlers
            ? { by: "local", failure: "unknownTrunk", reason: "unknown trunk" }
            : { by: "local", failure: "notReady", reason: "telephony is not running" },
        );
        return leg;
      }
      legs.add(leg);
      called.set(request.to, [...(called.get(request.to) ?? []), leg.far]);
      leg.dial(programs.get(request.to) ?? programs.get("*") ?? { kind: "answer", afterMs: 1_000 }, request.ringTimeoutMs);
      return leg;
    },
    trunks: (): TrunkStatus[] => trunks.map((trunk) => ({ trunk, state: "ok" })),
    stats: () => ({ legs: legs.size, tickLateP99Ms: 0, late: [] }),
    async stop() {
      for (const leg of legs) leg.hangup();
      handlers = undefined;
    },
  };
}

export type { FarEnd };
