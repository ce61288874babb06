import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { answerIncoming } from "../../runtime/calls/answer-incoming.ts";
import type { CallDeps } from "../../runtime/calls/call-registry.ts";
import { keptWrites } from "../../runtime/calls/kept-writes.ts";
import { scriptDesk } from "../../runtime/calls/script-desk.ts";
import { StoreError } from "../../runtime/ports/store-error.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { SqliteCalls } from "../../runtime/store/calls.ts";
import { openDatabase } from "../../runtime/store/database.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { systemClock } from "../../runtime/system.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { houseOf, incomingCall, standingClock } from "./house.ts";

const full = () => Promise.reject(new StoreError("database or disk is full", "SQLITE_FULL"));
const line = (callId: string, seq: number) => ({ callId, seq, at: seq, node: "a", kind: "note" as const, data: { text: "x".repeat(200) } });

describe("writes that fail are kept", () => {
  test("in the order of their key, until the store works; state says so", async () => {
    const clock = standingClock(1_000);
    const done: string[] = [];
    let broken = true;
    const kept = keptWrites({ clock, log: () => {}, retryMs: 100 });
    const write = (key: string, name: string) => kept.write(key, () => (broken ? full() : Promise.resolve(void done.push(name))));
    expect(await write("a", "a1")).toBe(false);
    expect(await write("a", "a2")).toBe(false);
    expect(await write("b", "b1")).toBe(false);
    expect(kept.state()).toMatchObject({ failing: true, since: 1_000, waiting: 3, reason: "database or disk is full" });
    await clock.move(500);
    expect(done).toEqual([]);
    broken = false;
    await clock.move(300);
    expect(done).toEqual(["a1", "a2", "b1"]);
    expect(kept.state()).toEqual({ failing: false, since: null, reason: "", waiting: 0, lost: 0 });
    expect(await write("a", "a3")).toBe(true);
  });

  test("within a bound: beyond it lines are lost and counted, the beginning and the end of a call are not", async () => {
    const kept = keptWrites({ clock: standingClock(1), log: () => {}, maxBytes: 250 });
    for (let n = 0; n < 5; n++) await kept.write("a", full, () => 100);
    await kept.write("a", full);
    expect(kept.state()).toMatchObject({ waiting: 3, lost: 3 });
  });

  test("a write that would fail again is said in the log and holds up nothing", async () => {
    const logged: string[] = [];
    const kept = keptWrites({ clock: standingClock(1), log: (text) => void logged.push(text) });
    expect(await kept.write("a", () => Promise.reject(new StoreError("no such column", "SQLITE_ERROR")))).toBe(false);
    expect(kept.state().failing).toBe(false);
    expect(logged).toHaveLength(1);
    await expect(kept.stored("a", () => Promise.reject(new StoreError("twice", "SQLITE_CONSTRAINT_UNIQUE")))).rejects.toThrow("twice");
  });

  test("what was noticed elsewhere is looked at with a probe", async () => {
    const clock = standingClock(1);
    let broken = true;
    const kept = keptWrites({ clock, log: () => {}, probe: () => (broken ? full() : Promise.resolve()) });
    kept.noticed(new StoreError("disk I/O error", "SQLITE_IOERR_WRITE"));
    await clock.move(3_000);
    expect(kept.state().failing).toBe(true);
    broken = false;
    await clock.move(1_000);
    expect(kept.state().failing).toBe(false);
  });
});

describe("a database that is really full", () => {
  const pragma = (text: string) => ({ compile: () => ({ sql: text, parameters: [] }) }) as never;

  test("refuses each write of a group alike, and takes all of them when there is room", async () => {
    const database = await openDatabase(join(mkdtempSync(join(tmpdir(), "sufler-full-")), "sufler.sqlite"));
    const calls = new SqliteCalls(database);
    const [[{ page_count: pages } = { page_count: 0 }] = []] = (await database.write(pragma("PRAGMA page_count"))) as { page_count: number }[][];
    await database.write(pragma(`PRAGMA max_page_count = ${pages + 1}`));
    const lines = (id: string) => Array.from({ length: 60 }, (_, n) => line(id, n + 1));
    const ids = ["a", "b", "c"];
    const begun = await Promise.allSettled(ids.map((id) => calls.begin(incomingCall(id), lines(id))));
    const kept = (await calls.unfinished()).map((call) => call.id);
    // What was acknowledged is there, what was refused is not.
    expect(kept.toSorted()).toEqual(ids.filter((_id, n) => begun[n]!.status === "fulfilled"));
    expect(begun.some((each) => each.status === "rejected" && (each.reason as StoreError).code === "SQLITE_FULL")).toBe(true);
    await database.write(pragma("PRAGMA max_page_count = 100000"));
    for (const id of ids) await calls.begin(incomingCall(id), lines(id));
    expect((await calls.unfinished()).map((call) => call.id).toSorted()).toEqual(ids);
    for (const id of ids) expect(await calls.journal(id)).toHaveLength(60);
    await database.close();
  });
});

const flowOf = (document: object) => parseFlow({ sufler: 2, title: {}, languages: ["ru"], prompts: { p: { ru: "П" } }, outcomes: ["done"], ...document }).flow!;
const menu = flowOf({
  id: "t",
  kind: "ivr",
  start: "menu",
  nodes: {
    menu: {
      type: "menu",
      config: { prompt: "p", saveAs: "k", choices: [{ key: "1", value: "one" }] },
      exits: { "1": "end", noInput: "menu", invalid: "menu" },
    },
    end: { type: "hangup", config: { outcome: "done" }, exits: {} },
  },
});
const script = flowOf({
  id: "s",
  kind: "script",
  start: "ask",
  nodes: {
    ask: {
      type: "step",
      config: { say: "p", fields: [{ name: "name", label: "Имя", type: "string" }], answers: [{ value: "yes", label: "p" }] },
      exits: { yes: "end" },
    },
    end: { type: "finish", config: { outcome: "done" }, exits: {} },
  },
});

async function put(deps: CallDeps, flow: Flow): Promise<void> {
  await deps.store.flows.create(flow, 1, null);
  await deps.machines.put(flow, await deps.store.flows.publish(flow, "", 1));
}

describe("calls while the disk is full", () => {
  let store: Store;
  afterEach(() => store.close());

  /** A house whose journal cannot be written while `disk.full`. */
  async function house() {
    store = await sqliteStore(":memory:", readStoredFlow);
    const disk = { full: false };
    const guarded = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (of, name) => {
          const value: unknown = Reflect.get(of, name);
          if (typeof value !== "function") return value;
          return disk.full && ["begin", "append", "finish"].includes(String(name)) ? full : value.bind(of);
        },
      });
    const telephony = simulatorTelephony({ clock: systemClock });
    const deps: CallDeps = houseOf({ ...store, calls: guarded(store.calls) }, telephony);
    await put(deps, menu);
    await store.numbers.put({ number: "1000", flow: "t", alias: "live", note: "" });
    await telephony.start({ onIncoming: (leg) => void answerIncoming(leg, deps) });
    return { deps, disk, telephony };
  }

  test("a call under way keeps every line; new ones hear 503 with Retry-After; then all is stored and none is live", async () => {
    const { deps, disk, telephony } = await house();
    const first = telephony.call({ to: "1000", from: "+79990000001" });
    await until(() => deps.registry.size === 1);
    disk.full = true;
    const second = telephony.call({ to: "1000", from: "+79990000002" });
    await until(() => deps.registry.size === 2);
    await until(() => deps.kept.state().failing);
    const third = telephony.call({ to: "1000", from: "+79990000003" });
    await until(() => third.state === "ended");
    expect(third.cause).toMatchObject({ sipStatus: 503 });
    first.hangup();
    second.hangup();
    await until(() => deps.registry.size === 0);
    expect((await store.calls.unfinished()).length).toBe(1);
    disk.full = false;
    await until(() => !deps.kept.state().failing);
    const { calls } = await store.calls.list({ limit: 10, offset: 0 });
    expect(calls.map((call) => [call.caller, call.ended]).toSorted()).toEqual([
      ["+79990000001", "caller-hangup"],
      ["+79990000002", "caller-hangup"],
    ]);
    for (const call of calls) {
      const seqs = (await store.calls.journal(call.id)).map((each) => each.seq);
      expect(seqs).toEqual(seqs.map((_seq, index) => index + 1));
    }
    await telephony.stop();
  });

  test("what an operator types is not acknowledged, and is there when the disk is", async () => {
    const { deps, disk } = await house();
    await put(deps, script);
    const desk = scriptDesk(deps);
    const run = await desk.begin({ flow: "s", operator: "", caller: "", inputs: {} });
    disk.full = true;
    await expect(run.fill({ name: "Анна" })).rejects.toMatchObject({ name: "NotKept" });
    await expect(desk.begin({ flow: "s", operator: "", caller: "", inputs: {} })).rejects.toMatchObject({ name: "NotKept" });
    disk.full = false;
    await until(() => !deps.kept.state().failing);
    await run.fill({ name: "Анна Б" });
    expect((await store.calls.journal(run.call.id)).filter((each) => each.kind === "stimulus").map((each) => each.data?.["fields"])).toEqual([
      { name: "Анна" },
      { name: "Анна Б" },
    ]);
  });
});

async function until(done: () => boolean): Promise<void> {
  for (let tried = 0; tried < 500; tried++) {
    if (done()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("waited in vain");
}
