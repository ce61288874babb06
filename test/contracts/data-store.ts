import { expect, test } from "vitest";
import type { DataStore, MessageRow } from "../../runtime/ports/data-store.ts";

const all = { limit: 10, offset: 0, search: "" };

/** What the nodes of data need of a store; a part of the Store contract. */
export function dataStoreContract(store: () => DataStore): void {
  test("tables: a write names its columns, leaves the others, and loses nothing to another at the same time", async () => {
    const { tables } = store();
    await tables.put("prices", { ru: "Цены" }, ["price", "unit"]);
    expect(await tables.row("prices", "tea")).toBeNull();
    await tables.merge("prices", "tea", { price: 120, unit: "pack" }, 1);
    expect(await tables.merge("prices", "tea", { price: 130, seen: null, more: { a: [1] } }, 2)).toEqual({
      price: 130,
      unit: "pack",
      seen: null,
      more: { a: [1] },
    });
    expect(await tables.merge("prices", "tea", { more: { b: 2 } }, 3)).toMatchObject({ more: { b: 2 } });
    await Promise.all(["a", "b", "c"].map((column, n) => tables.merge("prices", "rum", { [column]: n }, 4)));
    expect(await tables.row("prices", "rum")).toEqual({ a: 0, b: 1, c: 2 });
    await tables.replace("prices", [{ key: "rum", values: { price: 9 } }], 5);
    expect(await tables.row("prices", "rum")).toEqual({ price: 9 });
    expect(await tables.rows("prices", { ...all, search: "pack" })).toMatchObject({ total: 1, rows: [{ key: "tea", updatedAt: 3 }] });
    expect(await tables.find("prices")).toEqual({ name: "prices", title: { ru: "Цены" }, columns: ["price", "unit"], rows: 2 });
    await tables.drop("prices", "rum");
    await tables.remove("prices");
    expect([await tables.row("prices", "tea"), await tables.all()]).toEqual([null, []]);
  });

  test("a large table is imported whole", async () => {
    const { tables } = store();
    await tables.put("big", {}, ["n"]);
    await tables.replace(
      "big",
      Array.from({ length: 1_234 }, (_, n) => ({ key: `k${n}`, values: { n } })),
      1,
    );
    expect((await tables.rows("big", all)).total).toBe(1_234);
    expect(await tables.row("big", "k1233")).toEqual({ n: 1_233 });
  });

  test("people: fields and groups merge, a whole record replaces", async () => {
    const { people } = store();
    const nothing = { fields: {}, add: [], remove: [] };
    await people.merge("+71", { ...nothing, name: "Анна", fields: { city: "Москва", age: 30 }, add: ["new", "vip"] }, 1);
    expect(await people.merge("+71", { ...nothing, fields: { city: "Казань" }, add: ["vip"], remove: ["new"] }, 2)).toEqual({
      phone: "+71",
      name: "Анна",
      fields: { city: "Казань", age: 30 },
      groups: ["vip"],
      updatedAt: 2,
    });
    expect((await people.merge("+71", { ...nothing, groups: ["a", "b"], add: ["c"], remove: ["a"] }, 3)).groups).toEqual(["b", "c"]);
    await people.put({ phone: "+72", name: "Борис", fields: {}, groups: ["c"], updatedAt: 4 });
    expect(await people.groups()).toEqual([
      { name: "b", people: 1 },
      { name: "c", people: 2 },
    ]);
    expect((await people.list({ ...all, group: "c" })).people.map((person) => person.phone)).toEqual(["+72", "+71"]);
    expect((await people.list({ ...all, search: "Казань", group: "" })).people).toMatchObject([{ name: "Анна" }]);
    await people.put({ phone: "+71", name: "", fields: {}, groups: [], updatedAt: 5 });
    expect(await people.find("+71")).toEqual({ phone: "+71", name: "", fields: {}, groups: [], updatedAt: 5 });
    await people.remove("+71");
    expect(await people.find("+71")).toBeNull();
  });

  test("counters: a window slides, keys are apart, and old counts stay for ever", async () => {
    const { counters } = store();
    const day = 86_400_000;
    const start = 1_000 * day;
    expect(await counters.add("calls", "a", 60_000, start)).toBe(1);
    expect(await counters.add("calls", "a", 60_000, start + 30_000)).toBe(2);
    expect(await counters.add("calls", "a", 60_000, start + 61_000)).toBe(2);
    expect(await counters.count("calls", "a", 3_600_000, start + 61_000)).toBe(3);
    expect(await counters.count("calls", "b", 0, start)).toBe(0);
    expect(await counters.add("calls", "a", 0, start + 40 * day)).toBe(4);
    expect(await counters.count("calls", "a", 30 * day, start + 40 * day)).toBe(1);
    expect(await counters.add("calls", "a", 0, start + 90 * day)).toBe(5);
    expect(await counters.all()).toMatchObject([{ counter: "calls", keys: 1, total: 5 }]);
    expect(await counters.keys("calls", 0, start + 90 * day, 9)).toEqual({ a: 5 });
    await counters.add("calls", "b", 0, start + 91 * day);
    expect(await counters.keys("calls", 2 * day, start + 91 * day, 9)).toEqual({ a: 1, b: 1 });
    expect(await counters.keys("calls", 0, start + 91 * day, 1)).toEqual({ b: 1 });
    const together = await Promise.all(Array.from({ length: 20 }, () => counters.add("quota", "all", 0, start)));
    expect(new Set(together).size).toBe(20);
    await counters.reset("calls");
    expect(await counters.count("calls", "a", 0, start + 90 * day)).toBe(0);
  });

  test("switches: turned, flipped, stamped; one that is not there stays so", async () => {
    const { switches } = store();
    await switches.put("night", { ru: "Ночь" });
    expect(await switches.find("night")).toEqual({ name: "night", title: { ru: "Ночь" }, on: false, changedAt: null, changedBy: "" });
    expect(await switches.turn("night", "flip", 5, "call-1")).toBe(true);
    expect(await switches.turn("night", "flip", 6, "")).toBe(false);
    expect(await switches.turn("night", "on", 7, "call-2")).toBe(true);
    await switches.put("night", { ru: "Ночной режим" });
    expect(await switches.all()).toEqual([{ name: "night", title: { ru: "Ночной режим" }, on: true, changedAt: 7, changedBy: "call-2" }]);
    expect(await switches.turn("day", "on", 8, "")).toBeNull();
    await switches.remove("night");
    expect(await switches.find("night")).toBeNull();
  });

  test("the outbox keeps one message a key, gives what is due, and counts", async () => {
    const { outbox } = store();
    const message = (id: string, dueAt: number): MessageRow => ({
      id,
      key: `key-${id}`,
      channel: "sms",
      to: "+71",
      subject: "",
      text: "Привет",
      data: { order: 7 },
      state: "queued",
      tries: 0,
      dueAt,
      createdAt: dueAt,
      sentAt: null,
      error: "",
      callId: "c",
    });
    expect(await outbox.add(message("1", 10))).toBe(true);
    expect(await outbox.add({ ...message("2", 10), key: "key-1" })).toBe(false);
    expect(await outbox.byKey("key-1")).toEqual(message("1", 10));
    await outbox.add(message("3", 20));
    expect((await outbox.due(10, 9)).map((row) => row.id)).toEqual(["1"]);
    await outbox.update("1", { state: "sent", sentAt: 11, dueAt: null, tries: 1 });
    expect(await outbox.due(100, 9)).toMatchObject([{ id: "3" }]);
    expect(await outbox.find("1")).toMatchObject({ state: "sent", sentAt: 11, tries: 1, data: { order: 7 } });
    expect(await outbox.list({ ...all, state: "queued" })).toMatchObject({ total: 1, messages: [{ id: "3" }] });
    expect(await outbox.counts()).toEqual({ queued: 1, sent: 1, failed: 0 });
  });

  test("delivered messages go by age and by count; what waits or failed stays however old", async () => {
    const { outbox } = store();
    const message = (id: string, state: MessageRow["state"], sentAt: number | null): MessageRow => ({
      id,
      key: id,
      channel: "sms",
      to: "+71",
      subject: "",
      text: "",
      data: {},
      state,
      tries: 1,
      dueAt: null,
      createdAt: 1,
      sentAt,
      error: "",
      callId: "c",
    });
    for (const row of [message("q", "queued", null), message("f", "failed", null)]) await outbox.add(row);
    for (let n = 1; n <= 6; n++) await outbox.add(message(`s${n}`, "sent", n * 10));
    const kept = async () => (await outbox.list({ limit: 20, offset: 0, search: "" })).messages.map((row) => row.id).toSorted();
    expect(await outbox.prune({ sentBefore: 0, keep: 10 })).toBe(0);
    expect(await outbox.prune({ sentBefore: 20, keep: 10 })).toBe(1);
    expect(await kept()).toEqual(["f", "q", "s2", "s3", "s4", "s5", "s6"]);
    expect(await outbox.prune({ sentBefore: 0, keep: 2 })).toBe(3);
    expect(await kept()).toEqual(["f", "q", "s5", "s6"]);
  });

  test("many people at once: fields are added to those who are there, groups joined", async () => {
    const { people } = store();
    await people.put({ phone: "+71", name: "Анна", fields: { city: "Москва", age: 30 }, groups: ["vip"], updatedAt: 1 });
    const many = Array.from({ length: 450 }, (_, n) => ({ phone: `+7${n + 1}`, change: { fields: { age: n }, add: ["new"], remove: [] } }));
    await people.mergeAll(many, 5);
    await people.mergeAll([], 6);
    expect(await people.find("+71")).toEqual({ phone: "+71", name: "Анна", fields: { city: "Москва", age: 0 }, groups: ["new", "vip"], updatedAt: 5 });
    expect((await people.list({ limit: 1, offset: 0, search: "", group: "new" })).total).toBe(450);
  });

  test("connectors, records of a CRM and settings are kept", async () => {
    const { connectors, crmRecords, settings } = store();
    const row = { name: "bitrix", title: { ru: "Битрикс" }, kind: "webhook" as const, url: "https://crm.example", secret: "s" };
    await connectors.put(row);
    await connectors.put({ ...row, url: "https://other.example" });
    expect(await connectors.all()).toEqual([{ ...row, url: "https://other.example" }]);
    await connectors.remove("bitrix");
    expect(await connectors.find("bitrix")).toBeNull();
    const record = { key: "k", connector: "bitrix", method: "createRecord" as const, fingerprint: "f", value: { id: 1 }, at: 1 };
    await crmRecords.keep(record);
    await crmRecords.keep({ ...record, value: { id: 2 } });
    expect(await crmRecords.find("bitrix", "createRecord", "k")).toEqual(record);
    expect(await crmRecords.find("bitrix", "createTask", "k")).toBeNull();
    expect(await settings.read("notify")).toBeNull();
    await settings.write("notify", { sms: { url: "x" } });
    await settings.write("notify", { sms: null });
    expect(await settings.read("notify")).toEqual({ sms: null });
  });
}
