/** `npm run bench -- <name> [--quick | --full] [--json]`: measures this machine; asserts nothing. */
import { parseArgs } from "node:util";
import { benchCalls } from "./calls/calls.ts";
import { benchKills } from "./endurance/kills.ts";
import { benchSoak } from "./endurance/soak.ts";
import { benchEngine } from "./engine/engine.ts";
import { benchPacing } from "./pacing/pacing.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    "one-core": { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    label: { type: "string" },
    parts: { type: "string", default: "held,bare,keys,setups" },
    held: { type: "string", default: "500,700,1000" },
    keys: { type: "string", default: "500" },
    rates: { type: "string", default: "300,500" },
    seconds: { type: "string", default: "5" },
    "media-threads": { type: "string", default: "1" },
    calls: { type: "string", default: "2000,5000,10000,15000,20000" },
    "server-cores": { type: "string", default: "0" },
    node: { type: "string", default: "" },
    count: { type: "string", default: "40" },
    minutes: { type: "string", default: "20" },
    callers: { type: "string", default: "100" },
  },
});

export type BenchOptions = typeof values;
type Bench = { about: string; run(options: BenchOptions): Promise<unknown> };

const benches: Record<string, Bench> = {
  kills: {
    about: "kill -9 in the middle of work, --count times: what was acknowledged is there",
    run: ({ count, json }) => benchKills({ count: Number(count), json }),
  },
  soak: {
    about: "--callers at once for --minutes: every call has a row that ended",
    run: ({ minutes, callers, json }) => benchSoak({ minutes: Number(minutes), held: Number(callers), json }),
  },
  engine: { about: "the language: events against a hand-written loop and XState, compile, check, memory, replay", run: benchEngine },
  calls: {
    about: "SIP calls on the whole product: set-ups a second, held calls, key press to next prompt; --one-core, --memory",
    run: benchCalls,
  },
  pacing: { about: "laws of pacing beside the exact optimum; --full goes on with the committed results and writes docs/pacing.md", run: benchPacing },
};

const [name = ""] = positionals;
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) {
  await bench.run(values);
} else {
  console.log(`${name ? `No bench "${name}". ` : ""}Usage: npm run bench -- <name> [--quick | --full] [--json]`);
  for (const [each, { about }] of Object.entries(benches)) console.log(`  ${each.padEnd(8)} ${about}`);
  if (name) process.exitCode = 2;
}
