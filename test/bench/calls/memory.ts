/** `npm run bench -- calls --memory`: resident memory of the server after 2,000 and after 20,000 calls, and after a rest. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runSetups } from "../sip-load/index.ts";
import { residentMb } from "./process-usage.ts";
import { shortNumber, startProduct } from "./product.ts";

export type MemoryOptions = { label?: string; rate: number; node: string[]; json: boolean; calls: number[]; restSeconds: number };
type Row = { calls: number; residentMb: number; failed: number; setupP99Ms: number };

const steps = 2_000;

export async function benchMemory({ label, rate, node, json, calls, restSeconds }: MemoryOptions): Promise<void> {
  const product = await startProduct({ node, cores: "0,1" });
  const rows: Row[] = [];
  let made = 0;
  let failed = 0;
  try {
    const idle = Math.round(residentMb(product.pid));
    for (const until of calls) {
      let setupP99Ms = 0;
      while (made < until) {
        const seconds = Math.min(steps, until - made) / rate;
        const result = await runSetups({ ...product.sip, to: shortNumber }, { cps: rate, seconds });
        made += result.asked;
        failed += result.failed;
        ({ setupP99Ms } = result);
      }
      const row = { calls: made, residentMb: Math.round(residentMb(product.pid)), failed, setupP99Ms };
      rows.push(row);
      if (!json) console.log(`${String(row.calls).padStart(6)} calls: ${row.residentMb} MB, ${failed} failed, set-up p99 ${setupP99Ms} ms`);
    }
    await pause(restSeconds * 1_000);
    const rested = Math.round(residentMb(product.pid));
    const ratio = Math.round((rows.at(-1)!.residentMb / rows[0]!.residentMb) * 100) / 100;
    const report = { date: new Date().toISOString(), rate, idleMb: idle, rows, ratio, restSeconds, restedMb: rested };
    if (json) console.log(JSON.stringify(report, null, 2));
    else console.log(`Idle ${idle} MB; ${rows.at(-1)!.calls} calls / ${rows[0]!.calls} calls: ${ratio}; after ${restSeconds} s of rest ${rested} MB`);
    if (label) writeFileSync(join(import.meta.dirname, "results", `${report.date.slice(0, 10)}-memory-${label}.json`), `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await product.stop();
  }
}
