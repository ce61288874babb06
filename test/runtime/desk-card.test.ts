import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { scriptDesk, type ScriptDesk } from "../../runtime/calls/script-desk.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { houseOf, standingClock } from "./house.ts";

/** An operator's card outlives its call: until its disposition, or until somebody or time leaves it. */
const hour = 3_600_000;
const script = (extra: object = {}) =>
  parseFlow({
    sufler: 2,
    id: "s",
    kind: "script",
    title: {},
    languages: ["ru"],
    prompts: { p: { ru: "П" } },
    outcomes: ["done"],
    start: "ask",
    nodes: {
      ask: {
        type: "step",
        config: { say: "p", fields: [{ name: "note", label: "Заметка", required: true }], answers: [{ value: "yes", label: "p" }] },
        exits: { yes: "end" },
      },
      end: { type: "wrap-up", config: { options: [{ value: "done", label: "p" }] } },
    },
    ...extra,
  }).flow!;

let data: string;
let store: Store;
let clock: ReturnType<typeof standingClock>;
let desk: ScriptDesk;

const openDesk = () => scriptDesk(houseOf(store, simulatorTelephony({ clock }), clock));
const begin = () => desk.begin({ flow: "s", operator: "Оля", caller: "", inputs: {} });
async function publish(flow: ReturnType<typeof script>) {
  await store.flows.create(flow, clock.now(), null);
  await store.flows.publish(flow, "", clock.now());
}

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "sufler-card-"));
  store = await sqliteStore(join(data, "db.sqlite"), readStoredFlow);
  clock = standingClock(Date.UTC(2026, 10, 23, 7));
});
afterEach(async () => {
  await store.close();
  await rm(data, { recursive: true, force: true });
});

describe("after the caller has hung up", () => {
  test("the card takes the note and the disposition hours later, and says that the caller hung up", async () => {
    await publish(script());
    desk = openDesk();
    const run = await begin();
    await run.hangup();
    await clock.move(5 * hour);
    expect(run.done).toBe(false);
    expect(await run.choose("yes", { note: "перезвонить" })).toEqual({ ok: true });
    expect(await run.choose("done", {})).toEqual({ ok: true });
    expect(await run.ended).toMatchObject({ ended: "caller-hangup", outcome: "done", disposition: "done", result: { note: "перезвонить" } });
    expect(run.context.call).toMatchObject({ ended: true, endedBy: "caller" });
  });

  test("it survives a restart and still does", async () => {
    await publish(script());
    desk = openDesk();
    const { call } = await begin();
    await desk.get(call.id)!.hangup();
    await clock.move(2 * hour);
    desk = openDesk();
    expect(await desk.recover()).toBe(1);
    const run = desk.get(call.id)!;
    expect(run.context.call["ended"]).toBe(true);
    expect(await run.choose("yes", { note: "да" })).toEqual({ ok: true });
    await run.choose("done", {});
    expect(await run.ended).toMatchObject({ ended: "caller-hangup", disposition: "done" });
  });
});

describe("without a disposition", () => {
  test("left by the operator: unfinished, with what was typed", async () => {
    await publish(script());
    desk = openDesk();
    const run = await begin();
    await run.fill({ note: "не дослушал" });
    await run.leave();
    expect(await run.ended).toMatchObject({ ended: "unfinished", outcome: null, disposition: null, result: { note: "не дослушал" } });
    expect(await run.choose("yes", { note: "поздно" })).toMatchObject({ ok: false, reason: "ended" });
    expect(await store.calls.find(run.call.id)).toMatchObject({ ended: "unfinished" });
    expect(await store.calls.unfinished()).toEqual([]);
  });

  test.each([
    ["24 hours when the script says nothing", {}, 24],
    ["the hours of the script", { untouchedHours: 2 }, 2],
    ["more hours than one timer holds", { untouchedHours: 720 }, 720],
  ])("untouched for %s: closed as unfinished; a touch begins the wait again", async (_title, extra, hours) => {
    await publish(script(extra));
    desk = openDesk();
    const run = await begin();
    await clock.move((hours - 1) * hour);
    await run.fill({ note: "т" });
    await clock.move((hours - 1) * hour);
    expect(run.done).toBe(false);
    await clock.move(hour + 1);
    expect(run.done).toBe(true);
    expect(await run.ended).toMatchObject({ ended: "unfinished", result: { note: "т" } });
  });

  test("the wait goes on over a restart, and one that ended meanwhile closes the card at the start", async () => {
    await publish(script());
    desk = openDesk();
    const { call, journal } = await begin();
    await journal.flush();
    await desk.get(call.id)!.fill({});
    await clock.move(10 * hour);
    desk = openDesk();
    await desk.recover();
    const run = desk.get(call.id)!;
    await clock.move(13 * hour);
    expect(run.done).toBe(false);
    await clock.move(2 * hour);
    expect(run.done).toBe(true);
  });
});

describe("two windows on one card", () => {
  test("an answer to a step that is not on the screen any more is refused", async () => {
    await publish(script());
    desk = openDesk();
    const run = await begin();
    const first = run.shown!.id;
    await run.choose("yes", { note: "да" }, first);
    expect(await run.choose("done", {}, first)).toMatchObject({ ok: false, reason: "moved-on" });
    expect(await run.fill({ note: "нет" }, first)).toMatchObject({ ok: false, reason: "moved-on" });
    expect(run.done).toBe(false);
  });

  test("the first that writes holds it, another has to take it over, a program may always write", async () => {
    await publish(script());
    desk = openDesk();
    const { hold } = await begin();
    expect([hold.claim("a"), hold.claim("b"), hold.claim("a"), hold.claim(null)]).toEqual([true, false, true, true]);
    hold.take("b");
    expect([hold.claim("a"), hold.claim("b")]).toEqual([false, true]);
    hold.release("a");
    expect(hold.claim("a")).toBe(false);
    hold.release("b");
    expect(hold.claim("a")).toBe(true);
  });
});
