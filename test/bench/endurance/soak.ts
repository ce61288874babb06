/** `npm run bench -- soak [--minutes 20] [--callers 100]`: so many calls at once for so long, each of random length with keys; every one must have a row that ended. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SipPeer } from "../../telephony/peer.ts";

export type SoakReport = {
  minutes: number;
  held: number;
  placed: number;
  answered: number;
  refused: number;
  rows: number;
  live: number;
  faults: number;
  rssMb: number[];
};
type Up = { url: string; sip: { address: string; port: number } };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function benchSoak({ minutes, held, json }: { minutes: number; held: number; json: boolean }): Promise<SoakReport> {
  const data = await mkdtemp(join(tmpdir(), "sufler-soak-"));
  const child = fork(join(import.meta.dirname, "..", "calls", "server-child.ts"), [data], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, SUFLER_BENCH_DEMO: "1" },
  });
  const [up] = (await once(child, "message")) as [Up];
  const peer = await SipPeer.open();
  const until = performance.now() + minutes * 60_000;
  const tally = { placed: 0, answered: 0, refused: 0 };
  const rssMb: number[] = [];
  const watch = setInterval(() => void memoryOf(child.pid!).then((mb) => rssMb.push(mb)), 30_000);
  await Promise.all(Array.from({ length: held }, (_each, index) => line(peer, up, until, index, tally)));
  clearInterval(watch);
  await sleep(8_000);
  const live = await ask<{ total: number }>(up.url, "/api/calls?live=1&limit=1");
  const all = await ask<{ total: number }>(up.url, "/api/calls?limit=1");
  const faults = await faultsOf(up.url);
  peer.close();
  child.disconnect();
  await once(child, "exit");
  await rm(data, { recursive: true, force: true });
  const report: SoakReport = { minutes, held, ...tally, rows: all.total, live: live.total, faults, rssMb };
  console.log(
    json
      ? JSON.stringify(report, null, 2)
      : `${held} calls at once for ${minutes} min: ${report.placed} placed, ${report.answered} answered, ${report.refused} refused; ${report.rows} rows, ${report.live} live, ${report.faults} faults; RSS MB ${rssMb.join(" ")}`,
  );
  return report;
}

/** One caller after another: listens for a while, presses keys, hangs up or waits for the end. */
async function line(peer: SipPeer, up: Up, until: number, index: number, tally: { placed: number; answered: number; refused: number }): Promise<void> {
  await sleep(index * 20);
  for (let turn = 0; performance.now() < until; turn++) {
    const call = await peer.call({ to: "1034", port: up.sip.port, from: `+7916${String(1_000_000 + index)}` });
    tally.placed += 1;
    for (let waited = 0; waited < 10_000 && call.status === 0; waited += 50) await sleep(50);
    if (call.status >= 300 || call.status === 0) {
      tally.refused += 1;
      call.rtp.close();
      await sleep(500);
      continue;
    }
    tally.answered += 1;
    await sleep(1_000 + ((index * 977 + turn * 613) % 9_000));
    if (!call.over && turn % 3 !== 0) call.press(String((index + turn) % 10));
    await sleep(500);
    if (!call.over) call.hangup();
    for (let waited = 0; waited < 5_000 && !call.over; waited += 50) await sleep(50);
    call.rtp.close();
    peer.calls.splice(peer.calls.indexOf(call), 1);
    peer.received.length = 0;
  }
}

async function ask<T>(url: string, path: string): Promise<T> {
  const response = await fetch(`${url}${path}`);
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return (await response.json()) as T;
}

async function faultsOf(url: string): Promise<number> {
  let faults = 0;
  for (let offset = 0; ; offset += 500) {
    const { calls } = await ask<{ calls: { ended: string | null }[] }>(url, `/api/calls?limit=500&offset=${offset}`);
    faults += calls.filter((call) => call.ended === "fault").length;
    if (calls.length < 500) return faults;
  }
}

async function memoryOf(pid: number): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
