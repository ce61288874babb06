/** `npm run bench -- <name> [--quick | --full] [--json]`: measures this machine; asserts nothing. */
import { parseArgs } from "node:util";
import { benchCalls } from "./calls/calls.ts";
import { benchKills } from "./endurance/kills.ts";
import { benchSoak } from "./endurance/soak.ts";
import { benchEngine } from "./engine/engine.ts";
import { benchPacing } from "./pacing/pacing.ts";

type Options = { quick: boolean; full: boolean; json: boolean; count: string; minutes: string; held: string };
type Bench = { about: string; run(options: Options): Promise<unknown> };

const benches: Record<string, Bench> = {
  kills: {
    about: "kill -9 in the middle of work, --count times: what was acknowledged is there",
    run: ({ count, json }) => benchKills({ count: Number(count), json }),
  },
  soak: {
    about: "--held calls at once for --minutes: every call has a row that ended",
    run: ({ minutes, held, json }) => benchSoak({ minutes: Number(minutes), held: Number(held), json }),
  },
  engine: { about: "the language: events against a hand-written loop and XState, compile, check, memory, replay", run: benchEngine },
  calls: { about: "SIP calls on the whole product: set-ups a second, held calls, key press to next prompt", run: benchCalls },
  pacing: { about: "laws of pacing beside the exact optimum; --full goes on with the committed results and writes docs/pacing.md", run: benchPacing },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    count: { type: "string", default: "40" },
    minutes: { type: "string", default: "20" },
    held: { type: "string", default: "100" },
  },
});
const [name = ""] = positionals;
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) {
  await bench.run(values);
} else {
  console.log(`${name ? `No bench "${name}". ` : ""}Usage: npm run bench -- <name> [--quick | --full] [--json]`);
  for (const [each, { about }] of Object.entries(benches)) console.log(`  ${each.padEnd(8)} ${about}`);
  if (name) process.exitCode = 2;
}
