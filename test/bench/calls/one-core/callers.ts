import { once } from "node:events";
import { join } from "node:path";
import { cpuSeconds } from "../process-usage.ts";
import type { CallerJob } from "./caller-child.ts";
import { busyPercent, coreTimes } from "./core-usage.ts";
import { forkPinned, type Pinned } from "./pinned.ts";

/** What the callers took of their core while they measured, and what everybody took of it. */
export type CallerUse = { callerPercent: number; callerCorePercent: number };

const script = join(import.meta.dirname, "caller-child.ts");
// One system call sends what a turn of the event loop has to send; see sip-load/wire.ts.
const node = ["--test-udp-no-try-send"];

/** Runs one job in each of several processes on the callers' core. `during` is called at the edges of the window. */
export async function callers<Part>(
  core: number,
  jobs: readonly CallerJob[],
  during: (edge: "begin" | "end") => void = () => {},
): Promise<{ parts: Part[]; use: CallerUse }> {
  const children = jobs.map(() => forkPinned(script, { cores: String(core), node }));
  const measured = jobs[0]!.do === "held" || jobs[0]!.do === "bare";
  const parts = children.map((child) => partOf<Part>(child));
  let marks = mark(core, children);
  const windows = children.map((child, i) => {
    child.process.send(jobs[i]!);
    return measured ? said(child, "ready") : undefined;
  });
  let use: CallerUse;
  if (measured) {
    await Promise.all(windows);
    const over = children.map((child) => said(child, "over"));
    marks = mark(core, children);
    during("begin");
    for (const child of children) child.process.send("go");
    await Promise.all(over);
    during("end");
    use = useOf(core, children, marks);
    for (const child of children) child.process.send("go");
  } else {
    during("begin");
    await Promise.all(parts);
    during("end");
    use = useOf(core, children, marks);
  }
  const done = await Promise.all(parts);
  await Promise.all(children.map((child) => child.stop()));
  return { parts: done, use };
}

type Mark = { at: number; cpu: number; core: ReturnType<typeof coreTimes> };

function mark(core: number, children: Pinned[]): Mark {
  return { at: performance.now(), cpu: children.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0), core: coreTimes(core) };
}

function useOf(core: number, children: Pinned[], from: Mark): CallerUse {
  const to = mark(core, children);
  const callerPercent = Math.round(((to.cpu - from.cpu) / ((to.at - from.at) / 1000)) * 1000) / 10;
  return { callerPercent, callerCorePercent: busyPercent(from.core, to.core) };
}

function partOf<Part>(child: Pinned): Promise<Part> {
  return new Promise((resolve, reject) => {
    child.process.on("message", (message: { part?: Part }) => message.part && resolve(message.part));
    child.process.once("exit", (code) => reject(new Error(`a caller ended with code ${code}`)));
  });
}

async function said(child: Pinned, word: string): Promise<void> {
  for (;;) {
    const [message] = (await once(child.process, "message")) as unknown[];
    if (message === word) return;
  }
}
