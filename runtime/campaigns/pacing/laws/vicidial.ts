import type { Law, PacingEvent, PacingSettings } from "../law.ts";
import { firstOpen } from "./progressive.ts";

/** Settings of a VICIdial 2.14 campaign in adaptive mode, with its defaults. */
export type VicidialOptions = {
  /** What happens over the drop limit: level 1, half the level, or tapered towards the day's end. */
  method: "hard" | "average" | "tapered";
  /** adaptive_dropped_percentage. */
  limitPercent: number;
  /** adaptive_maximum_level, adaptive_intensity (−40…40), adaptive_dl_diff_target (−40…40). */
  maxLevel: number;
  intensity: number;
  diffTarget: number;
  /** available_only_ratio_tally: count idle agents only. */
  availableOnly: number;
  startLevel: number;
  /** Hours since the day's begin at which the tapered method ends. */
  latestHour: number;
};

export const vicidialDefaults: VicidialOptions = {
  method: "hard",
  limitPercent: 3,
  maxLevel: 3,
  intensity: 0,
  diffTarget: 0,
  availableOnly: 0,
  startLevel: 1,
  latestHour: 8,
};

type Memory = {
  options: VicidialOptions;
  amd: boolean;
  level: number;
  /** Last 15 seconds: ready, waiting, logged in. */
  samples: { ready: number; waiting: number; agents: number }[];
  day: { began: number; answers: number; drops: number; calls: number };
  /** Answers and drops of the last minute. */
  minute: { at: number; drop: boolean }[];
  /** Dials of the last minute, by second. */
  dialled: number[];
  dropPercent: number;
  next: { step: number; drops: number };
};

/**
 * VICIdial's adaptive dialling as its source does it: a level of lines for each agent that is stepped each 15 seconds
 * by the mean of idle agents less waiting calls, taken down when the day's drop share exceeds the limit, and a hopper
 * that fills the lines up to level × agents each 2.5 seconds.
 */
export const vicidial: Law<Memory> = {
  name: "vicidial",
  everyS: 2.5,
  begin: (settings) => ({
    options: { ...vicidialDefaults, ...settings.options } as VicidialOptions,
    amd: amdOf(settings),
    level: Number(settings.options?.["startLevel"] ?? vicidialDefaults.startLevel),
    samples: [],
    day: { began: 0, answers: 0, drops: 0, calls: 0 },
    minute: [],
    dialled: [],
    dropPercent: 0,
    next: { step: 15, drops: 60 },
  }),
  learn,
  decide: ({ memory, team, campaigns }) => {
    const { options, level } = memory;
    // Agents in disposition are paused in VICIdial: neither ready nor in a call.
    const counted = options.availableOnly ? team.idle : team.idle + team.talking.length;
    const goal = Math.round(level * counted + (options.availableOnly ? team.talking.length : 0));
    const flying = campaigns.reduce((sum, campaign) => sum + campaign.dials.length, 0);
    const place = Math.min(Math.max(0, goal - flying - team.waiting - team.talking.length), team.linesFree);
    return { dial: firstOpen(campaigns, place), lookAgainS: 2.5, amd: memory.amd, thinkS: 0 };
  },
};

const amdOf = ({ amdFalsePositive, options }: PacingSettings): boolean => amdFalsePositive !== null && options?.["amd"] !== "off";

function learn(memory: Memory, event: PacingEvent): void {
  if (event.type === "day") {
    memory.day = { began: event.at, answers: 0, drops: 0, calls: 0 };
    memory.samples = [];
    memory.minute = [];
    memory.dialled = [];
    memory.dropPercent = 0;
    memory.next = { step: event.at + 15, drops: event.at + 60 };
  } else if (event.type === "connected" || event.type === "abandoned") {
    const drop = event.type === "abandoned";
    memory.day.answers += 1;
    if (drop) memory.day.drops += 1;
    memory.minute.push({ at: event.at, drop });
  } else if (event.type === "look") look(memory, event);
}

function look(memory: Memory, { at, team, dialled }: Extract<PacingEvent, { type: "look" }>): void {
  const { samples, next } = memory;
  samples.push({ ready: team.idle, waiting: team.waiting, agents: team.agents });
  if (samples.length > 15) samples.shift();
  memory.day.calls += dialled;
  memory.dialled.push(dialled);
  if (memory.dialled.length > 60) memory.dialled.shift();
  memory.minute = memory.minute.filter((each) => at - each.at < 60);
  if (at >= next.drops) {
    next.drops += 60;
    memory.dropPercent = memory.day.answers > 0 ? (100 * memory.day.drops) / memory.day.answers : 0;
  }
  if (at < next.step) return;
  next.step += 15;
  memory.level = stepped(memory, at);
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

function stepped(memory: Memory, at: number): number {
  const { options, samples, minute, day } = memory;
  const diff = mean(samples.map((each) => each.ready)) - mean(samples.map((each) => each.waiting)) + options.diffTarget;
  let step = diff / Math.max(1, mean(samples.map((each) => each.agents)));
  step *= step < 0 ? Math.abs(options.intensity / 100 - 1) : 1 + options.intensity / 100;
  let level = Math.max(1, Math.min(options.maxLevel, memory.level * (1 + step)));
  const callsLastMinute = memory.dialled.reduce((sum, each) => sum + each, 0);
  if (callsLastMinute > 20 && minute.filter((each) => each.drop).length / callsLastMinute > 0.5) level /= 2;
  if (day.calls > 50 && memory.dropPercent > options.limitPercent) level = overLimit(options, level, at - day.began);
  return Math.max(1, level);
}

function overLimit({ method, latestHour }: VicidialOptions, level: number, sinceS: number): number {
  if (method === "hard") return 1;
  if (method === "average") return level / 2;
  // Clock times are HHMM numbers there: an hour is 100.
  const left = latestHour * 100 - (Math.floor(sinceS / 3600) * 100 + Math.floor((sinceS % 3600) / 60));
  return left <= 0 ? 1 : level * Math.min(1, left / 1000);
}
