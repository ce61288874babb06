import { usualSettings } from "../../../runtime/campaigns/pacing/law.ts";
import { laws } from "../../../runtime/campaigns/pacing/laws.ts";
import { simulate } from "../../../runtime/campaigns/pacing/simulate/simulate.ts";
import { worldOf } from "../../../runtime/campaigns/pacing/simulate/worlds.ts";

export type Speed = { p50us: number; p99us: number; mostInFlight: number; decisions: number; timesRealTime: number };

/** How long ours takes for a decision with 500 operators and thousands of dials in flight, and how fast W0 is simulated at 50. */
export function measureSpeed(): Speed {
  const took: number[] = [];
  const [day] = simulate({
    world: worldOf("W1", { agents: 500, answerRate: 0.08 }),
    law: laws.ours,
    settings: usualSettings,
    hours: 0.5,
    days: 1,
    seed: 1,
    stopwatch: { now: () => performance.now(), decided: (ms) => void took.push(ms) },
  });
  const sorted = Float64Array.from(took).sort();
  const at = (share: number) => sorted[Math.floor(share * sorted.length)]! * 1000;
  const before = process.cpuUsage();
  simulate({ world: worldOf("W0", { agents: 50, answerRate: 0.3 }), law: laws.ours, settings: usualSettings, hours: 8, days: 2, seed: 1 });
  const { user, system } = process.cpuUsage(before);
  return { p50us: at(0.5), p99us: at(0.99), mostInFlight: day!.mostLines, decisions: sorted.length, timesRealTime: (2 * 8 * 3600) / ((user + system) / 1e6) };
}
