import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { runCall } from "../../runtime/calls/run-call.ts";
import type { Store } from "../../runtime/ports/store.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { houseOf, standingClock } from "./house.ts";

/**
 * The offender of a real case: 23 calls in 14 days hear busy, then two weeks of silence. The ready template plays it in the
 * call engine with the real store, one call after another on a clock that is moved.
 */
const day = 86_400_000;
const offender = "+79990000666";
const flow = parseFlow(JSON.parse(readFileSync("templates/nuisance-caller/flow.json", "utf8"))).flow!;
const machine = createFlowMachine(compileFlow(flow));
const clock = standingClock(Date.parse("2026-11-01T09:00:00+03:00"));
const telephony = simulatorTelephony({ clock });
const legs: Leg[] = [];
let store: Store;

beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  await store.lists.put("nuisance", { ru: "Нежелательные" }, "black");
  await store.lists.put("exceptions", { ru: "Исключения" }, "white");
  await store.tables.put("nuisance-log", {}, ["state", "hits", "first", "last", "reason", "removed"]);
  await store.lists.add({ list: "nuisance", number: offender, reason: "угрозы, добавил Иванов", addedAt: clock.now(), expiresAt: null });
  telephony.program("1000", { kind: "refuse", afterMs: 20, sipStatus: 486 });
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
});
afterEach(async () => {
  await telephony.stop();
  await store.close();
});

async function call(from: string): Promise<{ outcome: string | null; state: string; cause: number | undefined }> {
  const house = { ...houseOf(store, telephony, clock), defaultTrunk: "trunk" };
  const far = telephony.call({ from, to: "1000" });
  await clock.move(1);
  const facts = { id: house.ids.next(), flow: flow.id, version: 1, kind: "ivr" as const, direction: "inbound" as const };
  const row = { ...facts, caller: from, dialled: "1000", sipCallId: "x", startedAt: clock.now(), operator: "", attempt: null };
  const plan = { call: row, flow, machine, inputs: {}, calendars: {}, answered: false };
  const running = runCall(plan, legs.shift()!, house);
  let over = false;
  void running.ended.then(() => (over = true));
  for (let beat = 0; beat < 1000 && !over; beat++) {
    await clock.move(20);
    await new Promise((done) => setTimeout(done, 1)); // the store answers in real time
  }
  if (!over) throw new Error(`the call stands at ${running.journal.lines.at(-1)?.node}`);
  const { outcome } = await running.ended;
  return { outcome, state: far.state, cause: far.cause?.sipStatus };
}

const told = async (what: string) => (await store.outbox.list({ limit: 50, offset: 0, search: "" })).messages.filter((message) => message.to === what).length;

test("23 calls in 14 days hear busy without an operator; the supervisor is told once; two weeks of silence free the number", async () => {
  for (let attempt = 1; attempt <= 23; attempt++) {
    const { outcome, cause, state } = await call(offender);
    expect({ attempt, outcome, cause, state }).toEqual({ attempt, outcome: "busied", cause: 486, state: "ended" });
    await clock.move((14 / 23) * day);
  }
  const [entry] = await store.lists.find(offender, { list: "nuisance" }, clock.now());
  expect(entry).toMatchObject({ hits: 23, reason: "угрозы, добавил Иванов" });
  expect(await store.tables.row("nuisance-log", offender)).toMatchObject({ state: "listed", hits: 23, reason: "угрозы, добавил Иванов" });
  expect(await told("nuisance-alert")).toBe(1);
  expect(telephony.dialled("1000")).toHaveLength(0);

  await clock.move(13 * day);
  expect(await call(offender)).toMatchObject({ outcome: "busied" });
  await clock.move(15 * day);
  expect(await call(offender)).toMatchObject({ outcome: "removed" });
  expect(await store.lists.find(offender, { list: "nuisance" }, clock.now())).toEqual([]);
  expect(await told("nuisance-review")).toBe(1);
  expect(telephony.dialled("1000")).toHaveLength(1);
  expect(await call(offender)).toMatchObject({ outcome: "passed" });
});
