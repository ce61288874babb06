import { barsOf, longestOver } from "./bars.ts";
import { errors, regimes, type Plan } from "./jobs.ts";
import type { Lookup, Place } from "./lookup.ts";
import type { Figure } from "../../../runtime/campaigns/pacing/simulate/summary.ts";
import type { Result } from "./run-job.ts";
import type { Speed } from "./speed.ts";

const percent = (share: number | undefined, digits = 1): string => (share === undefined ? "–" : (share * 100).toFixed(digits));
const half = ({ mean, high }: Figure): string => `± ${percent(high - mean, 2)}`;
const lost = ({ abandonment }: Result["summary"]): string => `${percent(abandonment.mean, 2)} ${half(abandonment)}`;
const busy = (result: Result | undefined): string => {
  if (!result) return "–";
  const { occupancy, abandonment } = result.summary;
  const share = `${percent(occupancy.mean)} ${half(occupancy)}`;
  return abandonment.mean > 0 ? `${share} (${lost(result.summary)})` : share;
};
const each = (result: Result | undefined): string => {
  if (!result) return "–";
  const { mean, high } = result.summary.perOperatorHour;
  return `${mean.toFixed(1)} ± ${(high - mean).toFixed(1)}`;
};

type Row = readonly (string | number)[];
const table = (head: readonly string[], rows: readonly Row[]): string =>
  [`| ${head.join(" | ")} |`, `|${head.map((_, index) => (index === 0 ? "---" : "---:")).join("|")}|`, ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
    "\n",
  );

/** docs/pacing.md from results. */
export function reportOf(plan: Plan, lookup: Lookup, speed: Speed, when: string): string {
  const bars = barsOf(plan, lookup);
  const parts = [
    intro(plan, when),
    `## Targets\n\n${table(
      ["target", "result", ""],
      bars.map(({ bar, figure, met }) => [bar, figure, met ? "met" : "**missed**"]),
    )}`,
    `## W0: compared with the exact optimum\n\n![Occupancy over team size](images/pacing-occupancy.svg)\n\n${plan.caps.map((cap) => markovTable(plan, lookup, cap)).join("\n\n")}`,
    rivals(plan, lookup),
    `## W1: realistic times\n\n${realisticTable(plan, lookup)}`,
    `## W2, W3, W4: drift, cold start, shocks\n\n![Half hours in W2](images/pacing-drift.svg)\n\n![Half hours in W4](images/pacing-shocks.svg)\n\n${movingTable(plan, lookup)}\n\n${drifts}`,
    `## W5: imperfect answering machine detection\n\n${detectionTable(plan, lookup)}`,
    `## W6: pooling\n\n${poolTable(lookup)}`,
    `## Compared with the figures of an article\n\n${regimeTable(lookup)}`,
    `## Speed\n\n${speedText(speed)}`,
    method(plan),
  ];
  return `${parts.join("\n\n")}\n`;
}

const drifts = `**How the half hours of W2 stay under the cap.** The answer rate changes by 80 % of its mean within an hour, and the dials of that hour do not determine it precisely enough: at one dial per second the best estimate is 10 % off during the drift, at 0.2 dials per second (10 operators) 20 %. Therefore our algorithm learns from day to day how the rate depends on the time of day (ten-minute slots; none as long as chance explains the differences), so a daily drift such as that of W2 is known in advance. While half hours differ, it also leaves up to 22 % of the cap unused. A drift at a different time every day is seen only as it happens: the whole run stays under the cap, but half hours exceed it, by up to half of the cap with 5 operators. Rejected alternatives: a fixed memory, a mean with a trend (noise outweighs the shorter lag), the longest mean that no shorter one contradicts (still the basis), a stronger correction by the last half hour (costs small teams more than 1 % of the optimum in W0).`;

const intro = (plan: Plan, when: string): string => `# Pacing measurements

Made by \`npm run bench -- pacing --full\` (${when}). All figures come from simulated teams and are the same on every machine.

The best possible result of a pacing algorithm is known exactly: for a team with exponential handling, ringing and patience times (W0), the maximum occupancy under a cap on abandoned calls is computed (\`npx sufler pace bound\`). All algorithms are simulated with the same people (common random numbers) and compared with this optimum. Our algorithm gets no settings: it learns the answer rate, the ringing time and the handling time from a cold start, without tuning. VICIdial's adaptive algorithm gets 24 settings, and the best one for each row is selected afterwards.

Our algorithm in W0: ${plan.days} days of 8 hours from a cold start; all other runs: ${plan.otherDays} days (W2 and W4 twice as many, and more for smaller teams: half hours of all days are combined, and five operators have about fifty answers in a half hour). Seeds: ${plan.seeds.join(", ")}. "Abandoned" is the share of live answers that reached no operator, including false positives of detection. Intervals are 95 %.`;

function markovTable(plan: Plan, lookup: Lookup, cap: number): string {
  const rows = plan.teams.flatMap((agents) =>
    plan.rates.flatMap((answerRate): Row[] => {
      const place: Place = { world: "W0", agents, answerRate, cap };
      const ours = lookup.of(place, "ours");
      const bound = lookup.bound(place);
      if (!ours || bound === undefined) return [];
      const { occupancy, worstDay, daysOver, daysOverByChance } = ours.summary;
      return [
        [
          agents,
          answerRate,
          percent(bound, 2),
          `${percent(occupancy.mean, 2)} ${half(occupancy)}`,
          `**${(occupancy.mean / bound).toFixed(4)}**`,
          lost(ours.summary),
          percent(worstDay, 2),
          `${percent(daysOver, 0)} / ${percent(daysOverByChance, 0)}`,
        ],
      ];
    }),
  );
  return `At most ${percent(cap, 0)} % abandoned; occupancy in %:\n\n${table(
    ["operators", "answer rate", "optimum", "ours", "ours ÷ optimum", "abandoned %", "worst day %", "days over the cap / by chance, %"],
    rows,
  )}`;
}

function rivals(plan: Plan, lookup: Lookup): string {
  const rows = plan.teams.flatMap((agents) =>
    plan.rates.map((answerRate): Row => {
      const place: Place = { world: "W0", agents, answerRate };
      const tuned = lookup.best(place, "vicidial");
      const fixed = lookup.best(place, "ratio");
      return [
        agents,
        answerRate,
        percent(lookup.bound(place)),
        busy(lookup.of(place, "ours")),
        busy(lookup.of(place, "preview")),
        busy(lookup.of(place, "progressive")),
        fixed ? `${busy(fixed)}, ${fixed.job.lines} lines` : "none within the cap",
        busy(lookup.of(place, "vicidial", (job) => job.setting === "default")),
        tuned ? `${busy(tuned)}, ${tuned.job.setting}` : "none within the cap",
      ];
    }),
  );
  return `All algorithms, occupancy % (abandoned %), cap 3 %:\n\n${table(
    [
      "operators",
      "answer rate",
      "optimum",
      "ours",
      "preview, 5 s",
      "one line per idle operator",
      "best fixed ratio",
      "VICIdial, defaults",
      "VICIdial, best of 24",
    ],
    rows,
  )}`;
}

function realisticTable(plan: Plan, lookup: Lookup): string {
  const rows = plan.otherTeams.flatMap((agents) =>
    plan.rates.map((answerRate): Row => {
      const place: Place = { world: "W1", agents, answerRate };
      const ours = lookup.of(place, "ours");
      const tuned = lookup.best(place, "vicidial");
      const plain = lookup.of(place, "vicidial", (job) => job.setting === "default");
      return [
        agents,
        answerRate,
        busy(ours),
        busy(lookup.of(place, "progressive")),
        busy(lookup.best(place, "ratio")),
        busy(plain),
        busy(tuned),
        [plain, tuned, ours].map(each).join(" → "),
        ours ? `${ours.summary.idleP95} / ${ours.summary.waitP99.toFixed(1)}` : "–",
      ];
    }),
  );
  return table(
    [
      "operators",
      "answer rate",
      "ours, busy % (abandoned %)",
      "one line per idle operator",
      "best fixed ratio",
      "VICIdial, defaults",
      "VICIdial, best of 24",
      "conversations per operator-hour: defaults → best of 24 → ours",
      "ours: operator idle p95 / caller waits p99, s",
    ],
    rows,
  );
}

function movingTable(plan: Plan, lookup: Lookup): string {
  const rows = (["W2", "W3", "W4"] as const).flatMap((world) =>
    plan.otherTeams.map((agents): Row => {
      const place: Place = { world, agents, answerRate: 0.3 };
      const ours = lookup.of(place, "ours");
      const moving = ours && ours.rolling.length > 0 && world !== "W3";
      return [
        world,
        agents,
        busy(ours),
        ours ? percent(ours.summary.worstDay, 2) : "–",
        moving ? `${longestOver(ours.rolling, 0.03)} min, ${percent(Math.max(...ours.rolling))} %` : "–",
        busy(lookup.of(place, "progressive")),
        busy(lookup.of(place, "vicidial", (job) => job.setting === "default")),
        busy(lookup.best(place, "vicidial")),
      ];
    }),
  );
  return table(
    [
      "world",
      "operators",
      "ours, busy % (abandoned %)",
      "worst day %",
      "longest time over the cap in the rolling half hour, maximum",
      "one line per idle operator",
      "VICIdial, defaults",
      "VICIdial, best of 24",
    ],
    rows,
  );
}

function detectionTable(plan: Plan, lookup: Lookup): string {
  const rows = plan.otherTeams.flatMap((agents) =>
    errors.map(({ falsePositive, falseNegative }): Row => {
      const place: Place = { world: "W5", agents, answerRate: 0.3, falsePositive };
      const ours = lookup.of(place, "ours");
      const tuned = lookup.best(place, "vicidial");
      return [
        agents,
        `${percent(falsePositive)} / ${percent(falseNegative)}`,
        falsePositive > 0.015 ? "off" : "on",
        ours ? `${each(ours)} (${lost(ours.summary)})` : "–",
        tuned ? `${each(tuned)} (${lost(tuned.summary)})` : "none within the cap",
      ];
    }),
  );
  return `Calls lost to detection count against the cap. If they alone exceed half of the cap, our algorithm turns detection off and reports it.\n\n${table(
    [
      "operators",
      "false positives / negatives %",
      "detection",
      "ours, conversations per operator-hour (abandoned %)",
      "VICIdial, best of 24, with or without detection",
    ],
    rows,
  )}`;
}

function poolTable(lookup: Lookup): string {
  const rows = [false, true].map((separate): Row => {
    const ours = lookup.of({ world: "W6", agents: 50, answerRate: 0.3, separate }, "ours");
    const plain = lookup.of({ world: "W6", agents: 50, answerRate: 0.3, separate }, "progressive");
    return [separate ? "five teams of ten" : "fifty operators, five campaigns", busy(ours), percent(ours?.summary.inboundInTime ?? undefined), busy(plain)];
  });
  return `Five campaigns with priorities, two of them with six-hour calling windows, and inbound calls that take 5 % of the same operators' time. The separate teams may call all day, which favours them.\n\n${table(
    ["", "ours, busy % (abandoned %)", "inbound calls answered in 20 s, %", "one line per idle operator"],
    rows,
  )}`;
}

function regimeTable(lookup: Lookup): string {
  const rows = regimes.map(({ agents, answerRate, thinkS }): Row => {
    const place: Place = { world: "W1", agents, answerRate };
    const preview = lookup.of(place, "preview", (job) => job.thinkS === thinkS)?.summary.perOperatorHour.mean;
    const progressive = lookup.of(place, "progressive")?.summary.perOperatorHour.mean;
    const ours = lookup.of(place, "ours")?.summary.perOperatorHour.mean;
    const gain = (a?: number, b?: number) => (a && b ? `+${((a / b - 1) * 100).toFixed(1)} %` : "–");
    return [agents, answerRate, `${thinkS} s`, gain(progressive, preview), gain(ours, progressive), gain(ours, preview)];
  });
  return `An often-quoted article promises +7.5 %, +16.5 % and +25 % conversations. One set of conditions (50 operators, 45 % answered, 5 s of reading) gives about these figures; other conditions do not.\n\n${table(
    ["operators", "answer rate", "reading before a dial", "progressive over preview", "predictive over progressive", "predictive over preview"],
    rows,
  )}`;
}

const speedText = ({ p50us, p99us, mostInFlight, decisions, timesRealTime }: Speed): string =>
  `500 operators, ${mostInFlight} lines at most: a decision takes ${p50us.toFixed(0)} µs (p50) and ${p99us.toFixed(0)} µs (p99), over ${decisions} decisions (target: 1 ms). The memory of the algorithm is bounded (curves of fixed size, 720 hours of counts). W0 with 50 operators is simulated ${Math.round(timesRealTime / 1000)},000 times as fast as real time on one core, with a decision at every event (target: 20,000). These two figures depend on the machine.`;

const method = (plan: Plan): string => `## Method

- **Worlds**: W0: exponential handling 140 s, ringing 12 s, patience 2 s. W1: lognormal talk time 120 s (CV 0.9), wrap-up 20 s (CV 0.5), answering machines, busy lines, no answer after 25 s of ringing, a caller is lost after exactly 2 s. W2: the answer rate swings by 40 % in two hours. W3: all learning is lost every night. W4: half the team leaves and returns twice, the answer rate drops from 40 % to 15 %, lines are capped at 1.5 per operator for an hour. W5: detection takes 1.5–3 s and makes errors. W6: pooling. The patience of a caller is counted from the moment an operator is needed: after the answer, or after detection.
- **Bound**: policy iteration over the number of lines for each number of customers, banded linear solves, the price of an abandoned call found by bisection, and the two policies at the cap mixed. Verified against value iteration over all policies, every policy of a very small team, and Erlang A and B (\`test/pacing/bound.test.ts\`). \`npx sufler pace bound --table\` recomputes the committed table.
- **Selected in hindsight**: VICIdial's 24 settings (\`runtime/campaigns/pacing/laws/vicidial-grid.json\`) and nine fixed ratios run ${plan.gridDays} days in each configuration; the best one within the cap is run again over the full days. This favours VICIdial: its five-second hold is 2 s here, its hopper is never empty, and it has one server.
- **Intervals** are Student's t over days. "By chance" is the share of days over the cap if each answer were abandoned independently with the probability of the cap.
- **Not shown**: real calls. People answer according to the models above; segments of a list and days of the week are alike.`;
