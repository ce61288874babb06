import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { fold } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { runCall } from "../../runtime/calls/run-call.ts";
import { demoOf } from "../../runtime/cli/flow-files.ts";
import type { Store } from "../../runtime/ports/store.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { houseOf, standingClock } from "./house.ts";

/** A hundred callers at once, each with keys of their own: what the store keeps of every call is whole. */
const folder = "templates/nps-survey";
const flow = parseFlow(readFileSync(`${folder}/flow.json`, "utf8")).flow!;
const machine = createFlowMachine(compileFlow(flow));
const clock = standingClock(Date.parse("2026-11-24T12:00:00+03:00"));
const telephony = simulatorTelephony({ clock });
const legs: Leg[] = [];
let store: Store;

beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
});
afterEach(async () => {
  await telephony.stop();
  await store.close();
});

type Caller = { key: string; hangsUp: boolean };
const callers: Caller[] = Array.from({ length: 100 }, (_, index) => ({ key: ["0", "3", "7", "9", "", "#"][index % 6]!, hangsUp: index % 7 === 0 }));

/** Plays these calls side by side; gives what the store has kept of each. */
async function play(these: readonly Caller[]) {
  const house = houseOf(store, telephony, clock);
  const { inputs, calendars } = demoOf(folder);
  const calls = [];
  for (const [index, caller] of these.entries()) {
    const far = telephony.call({ from: `+7999000${1000 + index}`, to: "1034" });
    await clock.move(1);
    const facts = { id: house.ids.next(), flow: flow.id, version: 1, kind: "ivr" as const, direction: "inbound" as const };
    const row = { ...facts, caller: `+7999000${1000 + index}`, dialled: "1034", sipCallId: "x", startedAt: clock.now(), operator: "", attempt: null };
    const running = runCall({ call: row, flow, machine, inputs, calendars, answered: false }, legs.shift()!, house);
    calls.push({ caller, far, id: facts.id, running });
  }
  for (let beat = 0; beat < 20; beat++) await clock.move(50);
  for (const { caller, far } of calls) {
    if (caller.key) far.press(caller.key);
    if (caller.hangsUp) far.hangup();
    await clock.move(3);
  }
  for (let beat = 0; beat < 900; beat++) {
    await clock.move(200);
    // The store answers in real time: virtual time waits for it, or a busy machine would be heard as a slow service.
    await store.calls.journal("-");
    if (beat % 20 === 0) await new Promise((done) => setTimeout(done, 1));
  }
  return Promise.all(
    calls.map(async ({ id, running }) => ({ result: (await running.ended) as { outcome: string | null }, lines: await store.calls.journal(id) })),
  );
}

test("the trace of each has every node with its time, in order, as if the caller had been alone", async () => {
  const together = await play(callers);
  const ways = new Map<string, string>();
  for (const caller of callers.slice(0, 42)) {
    const [alone] = await play([caller]);
    ways.set(JSON.stringify(caller), trace(alone!.lines));
  }
  expect(new Set(ways.values()).size).toBeGreaterThan(4);
  for (const [index, { result, lines }] of together.entries()) {
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, place) => place + 1));
    expect(lines.every(({ at }, place) => at >= (lines[place - 1]?.at ?? 0))).toBe(true);
    expect(lines.some(({ kind }) => kind === "end")).toBe(true);
    expect(fold(lines).outcome).toBe(result.outcome);
    expect(trace(lines)).toBe(ways.get(JSON.stringify(callers[index])));
  }
}, 180_000);

/** Nodes by the exits they were left by; the last one may have none. */
function trace(lines: Parameters<typeof fold>[0]): string {
  return fold(lines)
    .path.map(({ node, exit, at }) => `${node}:${exit ?? "-"}${Number.isFinite(at) ? "" : "?"}`)
    .join(" ");
}
