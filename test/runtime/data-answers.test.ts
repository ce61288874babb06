import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Command } from "../../flows/commands.ts";
import type { CallDeps } from "../../runtime/calls/call-registry.ts";
import { answerData, type DataCommand } from "../../runtime/calls/perform/data-answers.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { eventually } from "../journeys/office.ts";
import { houseOf, outsideServer, standingClock } from "./house.ts";

/** The commands of data, as a call, a script and a strategy all have them answered. */
const start = Date.parse("2026-11-23T10:00:00+03:00");
let store: Store;
let house: CallDeps;
let clock: ReturnType<typeof standingClock>;
let outside: Awaited<ReturnType<typeof outsideServer>>;

beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  clock = standingClock(start);
  house = houseOf(store, simulatorTelephony({ clock }), clock);
  outside = await outsideServer();
});
afterEach(async () => {
  house.outbox.stop();
  await outside.close();
  await store.close();
});

const ask = (command: DataCommand, callId = "call-1", signal = new AbortController().signal) => answerData(command, house, { callId, signal });
const fault = (code: string) => ({ exit: "error", fault: { code } });
type Of<D extends Command["do"]> = Omit<Extract<Command, { do: D }>, "do">;

describe("table", () => {
  const table = (change: Partial<Of<"table">>) => ask({ do: "table", table: "prices", action: "lookup", key: "tea", values: {}, ...change });
  test("one that nobody made is told by name; a campaign's own needs no making", async () => {
    expect(await table({})).toMatchObject({ ...fault("not-found"), fault: { message: expect.stringContaining('"prices"') } });
    expect(await table({ table: "campaign:c1", action: "upsert", values: { a: 1 } })).toEqual({ exit: "ok", value: { a: 1 } });
    expect(await table({ table: "campaign:c1" })).toEqual({ exit: "found", value: { a: 1 } });
    expect(await table({ table: "campaign:" })).toMatchObject(fault("not-available"));
  });
  test("keys: a number is a key, an empty one finds nothing and writes nothing, a huge one is refused", async () => {
    await store.tables.put("prices", {}, []);
    await table({ action: "upsert", key: 7 as never, values: { price: 1 } });
    expect(await table({ key: "7" })).toEqual({ exit: "found", value: { price: 1 } });
    expect(await table({ key: null as never })).toEqual({ exit: "notFound" });
    expect(await table({ action: "upsert", key: "", values: { price: 1 } })).toMatchObject(fault("bad-value"));
    expect(await table({ key: "x".repeat(201) })).toMatchObject(fault("bad-value"));
    expect(await table({ action: "upsert", values: { long: "x".repeat(70_000) } })).toMatchObject(fault("bad-value"));
    expect(await table({ action: "remove", key: "7" })).toEqual({ exit: "ok", value: null });
    expect(await table({ key: "7" })).toEqual({ exit: "notFound" });
  });
});

test("contact: any dress of a number is one person; a write names its fields", async () => {
  const contact = (change: Partial<Of<"contact">>) => ask({ do: "contact", action: "get", phone: "8 (999) 000-00-01", fields: {}, ...change });
  expect(await contact({})).toEqual({ exit: "notFound" });
  await contact({ action: "update", fields: { name: "Анна", city: "Казань" }, groups: { add: ["vip"], remove: [] } });
  const whole = { phone: "+79990000001", name: "Анна", city: "Казань", visits: 2, groups: ["vip"] };
  expect(await contact({ action: "update", phone: "+79990000001", fields: { visits: 2 } })).toEqual({ exit: "ok", value: whole });
  expect(await contact({})).toEqual({ exit: "found", value: whole });
  expect(await contact({ phone: "" })).toEqual({ exit: "notFound" });
  expect(await contact({ action: "update", phone: "", fields: {} })).toMatchObject(fault("bad-value"));
});

describe("crm", () => {
  const crm = (change: Partial<Of<"crm">>) =>
    ask({ do: "crm", connector: "bitrix", method: "findByPhone", params: { phone: "+79990000001" }, key: "call-1:it", timeoutMs: 2_000, ...change });
  beforeEach(() => store.connectors.put({ name: "bitrix", title: {}, kind: "webhook", url: `${outside.url}/crm`, secret: "тайна" }));
  const record = { method: "createRecord" as const, params: { slot: "10:00", client: "c1" } };

  test("one, none, several: by the list that comes back", async () => {
    outside.says(
      { body: { value: [{ id: 1 }] } },
      { body: { value: [] } },
      { body: { value: [{ id: 1 }, { id: 2 }] } },
      { status: 404 },
      { body: { value: { id: 3 } } },
    );
    expect(await crm({})).toEqual({ exit: "found", value: [{ id: 1 }] });
    expect(await crm({})).toEqual({ exit: "notFound", value: [] });
    expect(await crm({})).toMatchObject({ exit: "many" });
    expect(await crm({})).toEqual({ exit: "notFound", value: [] });
    expect(await crm({})).toEqual({ exit: "found", value: [{ id: 3 }] });
    expect(JSON.parse(outside.asked[0]!.body)).toEqual({ method: "findByPhone", params: { phone: "+79990000001" }, key: "call-1:it" });
  });
  test("a hidden number is not looked up", async () => {
    expect(await crm({ params: { phone: "" } })).toEqual({ exit: "notFound", value: [] });
    expect(outside.asked).toEqual([]);
  });
  test("the body is signed with the connector's secret and the time", async () => {
    await crm({});
    const { body, headers } = outside.asked[0]!;
    const seconds = start / 1000;
    expect(headers["x-sufler-signature"]).toBe(`t=${seconds},v1=${createHmac("sha256", "тайна").update(`${seconds}.${body}`).digest("hex")}`);
  });
  test("a retry after trouble makes no second record, and one made is not asked for again", async () => {
    outside.says({ status: 500 }, { body: { value: { id: "r1" } } }, { body: { value: { id: "r2" } } });
    expect(await crm(record)).toMatchObject(fault("network"));
    expect(await crm(record)).toEqual({ exit: "ok", value: { id: "r1" } });
    expect(await crm({ ...record, params: { client: "c1", slot: "10:00" } })).toEqual({ exit: "ok", value: { id: "r1" } });
    expect(outside.asked.map((each) => each.headers["idempotency-key"])).toEqual([encodeURIComponent("call-1:it"), encodeURIComponent("call-1:it")]);
    expect(await crm({ ...record, params: { slot: "11:00" } })).toMatchObject(fault("bad-value"));
    expect(await crm({ ...record, key: "call-2:it" })).toEqual({ exit: "ok", value: { id: "r2" } });
  });
  test("a busy slot is a conflict and does not use up the key", async () => {
    outside.says({ status: 409, body: { value: { reason: "busy" } } }, { body: { value: { id: "r1" } } });
    expect(await crm(record)).toEqual({ exit: "conflict", value: { reason: "busy" } });
    expect(await crm({ ...record, params: { slot: "11:00" } })).toEqual({ exit: "ok", value: { id: "r1" } });
  });
  test("too slow, too large, refused, not there, not http", async () => {
    outside.says({ hang: true });
    expect(await crm({ timeoutMs: 50 })).toEqual({ exit: "timeout" });
    outside.says({ raw: "x".repeat(300_000) });
    expect(await crm({})).toMatchObject(fault("network"));
    outside.says({ status: 401 });
    expect(await crm({})).toMatchObject(fault("not-allowed"));
    expect(await crm({ connector: "other" })).toMatchObject(fault("not-found"));
    await store.connectors.put({ name: "bitrix", title: {}, kind: "webhook", url: "file:///etc/passwd", secret: "" });
    expect(await crm({})).toMatchObject({ fault: { code: "network", message: expect.stringContaining("only http and https") } });
  });
  test("demo is there without being made", async () => {
    expect(await crm({ connector: "demo" })).toMatchObject({ exit: "found", value: [{ name: "Анна Петрова" }] });
    expect(await crm({ connector: "demo", method: "createRecord", params: { slot: "2026-11-24T12:00" } })).toMatchObject({ exit: "conflict" });
  });
});

describe("notify", () => {
  const notify = (change: Partial<Of<"notify">> = {}) =>
    ask({ do: "notify", channel: "sms", to: "+79990000001", subject: "", text: 'Заказ "7" & {to}', data: { order: 7 }, key: "call-1:it", ...change });
  const gateway = (channel: string, change: object = {}) =>
    store.settings.write("notify", { [channel]: { url: `${outside.url}/send`, method: "POST", body: "", authorization: "", secret: "", ...change } });
  const states = async () => (await store.outbox.list({ limit: 9, offset: 0, search: "" })).messages.map((row) => row.state);

  test("without a gateway it fails in words, and the message is kept", async () => {
    expect(await notify()).toMatchObject({ exit: "failed", value: { state: "failed", code: "not-available", reason: expect.stringContaining("settings") } });
    expect(await states()).toEqual(["failed"]);
  });
  test("a webhook gets the whole message, signed", async () => {
    await gateway("webhook", { secret: "s", authorization: "Bearer 1" });
    expect(await notify({ channel: "webhook", to: "order-ready" })).toMatchObject({ exit: "sent", value: { state: "sent" } });
    const { body, headers } = outside.asked[0]!;
    expect(JSON.parse(body)).toMatchObject({ channel: "webhook", to: "order-ready", data: { order: 7 }, call: "call-1", at: start });
    expect(headers).toMatchObject({ authorization: "Bearer 1", "x-sufler-signature": expect.stringContaining("v1=") });
  });
  test("an address and a body are filled in safely", async () => {
    await gateway("sms", { url: `${outside.url}/send?to={to}&text={text}`, method: "GET" });
    await notify();
    expect(new URL(outside.asked[0]!.url, outside.url).searchParams.get("text")).toBe('Заказ "7" & {to}');
    await gateway("sms", { body: '{"phone":"{to}","message":"{text}","extra":{data}}' });
    await notify({ text: 'Ещё "раз"' });
    expect(JSON.parse(outside.asked[1]!.body)).toEqual({ phone: "+79990000001", message: 'Ещё "раз"', extra: { order: 7 } });
  });
  test("delivered messages are looked through once an hour and leave after 90 days", async () => {
    await gateway("sms");
    await notify();
    house.outbox.begin();
    await eventually("the first look", async () => (await clock.move(15_000), (await states()).length === 1));
    await clock.move(89 * 86_400_000);
    for (let look = 0; look < 2; look++) {
      await eventually("a look before its time", async () => clock.waiting() > 0);
      await clock.move(15_000);
    }
    await eventually("the end of the look", async () => clock.waiting() > 0);
    expect(await states()).toEqual(["sent"]);
    await eventually("the message to go", async () => (await clock.move(86_400_000), (await states()).length === 0));
  });
  test("the same message of one call goes once; another text is another message", async () => {
    await gateway("sms");
    expect([await notify(), await notify(), await notify({ text: "Другое" })].map((reply) => reply.exit)).toEqual(["sent", "sent", "sent"]);
    expect(outside.asked).toHaveLength(2);
  });
  test("a passing failure waits and is tried again; a lasting one has failed", async () => {
    await gateway("sms");
    outside.says({ status: 503 }, {});
    expect(await notify()).toMatchObject({ exit: "sent", value: { state: "queued" } });
    house.outbox.begin();
    await clock.move(59_000);
    expect(await store.outbox.due(clock.now(), 9)).toEqual([]);
    const later = async () => {
      await clock.move(15_000);
      return (await states())[0] === "sent";
    };
    await eventually("the second try", later);
    expect(outside.asked).toHaveLength(2);
    outside.says({ status: 400 });
    expect(await notify({ text: "Другое" })).toMatchObject({ exit: "failed", value: { code: "network" } });
    expect(await notify({ to: "", text: "Никому" })).toMatchObject({ exit: "failed", value: { code: "bad-value" } });
  });
  test("what a stop left in the outbox goes out after the next start", async () => {
    await gateway("sms");
    outside.says({ status: 503 }, {});
    await notify();
    const next = houseOf(store, house.telephony, clock);
    await clock.move(120_000);
    next.outbox.begin();
    await eventually("the message", async () => (await states())[0] === "sent");
    next.outbox.stop();
  });
  test("a failed one can be sent again by hand", async () => {
    await notify();
    await gateway("sms");
    const [row] = (await store.outbox.list({ limit: 1, offset: 0, search: "" })).messages;
    expect(await house.outbox.retry(row!.id)).toMatchObject({ state: "sent" });
    expect(await house.outbox.retry(row!.id)).toBeNull();
  });
});

test("count: under, over, and only looking", async () => {
  const count = (change: Partial<Of<"count">> = {}) => ask({ do: "count", counter: "calls", key: "a", windowMs: 60_000, limit: 1, add: true, ...change });
  expect(await count({ add: false })).toEqual({ exit: "under", value: 0 });
  expect(await count()).toEqual({ exit: "under", value: 1 });
  expect(await count({ add: false })).toEqual({ exit: "over", value: 1 });
  expect(await count()).toEqual({ exit: "over", value: 2 });
  await clock.move(62_000);
  expect(await count()).toEqual({ exit: "under", value: 1 });
});

test("toggle: what is turned on the screen is read next, and a call leaves its name", async () => {
  const toggle = (action: Of<"toggle">["action"]) => ask({ do: "toggle", name: "night", action });
  expect(await toggle("read")).toMatchObject(fault("not-found"));
  expect(await toggle("on")).toMatchObject(fault("not-found"));
  await store.switches.put("night", {});
  expect(await toggle("read")).toEqual({ exit: "off" });
  await store.switches.turn("night", "on", 1, "");
  expect(await toggle("read")).toEqual({ exit: "on" });
  expect(await toggle("flip")).toEqual({ exit: "off" });
  expect(await store.switches.find("night")).toMatchObject({ on: false, changedAt: start, changedBy: "call-1" });
});

test("callerInfo: facts of the number, earlier calls, and hidden ones", async () => {
  const info = (number: string) => ask({ do: "callerInfo", number, days: 30 });
  expect(await info("8 343 355 55 55")).toMatchObject({ exit: "new", value: { number: "+73433555555", region: "Свердловская область", calls: 0 } });
  const call = {
    flow: "f",
    version: 1,
    kind: "ivr",
    direction: "inbound" as const,
    caller: "+73433555555",
    dialled: "1",
    sipCallId: "",
    operator: "",
    attempt: null,
  };
  await store.calls.begin({ ...call, id: "old", startedAt: start - 31 * 86_400_000 }, []);
  await store.calls.begin({ ...call, id: "call-1", startedAt: start }, []);
  expect(await info("+73433555555")).toMatchObject({ exit: "new" });
  await store.calls.begin({ ...call, id: "past", startedAt: start - 3_600_000 }, []);
  expect(await info("+73433555555")).toMatchObject({ exit: "known", value: { calls: 1, lastCallAt: "2026-11-23T06:00:00.000Z" } });
  expect(await info("anonymous")).toMatchObject({ exit: "hidden" });
});

test("list: the longest entry that covers the number, with its hit", async () => {
  await store.lists.put("vip", {}, "vip");
  for (const number of ["+7495", "+7495123", "+7812", "+7495*67"]) await store.lists.add({ list: "vip", number, reason: number, addedAt: 1, expiresAt: null });
  const list = (match: "exact" | "prefix" | "mask", number = "8 (495) 123-45-67") =>
    ask({ do: "list", list: "vip", action: "check", number, reason: "", days: 0, match });
  expect(await list("prefix")).toMatchObject({ exit: "found", value: { number: "+7495123", hits: 1 } });
  expect(await list("mask")).toMatchObject({ exit: "found", value: { number: "+7495*67" } });
  expect(await list("exact")).toEqual({ exit: "notFound" });
  expect(await list("prefix", "")).toEqual({ exit: "notFound" });
  expect((await store.lists.entries("vip", { limit: 9, offset: 0, search: "+7495123" }))[0]).toMatchObject({ hits: 1, lastSeen: start });
});

describe("http", () => {
  const http = (change: Partial<Of<"http">> = {}, signal?: AbortSignal) =>
    ask(
      { do: "http", service: "s", method: "GET", url: `${outside.url}/x`, headers: {}, body: "", timeoutMs: 1_000, retries: 0, cacheSeconds: 0, ...change },
      "call-1",
      signal,
    );
  test("retries come after pauses that double", async () => {
    outside.says({ status: 503 }, { status: 502 }, { body: { ok: 1 } });
    const reply = http({ retries: 3 });
    for (const [asked, ms] of [
      [1, 500],
      [2, 1_000],
    ] as const) {
      await eventually("a pause", () => outside.asked.length === asked && clock.waiting() > 0);
      await clock.move(ms - 1);
      expect(outside.asked).toHaveLength(asked);
      await clock.move(1);
    }
    expect(await reply).toEqual({ exit: "ok", value: { ok: 1 } });
  });
  test("a refusal is not tried again, and a pause can be given up", async () => {
    outside.says({ status: 404 });
    expect(await http({ retries: 3 })).toMatchObject({ exit: "clientError" });
    outside.says({ status: 500 });
    const abort = new AbortController();
    const reply = http({ retries: 3 }, abort.signal);
    await eventually("a pause", () => clock.waiting() > 0);
    abort.abort();
    await reply;
    expect(outside.asked).toHaveLength(2);
  });
  test("a good answer to a GET is used again for its time, by address and headers", async () => {
    outside.says({ status: 500 }, { body: { n: 1 } }, { body: { n: 2 } }, { body: { n: 3 } }, { body: { n: 4 } });
    await http({ cacheSeconds: 60 });
    const values = [await http({ cacheSeconds: 60 }), await http({ cacheSeconds: 60 }), await http({ cacheSeconds: 60, headers: { a: "1" } })];
    await clock.move(60_000);
    values.push(await http({ cacheSeconds: 60 }), await http({ cacheSeconds: 60, method: "POST" }));
    expect(values.map((reply) => reply.value)).toEqual([{ n: 1 }, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  });
});

test("a store that is gone is a fault, not a throw", async () => {
  const broken = { ...house, store: { ...store, switches: { ...store.switches, find: () => Promise.reject(new Error("the disk is full")) } } } as CallDeps;
  const reply = await answerData({ do: "toggle", name: "night", action: "read" }, broken, { callId: "", signal: new AbortController().signal });
  expect(reply).toMatchObject({ exit: "error", fault: { code: "network", message: "the disk is full" } });
});
