import { existsSync, readdirSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCall } from "../../runtime/calls/run-call.ts";
import type { Clip, Leg } from "../../runtime/ports/telephony.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { startTestServer } from "../server.ts";
import { greetingFlow } from "./greeting-flow.ts";
import { houseOf, incomingCall, standingClock } from "./house.ts";

/** Who is answered hears something: a call rings until there are words, and the doors open when the voice has begun. */
const { flow, machine } = greetingFlow;
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

/** A call whose prompts come, or fail, when the test says so. */
async function call() {
  const asked: { withinMs: number | undefined; give(clips: Clip[]): void; fail(error: Error): void }[] = [];
  const prompts = {
    clips: (_items: unknown, withinMs?: number) => new Promise<Clip[]>((give, fail) => void asked.push({ withinMs, give, fail })),
    warm: async () => 0,
    ringback: async () => null,
  };
  const far = telephony.call({ from: "1", to: "1000" });
  await clock.move(1);
  const plan = { call: incomingCall("c"), flow, machine, inputs: {}, calendars: {}, answered: false };
  const running = runCall(plan, legs.shift()!, { ...houseOf(store, telephony, clock), prompts });
  for (let i = 0; i < 5; i++) await clock.move(100);
  return { far, asked, running };
}
const beats = async (count: number) => {
  for (let i = 0; i < count; i++) await clock.move(100);
};

describe("the first words", () => {
  test("are there before the call is answered, and may take longer than later ones", async () => {
    const { far, asked } = await call();
    expect([far.state, asked.length]).toEqual(["calling", 1]);
    expect(asked[0]!.withinMs).toBeGreaterThan(5_000);
    asked[0]!.give([{ path: "/p", ms: 5_000 }]);
    await beats(3);
    expect([far.state, far.heard.map(({ path }) => path)]).toEqual(["answered", ["/p"]]);
    far.hangup();
    await beats(5);
  });

  test("that cannot be made answer nobody", async () => {
    const { far, asked } = await call();
    for (let i = 0; i < 20 && far.state !== "ended"; i++) {
      for (const { fail } of asked.splice(0)) fail(new Error("no audio"));
      await beats(2);
    }
    expect(far.state).toBe("ended");
    expect(far.heard).toEqual([]);
    expect(far.cause?.sipStatus).toBeGreaterThanOrEqual(400);
  });

  test("that come after the caller has gone change nothing", async () => {
    const { far, asked } = await call();
    far.hangup();
    await beats(3);
    asked[0]!.give([{ path: "/p", ms: 200 }]);
    await beats(3);
    expect([far.state, far.heard]).toEqual(["ended", []]);
  });
});

test("a restart opens its doors when the words of its numbers are made", async () => {
  const data = await mkdtemp(join(tmpdir(), "sufler-warm-"));
  const prompts = join(data, "prompts");
  try {
    await (await startTestServer({ data })).stop();
    rmSync(prompts, { recursive: true, force: true });
    const server = await startTestServer({ data });
    const made = existsSync(prompts) ? readdirSync(prompts, { recursive: true }).filter((name) => String(name).endsWith(".ulaw")).length : 0;
    await server.stop();
    expect(made).toBeGreaterThan(10);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
