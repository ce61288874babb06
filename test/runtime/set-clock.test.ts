import { afterEach, beforeEach, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { runCall } from "../../runtime/calls/run-call.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { houseOf, incomingCall, standingClock } from "./house.ts";

/** A menu with two attempts of five seconds, during which the clock of the machine is set. */
const { flow } = parseFlow({
  sufler: 2,
  id: "t",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  prompts: { choose: { ru: "Нажмите один" } },
  start: "menu",
  nodes: {
    menu: {
      type: "menu",
      config: { prompt: "choose", choices: [{ key: "1", value: "one" }], attempts: 2 },
      exits: { "1": "one", noInput: "none", invalid: "none" },
    },
    one: { type: "hangup", config: { outcome: "one" }, exits: {} },
    none: { type: "hangup", config: { outcome: "none" }, exits: {} },
  },
});
const machine = createFlowMachine(compileFlow(flow!));
const day = 86_400_000;

let store: Store;
beforeEach(async () => void (store = await sqliteStore(":memory:", readStoredFlow)));
afterEach(() => store.close());

async function play(step: number, press: boolean) {
  const begun = Date.parse("2026-11-24T12:00:00+03:00");
  const standing = standingClock(begun);
  let set = 0;
  const clock = { ...standing, now: () => standing.now() + set, elapsed: () => standing.now() };
  const telephony = simulatorTelephony({ clock });
  const legs: Leg[] = [];
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
  const far = telephony.call({ from: "1", to: "1000" });
  await standing.move(1);
  const plan = { call: { ...incomingCall("c"), startedAt: clock.now() }, flow: flow!, machine, inputs: {}, calendars: {}, answered: false };
  const running = runCall(plan, legs.shift()!, houseOf(store, telephony, clock));
  let over = false;
  void running.ended.then(() => (over = true));
  const beats = async (count: number) => {
    for (let i = 0; i < count && !over; i++) {
      await standing.move(100);
      await new Promise((done) => setTimeout(done, 1));
    }
  };
  await beats(30);
  set = step;
  if (press) far.press("1");
  await beats(300);
  const lasted = standing.now() - begun;
  await telephony.stop();
  return { over, lasted, outcome: over ? (await running.ended).outcome : null, ended: (await store.calls.find("c"))?.endedAt };
}

test.each([0, -day, day])("the clock is set by %i ms during a menu: its attempts last as long as ever", async (step) => {
  const plain = await play(0, false);
  const { over, outcome, lasted, ended } = await play(step, false);
  expect([over, outcome, plain.outcome]).toEqual([true, "none", "none"]);
  // The clock of the test stands still for nobody: what is read and stored meanwhile takes some of its beats. Attempts of 5 s that ended at once, or never, are far from that.
  expect(Math.abs(lasted - plain.lasted)).toBeLessThan(3_000);
  expect(Math.abs(ended! - plain.ended!)).toBeLessThan(3_000);
});

test.each([-day, day])("a key after the clock was set by %i ms is heard", async (step) => {
  expect(await play(step, true)).toMatchObject({ over: true, outcome: "one" });
});
