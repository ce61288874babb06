import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barsOf } from "./bars.ts";
import { collect } from "./collect.ts";
import { fullPlan, quickPlan } from "./jobs.ts";
import { Lookup } from "./lookup.ts";
import { occupancyPlot, rollingPlot } from "./plots.ts";
import { reportOf } from "./report.ts";
import { measureSpeed } from "./speed.ts";

const root = join(import.meta.dirname, "../../..");

/**
 * `npm run bench -- pacing`: all laws in all worlds beside the exact bound. `--full` goes on with the committed results and
 * writes docs/pacing.md and its pictures; otherwise a sample is run and printed, and written to dist/pacing.
 */
export async function benchPacing({ full, json }: { full: boolean; json: boolean }): Promise<void> {
  const plan = full ? fullPlan : quickPlan;
  const results = await collect(plan, full ? join(import.meta.dirname, "results.json") : null, 2, (line) => console.error(line));
  const lookup = new Lookup(results.values());
  const speed = measureSpeed();
  const bars = barsOf(plan, lookup);
  const folder = full ? join(root, "docs") : join(root, "dist", "pacing");
  mkdirSync(join(folder, "images"), { recursive: true });
  writeFileSync(join(folder, "pacing.md"), reportOf(plan, lookup, speed, new Date().toISOString().slice(0, 10)));
  writeFileSync(join(folder, "images", "pacing-occupancy.svg"), await occupancyPlot(plan, lookup, 0.3));
  writeFileSync(join(folder, "images", "pacing-drift.svg"), await rollingPlot(lookup, "W2", plan.otherTeams));
  writeFileSync(join(folder, "images", "pacing-shocks.svg"), await rollingPlot(lookup, "W4", plan.otherTeams));
  if (json) console.log(JSON.stringify({ bars, speed, results: lookup.all }, null, 1));
  else for (const { bar, figure, met } of bars) console.log(`${met ? "met   " : "MISSED"} ${bar}: ${figure}`);
  console.log(`${join(folder, "pacing.md")} written`);
}
