import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import boundTable from "../campaigns/pacing/bound/bounds.json" with { type: "json" };
import { solveBound } from "../campaigns/pacing/bound/solve-bound.ts";
import { forecast, type Range } from "../campaigns/pacing/forecast.ts";
import { usualSettings, type Law, type PacingSettings } from "../campaigns/pacing/law.ts";
import { laws } from "../campaigns/pacing/laws.ts";
import grid from "../campaigns/pacing/laws/vicidial-grid.json" with { type: "json" };
import { simulate } from "../campaigns/pacing/simulate/simulate.ts";
import { summaryOf } from "../campaigns/pacing/simulate/summary.ts";
import { worldNames, worldOf, type WorldName } from "../campaigns/pacing/simulate/worlds.ts";

type Values = Record<string, string | boolean | undefined>;
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const team: ParseArgsOptionsConfig = { agents: text, "answer-rate": text, handle: text, ring: text, patience: text, cap: text, json: flag };
const how: ParseArgsOptionsConfig = {
  law: text,
  world: text,
  hours: text,
  seed: text,
  lines: text,
  think: text,
  setting: text,
  "amd-false-positive": text,
  "amd-false-negative": text,
};

const parts: Record<string, { options: ParseArgsOptionsConfig; run(values: Values): void }> = {
  bound: { options: { ...team, table: flag }, run: bound },
  simulate: { options: { ...team, ...how, days: text, separate: flag }, run: simulated },
  forecast: { options: { ...team, ...how, contacts: text, attempts: text, "retry-after": text, runs: text, "most-days": text }, run: forecasted },
};

/** `sufler pace bound|simulate|forecast`: the best possible pacing, the result of an algorithm, a campaign forecast. */
export const command = {
  usage:
    "pace bound --agents 50 --answer-rate 0.3 [--handle 140 --ring 12 --patience 2 --cap 0.03] | --table [--json]\n" +
    "  sufler pace simulate --law ours|vicidial|progressive|preview|ratio --agents 50 --answer-rate 0.3 --world W0…W6 [--hours 8 --days 10 --seed 1 --cap 0.03] [--json]\n" +
    "  sufler pace forecast --contacts 5000 --agents 20 --answer-rate 0.3 [--attempts 3 --retry-after 3 --hours 8 --law ours --runs 20] [--json]",
  examples: [
    "pace bound --agents 20 --answer-rate 0.3",
    "pace simulate --law ours --agents 20 --answer-rate 0.3",
    "pace forecast --contacts 5000 --agents 20 --answer-rate 0.3",
  ],
  async run(args: string[]): Promise<number> {
    const [name = "", ...rest] = args;
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (!part) throw new Error(`specify a subcommand: pace ${Object.keys(parts).join(", pace ")}`);
    part.run(parseArgs({ args: rest, options: part.options }).values as Values);
    return 0;
  },
};

function number(values: Values, name: string, usual: number | null, from: number, to: number): number {
  const given = values[name];
  if (given === undefined && usual !== null) return usual;
  const value = Number(given);
  if (given === undefined || given === "" || !(value >= from && value <= to)) throw new Error(`--${name}: specify a number from ${from} to ${to}`);
  return value;
}

function whole(values: Values, name: string, usual: number | null, from: number, to: number): number {
  const value = number(values, name, usual, from, to);
  if (!Number.isInteger(value)) throw new Error(`--${name}: specify a whole number from ${from} to ${to}`);
  return value;
}

const teamOf = (values: Values, most: number) => ({
  agents: whole(values, "agents", null, 1, most),
  answerRate: number(values, "answer-rate", null, 0.01, 1),
  handleS: number(values, "handle", 140, 1, 86_400),
  ringS: number(values, "ring", 12, 0.1, 600),
  patienceS: number(values, "patience", 2, 0.01, 3600),
});

const show = (value: unknown): void => console.log(JSON.stringify(value, null, 2));
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function bound(values: Values): void {
  if (values["table"]) return show(boundTable.teams.map((each) => ({ ...each, ...solved({ ...boundTable.world, ...each }, each.cap) })));
  const asked = teamOf(values, 200);
  const { occupancy, abandonment } = solveBound(asked, number(values, "cap", 0.03, 0.0005, 0.5));
  if (values["json"]) return show({ occupancy, abandonment });
  console.log(`No pacing algorithm keeps ${asked.agents} operators busier than ${percent(occupancy)} at ${percent(abandonment)} abandoned (Markov model).`);
}

const solved = (asked: Parameters<typeof solveBound>[0], cap: number) => {
  const { occupancy, abandonment } = solveBound(asked, cap);
  return { occupancy: Number(occupancy.toFixed(6)), abandonment: Number(abandonment.toFixed(6)) };
};

function lawOf(values: Values): { law: Law; settings: PacingSettings } {
  const name = String(values["law"] ?? "ours");
  const law = Object.entries(laws).find(([each]) => each === name)?.[1];
  if (!law) throw new Error(`--law: specify one of ${Object.keys(laws).join(", ")}`);
  const setting = values["setting"];
  const row = grid.find((each) => each.name === setting);
  if (setting !== undefined && !row) throw new Error(`--setting: specify one of ${grid.map((each) => `"${each.name}"`).join(", ")}`);
  const options = Object.fromEntries(Object.entries(row ?? grid[0]!).filter(([key]) => key !== "name"));
  const settings = {
    ...usualSettings,
    cap: number(values, "cap", usualSettings.cap, 0.0005, 0.5),
    linesPerOperator: number(values, "lines", usualSettings.linesPerOperator, 0.1, 50),
    thinkS: number(values, "think", usualSettings.thinkS, 0, 600),
    options,
  };
  return { law, settings };
}

function worldFrom(values: Values): { world: ReturnType<typeof worldOf>; settings: PacingSettings; law: Law } {
  const name = String(values["world"] ?? "W0");
  if (!isWorld(name)) throw new Error(`--world: specify one of ${worldNames.join(", ")}`);
  const amd = {
    falsePositive: number(values, "amd-false-positive", 0.03, 0, 1),
    falseNegative: number(values, "amd-false-negative", 0.05, 0, 1),
  };
  const { law, settings } = lawOf(values);
  const world = worldOf(name, { ...teamOf(values, 2000), amd, separate: values["separate"] === true });
  return { world, law, settings: { ...settings, amdFalsePositive: world.amd ? amd.falsePositive : null } };
}

const isWorld = (name: string): name is WorldName => (worldNames as readonly string[]).includes(name);

function simulated(values: Values): void {
  const { world, law, settings } = worldFrom(values);
  const ticks: number[] = [];
  const days = simulate({
    world,
    law,
    settings,
    hours: number(values, "hours", 8, 0.1, 24),
    days: whole(values, "days", 10, 1, 1000),
    seed: whole(values, "seed", 1, 0, 2 ** 31),
    stopwatch: { now: () => performance.now(), decided: (ms) => void (ticks.length < 2_000_000 && ticks.push(ms)) },
  });
  const summary = summaryOf([days], settings.cap);
  const sorted = Float64Array.from(ticks).sort();
  const tickP99us = Number(((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 1000).toFixed(1));
  const { occupancy, abandonment, perOperatorHour, ...rest } = summary;
  const intervals = { occupancy: [occupancy.low, occupancy.high], abandonment: [abandonment.low, abandonment.high] };
  if (values["json"])
    return show({ occupancy: occupancy.mean, abandonment: abandonment.mean, perOperatorHour: perOperatorHour.mean, ...rest, tickP99us, intervals });
  console.log(`${world.name}: ${world.about}`);
  console.log(`occupancy      ${percent(occupancy.mean)}  (${percent(occupancy.low)} – ${percent(occupancy.high)})`);
  console.log(
    `abandonment    ${percent(abandonment.mean)}  (${percent(abandonment.low)} – ${percent(abandonment.high)}), worst day ${percent(summary.worstDay)}`,
  );
  console.log(`days over cap  ${percent(summary.daysOver)}; by chance alone at the cap: ${percent(summary.daysOverByChance)}`);
  console.log(`conversations  ${perOperatorHour.mean.toFixed(2)} per operator-hour; ${summary.conversations} from ${summary.dials} dials`);
  console.log(`waits          operator idle p95 ${summary.idleP95} s, caller p99 ${summary.waitP99.toFixed(2)} s; decision p99 ${tickP99us} µs`);
}

function forecasted(values: Values): void {
  const { world, law, settings } = worldFrom({ world: "W1", ...values });
  const result = forecast({
    world,
    law,
    settings,
    contacts: whole(values, "contacts", null, 1, 10_000_000),
    attempts: whole(values, "attempts", 3, 1, 100),
    retryAfterH: number(values, "retry-after", 3, 0, 720),
    hours: number(values, "hours", 8, 0.1, 24),
    mostDays: whole(values, "most-days", 60, 1, 1000),
    runs: whole(values, "runs", 20, 1, 1000),
    seed: whole(values, "seed", 1, 0, 2 ** 31),
  });
  if (values["json"]) return show(result);
  const range = ({ median, from, to }: Range, print: (value: number) => string) => `${print(median)}  (90 %: ${print(from)} – ${print(to)})`;
  const plain = (value: number) => value.toFixed(value < 100 ? 1 : 0);
  console.log(result.hours ? `done after     ${range(result.hours, plain)} working hours` : "done after     more days than were simulated: see --most-days");
  if (result.days) console.log(`days           ${range(result.days, (value) => String(value))}`);
  console.log(`conversations  ${range(result.conversations, (value) => value.toFixed(0))}`);
  console.log(`dials          ${range(result.dials, (value) => value.toFixed(0))}`);
  console.log(`abandonment    ${range(result.abandonment, percent)}`);
  console.log(`occupancy      ${range(result.occupancy, percent)}`);
}
