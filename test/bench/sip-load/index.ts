/**
 * Load on any SIP address. Arrival times are taken in this process: run it on another core than the server,
 * and read its own lateness (`ownLateP99Ms`) beside every jitter figure.
 */
import { LoadCaller, type Address, type LoadCall } from "./caller.ts";
import { percentile } from "./percentile.ts";
import { RtpLine } from "./rtp-line.ts";

export type SetupsResult = {
  cps: number;
  achievedCps: number;
  asked: number;
  answered: number;
  failed: number;
  retransmissions: number;
  setupP50Ms: number;
  setupP99Ms: number;
};
export type HeldResult = { calls: number; seconds: number; receivedShare: number; jitterP50Ms: number; jitterP99Ms: number; ownLateP99Ms: number };
export type KeysResult = { keys: number; answered: number; firstPacketP50Ms: number; firstPacketP99Ms: number };

type Target = Address & { to: string };
type Open = { call: LoadCall; line: RtpLine };

/** New calls at a rate for some seconds; each is held for `holdMs` and hung up. */
export async function runSetups(target: Target, options: { cps: number; seconds: number; holdMs?: number }): Promise<SetupsResult> {
  const caller = await LoadCaller.open(target);
  const line = await RtpLine.open();
  const asked = Math.round(options.cps * options.seconds);
  const times: number[] = [];
  const running: Promise<boolean>[] = [];
  const from = performance.now();
  for (let i = 0; i < asked; i++) {
    const due = from + (i * 1000) / options.cps;
    if (due > performance.now()) await sleep(due - performance.now());
    running.push(one());
  }
  const achievedCps = Math.round((asked * 10_000) / (performance.now() - from + 1000 / options.cps)) / 10;
  const ok = (await Promise.all(running)).filter((each) => each).length;
  caller.close();
  line.close();
  return {
    cps: options.cps,
    achievedCps,
    asked,
    answered: ok,
    failed: asked - ok,
    retransmissions: caller.retransmissions,
    setupP50Ms: percentile(times, 0.5),
    setupP99Ms: percentile(times, 0.99),
  };

  async function one(): Promise<boolean> {
    const begun = performance.now();
    const call = await caller.call(target.to, line.port);
    if (!call) return false;
    times.push(performance.now() - begun);
    await sleep(options.holdMs ?? 200);
    return call.hangUp();
  }
}

/** Calls held at once, 50 packets a second each way; jitter of what comes. `onMeasure` is told when the window begins and ends. */
export async function runHeld(
  target: Target,
  options: { calls: number; seconds: number; perSecond?: number; onMeasure?: (begun: boolean) => void },
): Promise<HeldResult> {
  const caller = await LoadCaller.open(target);
  const open = await openCalls(caller, target, options.calls, options.perSecond ?? 50);
  const beat = startBeat(open.map(({ line }) => line));
  await sleep(1_000);
  for (const { line } of open) {
    line.received = 0;
    line.jitter.length = 0;
  }
  options.onMeasure?.(true);
  const from = performance.now();
  await sleep(options.seconds * 1000);
  const seconds = (performance.now() - from) / 1000;
  options.onMeasure?.(false);
  const received = open.reduce((sum, { line }) => sum + line.received, 0);
  const jitter = open.flatMap(({ line }) => line.jitter);
  const ownLateP99Ms = beat.stop();
  await closeCalls(open, caller);
  return {
    calls: open.length,
    seconds: round(seconds),
    receivedShare: round(received / (open.length * seconds * 50)),
    jitterP50Ms: percentile(jitter, 0.5),
    jitterP99Ms: percentile(jitter, 0.99),
    ownLateP99Ms,
  };
}

/**
 * Presses keys one after another, spread over held calls; time from the key's first packet to the first
 * packet whose content is the next prompt's. `isNext` tells it by the middle byte of a frame.
 */
export async function runKeys(
  target: Target,
  options: { calls: number; keys: number; event: number; isNext: (code: number) => boolean; betweenMs?: number },
): Promise<KeysResult> {
  const caller = await LoadCaller.open(target);
  const open = await openCalls(caller, target, options.calls, 50);
  const beat = startBeat(open.map(({ line }) => line));
  await sleep(1_000);
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  for (let i = 0; i < options.keys; i++) {
    pending.push(press(open[i % open.length]!.line));
    await sleep(options.betweenMs ?? 50);
  }
  await Promise.all(pending);
  beat.stop();
  await closeCalls(open, caller);
  return { keys: options.keys, answered: times.length, firstPacketP50Ms: percentile(times, 0.5), firstPacketP99Ms: percentile(times, 0.99) };

  function press(line: RtpLine): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(done, 2_000);
      const pressed = line.press(options.event);
      line.onPacket = (at, code) => {
        if (!options.isNext(code)) return;
        times.push(at - pressed);
        done();
      };
      function done(): void {
        clearTimeout(limit);
        line.onPacket = undefined;
        resolve();
      }
    });
  }
}

async function openCalls(caller: LoadCaller, target: Target, calls: number, perSecond: number): Promise<Open[]> {
  const open: Promise<Open | undefined>[] = [];
  for (let i = 0; i < calls; i++) {
    open.push(
      RtpLine.open().then(async (line) => {
        const call = await caller.call(target.to, line.port);
        if (!call) return void line.close();
        line.aim(call.media);
        return { call, line };
      }),
    );
    await sleep(1000 / perSecond);
  }
  return (await Promise.all(open)).filter((each) => each !== undefined);
}

async function closeCalls(open: Open[], caller: LoadCaller): Promise<void> {
  await Promise.all(open.map(({ call }) => call.hangUp()));
  for (const { line } of open) line.close();
  caller.close();
}

/** 20 ms beat over all lines in four phases; `stop` gives how late it was. */
function startBeat(lines: RtpLine[]): { stop: () => number } {
  const late: number[] = [];
  let due = performance.now() + 5;
  let count = 0;
  let timer = setTimeout(tick, 5);
  function tick(): void {
    const now = performance.now();
    late.push(Math.max(0, now - due));
    if (now - due > 200) due = now;
    for (let i = count % 4; i < lines.length; i += 4) lines[i]!.beat();
    count++;
    due += 5;
    timer = setTimeout(tick, Math.max(0, due - performance.now()));
  }
  return {
    stop() {
      clearTimeout(timer);
      return percentile(late, 0.99);
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
