import { existsSync, readFileSync, writeFileSync } from "node:fs";
import grid from "../../../runtime/campaigns/pacing/laws/vicidial-grid.json" with { type: "json" };
import { daysTimes, jobsOf, tuningJobs, type Job, type Plan } from "./jobs.ts";
import type { Result } from "./run-job.ts";
import { runJobs } from "./run-jobs.ts";

/**
 * Runs a plan: ours and the plain laws, the grid of rivals, then the best of the grid over as many days as ours. Results
 * are kept in `file` as they come, so that a run that was broken off goes on.
 */
export async function collect(plan: Plan, file: string | null, threads: number, say: (line: string) => void): Promise<Map<string, Result>> {
  const results = new Map<string, Result>(file && existsSync(file) ? read(file) : []);
  const done = (left: number, result: Result) => {
    say(
      `${left} left · ${result.name} · ${(result.summary.occupancy.mean * 100).toFixed(2)} % busy, ${(result.summary.abandonment.mean * 100).toFixed(2)} % abandoned`,
    );
    if (file) writeFileSync(file, `[\n${[...results.values()].map((each) => JSON.stringify(rounded(each))).join(",\n")}\n]\n`);
  };
  const tuning = tuningJobs(
    plan,
    grid.map((each) => each.name),
  );
  await runJobs([...jobsOf(plan), ...tuning], results, threads, done);
  await runJobs(finals(plan, tuning, results), results, threads, done);
  return results;
}

const read = (file: string): [string, Result][] => (JSON.parse(readFileSync(file, "utf8")) as Result[]).map((each) => [each.name, each]);

/** Six digits are enough, and half hours where something happens, so that the file stays small. */
const rounded = ({ rolling, ...result }: Result): unknown =>
  JSON.parse(JSON.stringify({ ...result, rolling: result.job.law === "ours" && /W2|W4/.test(result.job.world) ? rolling : [] }), (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(6)) : value,
  );

/** The rivals that were best within the cap, once more over as many days as ours has. */
function finals(plan: Plan, tuning: readonly Job[], results: ReadonlyMap<string, Result>): Job[] {
  const best = new Map<string, Result>();
  for (const result of results.values()) {
    const { job, summary } = result;
    if (!tuning.some((each) => each.law === job.law && each.setting === job.setting && each.lines === job.lines) || summary.abandonment.mean > job.cap)
      continue;
    if (job.days !== plan.gridDays) continue;
    const place = [job.law, job.world, job.agents, job.answerRate, job.amd?.falsePositive].join();
    const rival = best.get(place);
    if (!rival || valueOf(result) > valueOf(rival)) best.set(place, result);
  }
  return [...best.values()].map(({ job }) => ({ ...job, days: plan.otherDays * (job.world === "W2" || job.world === "W4" ? daysTimes(job.agents) : 1) }));
}

/** Occupancy says nothing where operators listen to machines: there conversations count. */
export const valueOf = ({ job, summary }: Result): number => (job.world === "W5" ? summary.perOperatorHour.mean : summary.occupancy.mean);
