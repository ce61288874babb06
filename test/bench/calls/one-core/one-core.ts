/**
 * `npm run bench -- calls --one-core`: the server on one core, the callers on the other. Beside each number of held calls stands a bare
 * loop of node:dgram with equal packets, on the server's core and with the same callers.
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import {
  heldOf,
  keysOf,
  setupsOf,
  type HeldPart,
  type HeldResult,
  type KeysPart,
  type KeysResult,
  type SetupsPart,
  type SetupsResult,
} from "../../sip-load/index.ts";
import { cpuSeconds, residentMb } from "../process-usage.ts";
import { heldNumber, shortNumber, startProduct, type Product } from "../product.ts";
import type { CallerJob } from "./caller-child.ts";
import { callers, type CallerUse } from "./callers.ts";
import { forkPinned } from "./pinned.ts";
import { printOneCore } from "./print.ts";

/** Of the bare loop; the server has it, too, unless `--server-cores` says others. */
const firstCore = 0;
const callerCore = 1;
const callerLimit = 90;

/** `counts`: the callers were not the limit. */
type Judged = CallerUse & { counts: boolean; serverPercent: number };
export type HeldRow = HeldResult & Judged & { asked: number; residentMb: number };
export type BareRow = HeldResult & Judged & { asked: number };
export type KeysRow = KeysResult & Judged & { calls: number };
export type SetupsRow = SetupsResult & Judged;
export type OneCoreReport = {
  label: string;
  date: string;
  machine: { cpu: string; cores: number; memoryGb: number; node: string };
  mediaThreads: number;
  serverCores: string;
  held: HeldRow[];
  bare: BareRow[];
  keys: KeysRow[];
  setups: SetupsRow[];
};

export type OneCoreOptions = {
  label: string;
  json: boolean;
  save: boolean;
  parts: string[];
  held: number[];
  keyCalls: number[];
  rates: number[];
  seconds: number;
  mediaThreads: number;
  serverCores: string;
  node: string[];
};

export async function benchOneCore(options: OneCoreOptions): Promise<void> {
  const say = (text: string): void => void (options.json || console.log(text));
  if (process.platform !== "linux" || cpus().length < 2) return say("The one-core bench needs Linux with taskset and two cores.");
  const { mediaThreads, label } = options;
  const report: OneCoreReport = {
    label,
    date: new Date().toISOString(),
    machine: machine(),
    mediaThreads,
    serverCores: options.serverCores,
    held: [],
    bare: [],
    keys: [],
    setups: [],
  };
  const product = await startProduct({ cores: options.serverCores, node: options.node, config: mediaThreads > 1 ? { mediaThreads } : {} });
  try {
    await setups(product, 20, 1);
    if (options.parts.includes("held"))
      for (const calls of options.held) {
        say(`held: ${calls} calls`);
        report.held.push(await held(product, calls, options.seconds));
      }
    if (options.parts.includes("keys"))
      for (const calls of options.keyCalls) {
        say(`keys: over ${calls} calls`);
        report.keys.push(await keys(product, calls));
      }
    if (options.parts.includes("setups"))
      for (const cps of options.rates) {
        say(`set-ups: ${cps} a second`);
        report.setups.push(await setups(product, cps, options.seconds));
      }
  } finally {
    await product.stop();
  }
  if (options.parts.includes("bare"))
    for (const calls of options.held) {
      say(`bare loop: ${calls} sockets`);
      report.bare.push(await bare(calls, options.seconds));
    }
  if (options.save) save(report);
  if (options.json) console.log(JSON.stringify(report, null, 2));
  else printOneCore(report);
}

/** Share of the server's core that a process takes between the edges of a window. */
function watch(pid: number): { during: (edge: "begin" | "end") => void; percent: () => number; memory: () => number } {
  const marks: { at: number; cpu: number; memory: number }[] = [];
  return {
    during: () => void marks.push({ at: performance.now(), cpu: cpuSeconds(pid), memory: residentMb(pid) }),
    percent: () => Math.round(((marks[1]!.cpu - marks[0]!.cpu) / ((marks[1]!.at - marks[0]!.at) / 1000)) * 1000) / 10,
    memory: () => Math.round(marks[1]!.memory),
  };
}

const judge = (use: CallerUse, serverPercent: number): Judged => ({ ...use, serverPercent, counts: use.callerPercent <= callerLimit });

async function held(product: Product, calls: number, seconds: number): Promise<HeldRow> {
  const { during, percent, memory } = watch(product.pid);
  const job = (share: number, i: number): CallerJob => ({ do: "held", calls: share, seconds, perSecond: 60, from: address(i), to: heldNumber, ...product.sip });
  const { parts, use } = await callers<HeldPart>(callerCore, halves(calls).map(job), during);
  return { ...heldOf(parts), asked: calls, residentMb: memory(), ...judge(use, percent()) };
}

async function keys(product: Product, calls: number): Promise<KeysRow> {
  const { during, percent } = watch(product.pid);
  const job = (share: number, i: number): CallerJob => ({
    do: "keys",
    calls: share,
    keys: 300,
    betweenMs: 20,
    perSecond: 60,
    from: address(i),
    to: heldNumber,
    ...product.sip,
  });
  const { parts, use } = await callers<KeysPart>(callerCore, halves(calls).map(job), during);
  return { ...keysOf(parts), calls, ...judge(use, percent()) };
}

async function setups(product: Product, cps: number, seconds: number): Promise<SetupsRow> {
  const { during, percent } = watch(product.pid);
  const job = (share: number, i: number): CallerJob => ({ do: "setups", cps: share, seconds, holdMs: 200, from: address(i), to: shortNumber, ...product.sip });
  const { parts, use } = await callers<SetupsPart>(callerCore, halves(cps).map(job), during);
  return { ...setupsOf(parts, cps), ...judge(use, percent()) };
}

async function bare(calls: number, seconds: number): Promise<BareRow> {
  const child = forkPinned(join(import.meta.dirname, "bare-child.ts"), { cores: String(firstCore), args: [String(calls)] });
  const [{ ports }] = (await once(child.process, "message")) as [{ ports: number[] }];
  const { during, percent } = watch(child.pid);
  const middle = Math.ceil(ports.length / 2);
  const shares = [ports.slice(0, middle), ports.slice(middle)];
  const jobs = shares.map((share, i): CallerJob => ({ do: "bare", ports: share, seconds, from: address(i), host: "127.0.0.1", port: 0, to: "" }));
  const { parts, use } = await callers<HeldPart>(callerCore, jobs, during);
  await child.stop();
  return { ...heldOf(parts), asked: calls, ...judge(use, percent()) };
}

/** Two processes: neither one event loop nor the bound of one source is the limit. */
const halves = (count: number): number[] => [Math.ceil(count / 2), Math.floor(count / 2)];
const address = (i: number): string => `127.0.0.${i + 1}`;

function save(report: OneCoreReport): void {
  const file = join(import.meta.dirname, "..", "results", `${report.date.slice(0, 10)}-one-core-${report.label}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

function machine(): OneCoreReport["machine"] {
  const all = cpus();
  return { cpu: all[0]?.model ?? "unknown", cores: all.length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
}
