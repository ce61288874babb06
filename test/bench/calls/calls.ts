/** How many calls this machine carries. The caller runs here, the product in a child process; both share the machine. */
import { cpus, totalmem } from "node:os";
import { runHeld, runKeys, runSetups, type HeldResult, type KeysResult, type SetupsResult } from "../sip-load/index.ts";
import type { BenchOptions } from "../bench.ts";
import { benchOneCore, type OneCoreOptions } from "./one-core/one-core.ts";
import { cpuSeconds, residentMb } from "./process-usage.ts";
import { heldNumber, isSecond, shortNumber, startProduct, type Product } from "./product.ts";
import { benchMemory } from "./memory.ts";
import { printReport } from "./report.ts";

export type SetupStep = SetupsResult & { clean: boolean };
export type HeldStep = HeldResult & { asked: number; clean: boolean; cpuPercent: number; cpuPercentPerCall: number; residentMb: number; kbPerCall: number };
export type KeyStep = KeysResult & { calls: number };
export type Report = {
  date: string;
  machine: { cpu: string; cores: number; memoryGb: number; node: string };
  quick: boolean;
  idleMb: number;
  afterMb: number;
  setups: SetupStep[];
  held: HeldStep[];
  keys: KeyStep[];
};

type Plan = { rates: number[]; rateSeconds: number; held: number[]; heldSeconds: number; keyCalls: number[]; keys: number };

const full: Plan = { rates: [100, 200, 300, 400, 480], rateSeconds: 4, held: [100, 200, 300, 400, 500, 700], heldSeconds: 5, keyCalls: [20, 100], keys: 300 };
const brief: Plan = { rates: [50, 100, 200], rateSeconds: 2, held: [50, 150], heldSeconds: 3, keyCalls: [20], keys: 100 };

export async function benchCalls(options: BenchOptions): Promise<void> {
  const { quick, json } = options;
  if (options.memory) {
    const { label, json, node, calls } = options;
    return benchMemory({ ...(label ? { label } : {}), json, rate: 300, node: words(node), calls: calls.split(",").map(Number), restSeconds: 45 });
  }
  if (options["one-core"]) return benchOneCore(oneCoreOptions(options));
  const plan = quick ? brief : full;
  const say = (text: string): void => void (json || console.log(text));
  say("Starting Sufler…");
  const product = await startProduct();
  try {
    await runSetups({ ...product.sip, to: shortNumber }, { cps: 20, seconds: 1 });
    const idleMb = round(residentMb(product.pid), 1);
    const held = await climb(
      plan.held,
      (calls) => heldStep(product, { calls, seconds: plan.heldSeconds, idleMb }),
      say,
      (calls) => `held: ${calls} calls`,
    );
    const report: Report = { date: new Date().toISOString(), machine: machine(), quick, idleMb, held, keys: [], setups: [], afterMb: 0 };
    for (const calls of plan.keyCalls) {
      say(`keys: ${plan.keys} presses over ${calls} calls`);
      const options = { calls, keys: plan.keys, event: 1, isNext: isSecond, betweenMs: Math.max(20, 1_600 / calls) };
      report.keys.push({ calls, ...(await runKeys({ ...product.sip, to: heldNumber }, options)) });
    }
    report.setups = await climb(
      plan.rates,
      (cps) => setupStep(product, cps, plan.rateSeconds),
      say,
      (cps) => `set-ups: ${cps} a second`,
    );
    report.afterMb = round(residentMb(product.pid), 1);
    if (json) console.log(JSON.stringify(report, null, 2));
    else printReport(report);
  } finally {
    await product.stop();
  }
}

const words = (text: string): string[] => text.split(" ").filter(Boolean);

/** With `--label` the report is saved beside the bench, with date and machine. */
function oneCoreOptions(options: BenchOptions): OneCoreOptions {
  const numbers = (text: string): number[] => text.split(",").map(Number);
  return {
    label: options.label ?? "run",
    json: options.json,
    save: options.label !== undefined,
    parts: options.parts.split(","),
    held: numbers(options.held),
    keyCalls: numbers(options.keys),
    rates: numbers(options.rates),
    seconds: Number(options.seconds),
    mediaThreads: Number(options["media-threads"]),
    serverCores: options["server-cores"],
    node: words(options.node),
  };
}

/** Goes up while steps are clean. A step that is not gets one more try: other work on this machine may have been in the way. */
async function climb<S extends { clean: boolean }>(
  values: number[],
  step: (value: number) => Promise<S>,
  say: (text: string) => void,
  label: (value: number) => string,
): Promise<S[]> {
  const steps: S[] = [];
  for (const value of values) {
    say(label(value));
    let done = await step(value);
    if (!done.clean) {
      await sleep(1_500);
      done = await step(value);
    }
    steps.push(done);
    if (!done.clean) break;
    await sleep(500);
  }
  return steps;
}

/** Clean: every call answered and ended, nothing sent twice, the rate really offered, 99 of 100 set up within 200 ms. */
async function setupStep(product: Product, cps: number, seconds: number): Promise<SetupStep> {
  const result = await runSetups({ ...product.sip, to: shortNumber }, { cps, seconds });
  const clean = result.failed === 0 && result.retransmissions === 0 && result.achievedCps >= cps * 0.97 && result.setupP99Ms <= 200;
  return { ...result, clean };
}

/** Clean: all calls up, all packets due received, and 99 of 100 of them within 20 ms of their time. */
async function heldStep(product: Product, { calls, seconds, idleMb }: { calls: number; seconds: number; idleMb: number }): Promise<HeldStep> {
  const marks: { cpu: number; at: number; memory: number }[] = [];
  const onMeasure = (): void => void marks.push({ cpu: cpuSeconds(product.pid), at: performance.now(), memory: residentMb(product.pid) });
  const result = await runHeld({ ...product.sip, to: heldNumber }, { calls, seconds, perSecond: 100, onMeasure });
  const [from, to] = [marks[0]!, marks[1]!];
  const cpuPercent = ((to.cpu - from.cpu) / ((to.at - from.at) / 1000)) * 100;
  return {
    ...result,
    asked: calls,
    clean: result.calls === calls && result.receivedShare >= 0.99 && result.jitterP99Ms < 20,
    cpuPercent: round(cpuPercent, 1),
    cpuPercentPerCall: round(cpuPercent / Math.max(1, result.calls), 3),
    residentMb: round(to.memory, 1),
    kbPerCall: Math.round(((to.memory - idleMb) * 1024) / Math.max(1, result.calls)),
  };
}

function machine(): Report["machine"] {
  const all = cpus();
  return { cpu: all[0]?.model ?? "unknown", cores: all.length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function round(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}
