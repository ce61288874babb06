/**
 * Load on any SIP address. Arrival times are taken in this process: run it on another core than the server,
 * and read its own lateness (`ownLateP99Ms`) beside every jitter figure.
 */
import { LoadCaller, type Address, type LoadCall } from "./caller.ts";
import { percentile } from "./percentile.ts";
import { RtpLine } from "./rtp-line.ts";
import { ownWire, type Wire } from "./wire.ts";

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

/** `from`: the caller's own address. `wires`: how its lines reach the network; a socket for each when absent. */
export type Target = Address & { to: string; from?: string; wires?: () => Promise<Wire> };
/** What one caller counted: parts of several callers are added up before anything is computed of them. */
export type HeldPart = { calls: number; seconds: number; received: number; jitter: number[]; late: number[] };
export type SetupsPart = { asked: number; answered: number; retransmissions: number; seconds: number; times: number[] };
export type KeysPart = { keys: number; times: number[]; late: number[] };
type Open = { call: LoadCall; line: RtpLine };

/** New calls at a rate for some seconds; each is held for `holdMs` and hung up. */
export async function runSetups(target: Target, options: { cps: number; seconds: number; holdMs?: number }): Promise<SetupsResult> {
  return setupsOf([await countSetups(target, options)], options.cps);
}

export async function countSetups(target: Target, options: { cps: number; seconds: number; holdMs?: number }): Promise<SetupsPart> {
  const caller = await LoadCaller.open(target, target.from);
  const line = await RtpLine.open();
  const asked = Math.round(options.cps * options.seconds);
  const times: number[] = [];
  const running: Promise<boolean>[] = [];
  const from = performance.now();
  for (let i = 0; i < asked; i++) {
    const due = from + (i * 1000) / options.cps;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    running.push(one());
  }
  const seconds = (performance.now() - from) / 1000 + 1 / options.cps;
  const answered = (await Promise.all(running)).filter((each) => each).length;
  caller.close();
  line.close();
  return { asked, answered, retransmissions: caller.retransmissions, seconds, times };

  async function one(): Promise<boolean> {
    const begun = performance.now();
    const call = await caller.call(target.to, line.port);
    if (!call) return false;
    times.push(performance.now() - begun);
    await sleep(options.holdMs ?? 200);
    return call.hangUp();
  }
}

export function setupsOf(parts: readonly SetupsPart[], cps: number): SetupsResult {
  const sum = (of: (part: SetupsPart) => number) => parts.reduce((all, part) => all + of(part), 0);
  const times = parts.flatMap((part) => part.times);
  return {
    cps,
    achievedCps: Math.round(sum((part) => part.asked / part.seconds) * 10) / 10,
    asked: sum((part) => part.asked),
    answered: sum((part) => part.answered),
    failed: sum((part) => part.asked - part.answered),
    retransmissions: sum((part) => part.retransmissions),
    setupP50Ms: percentile(times, 0.5),
    setupP99Ms: percentile(times, 0.99),
  };
}

type HeldOptions = { calls: number; seconds: number; perSecond?: number; onMeasure?: (begun: boolean) => unknown };

/** Calls held at once, 50 packets a second each way; jitter of what comes. `onMeasure` is told when the window begins and ends. */
export async function runHeld(target: Target, options: HeldOptions): Promise<HeldResult> {
  return heldOf([await countHeld(target, options)]);
}

export async function countHeld(target: Target, options: HeldOptions): Promise<HeldPart> {
  const caller = await LoadCaller.open(target, target.from);
  const open = await openCalls(caller, target, options.calls, options.perSecond ?? 50);
  const part = await countPackets(
    open.map(({ line }) => line),
    options,
  );
  await closeCalls(open, caller);
  return part;
}

/** What comes on lines that are open already. */
export async function countPackets(lines: RtpLine[], { seconds: wanted, onMeasure }: Omit<HeldOptions, "calls">): Promise<HeldPart> {
  const beat = startBeat(lines);
  await sleep(1_000);
  await onMeasure?.(true);
  for (const line of lines) {
    line.received = 0;
    line.jitter.length = 0;
  }
  beat.late.length = 0;
  const from = performance.now();
  await sleep(wanted * 1000);
  const seconds = (performance.now() - from) / 1000;
  const received = lines.reduce((sum, line) => sum + line.received, 0);
  const jitter = lines.flatMap((line) => line.jitter);
  const late = beat.late.slice();
  await onMeasure?.(false);
  beat.stop();
  return { calls: lines.length, seconds, received, jitter, late };
}

export function heldOf(parts: readonly HeldPart[]): HeldResult {
  const jitter = parts.flatMap((part) => part.jitter);
  const due = parts.reduce((all, part) => all + part.calls * part.seconds * 50, 0);
  return {
    calls: parts.reduce((all, part) => all + part.calls, 0),
    seconds: round(parts[0]?.seconds ?? 0),
    receivedShare: round(parts.reduce((all, part) => all + part.received, 0) / Math.max(1, due)),
    jitterP50Ms: percentile(jitter, 0.5),
    jitterP99Ms: percentile(jitter, 0.99),
    ownLateP99Ms: Math.max(...parts.map((part) => percentile(part.late, 0.99))),
  };
}

type KeysOptions = { calls: number; keys: number; event: number; isNext: (code: number) => boolean; betweenMs?: number; perSecond?: number };

/**
 * Presses keys one after another, spread over held calls; time from the key's first packet to the first
 * packet whose content is the next prompt's. `isNext` tells it by the middle byte of a frame.
 */
export async function runKeys(target: Target, options: KeysOptions): Promise<KeysResult> {
  return keysOf([await countKeys(target, options)]);
}

export async function countKeys(target: Target, options: KeysOptions): Promise<KeysPart> {
  const caller = await LoadCaller.open(target, target.from);
  const open = await openCalls(caller, target, options.calls, options.perSecond ?? 50);
  const beat = startBeat(open.map(({ line }) => line));
  await sleep(1_000);
  beat.late.length = 0;
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  for (let i = 0; i < options.keys; i++) {
    pending.push(press(open[i % open.length]!.line));
    await sleep(options.betweenMs ?? 50);
  }
  await Promise.all(pending);
  const late = beat.late.slice();
  beat.stop();
  await closeCalls(open, caller);
  return { keys: options.keys, times, late };

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

export function keysOf(parts: readonly KeysPart[]): KeysResult {
  const times = parts.flatMap((part) => part.times);
  return {
    keys: parts.reduce((all, part) => all + part.keys, 0),
    answered: times.length,
    firstPacketP50Ms: percentile(times, 0.5),
    firstPacketP99Ms: percentile(times, 0.99),
  };
}

async function openCalls(caller: LoadCaller, target: Target, calls: number, perSecond: number): Promise<Open[]> {
  const open: Promise<Open | undefined>[] = [];
  for (let i = 0; i < calls; i++) {
    open.push(
      RtpLine.open(target.wires ?? ownWire).then(async (line) => {
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

/** 20 ms beat over all lines in four phases; `late`: how late each was. */
function startBeat(lines: RtpLine[]): { late: number[]; stop: () => void } {
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
  return { late, stop: () => clearTimeout(timer) };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
