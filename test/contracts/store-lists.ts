import { beforeEach, describe, expect, test } from "vitest";
import { fold } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { contactRow } from "../runtime/outbound-rows.ts";
import { incomingCall } from "../runtime/house.ts";

/** Lists of the store: what a search finds, and long ones page by page. Part of the store's contract. */
export function listsContract(given: () => Store): void {
  let store: Store;
  beforeEach(() => void (store = given()));
  const flow = (id: string) => parseFlow({ sufler: 2, id, kind: "ivr", title: { ru: id }, languages: ["ru"], start: "a", nodes: {} }).flow!;
  const call = (id: string, startedAt = 1) => ({ ...incomingCall(id), startedAt });

  describe("search", () => {
    const texts = ["Алёна Ёлкина", "АЛЕНА ЕЛКИНА", "50% скидка", "50 руб", "a_b", "axb", "Йод", 'кафе "У дома"', "back\\slash"];
    const wanted: [string, string[]][] = [
      ["алена", ["Алёна Ёлкина", "АЛЕНА ЕЛКИНА"]],
      ["ЁЛКИН", ["Алёна Ёлкина", "АЛЕНА ЕЛКИНА"]],
      ["50%", ["50% скидка"]],
      ["a_b", ["a_b"]],
      ["%", ["50% скидка"]],
      ["_", ["a_b"]],
      ["йод".normalize("NFD"), ["Йод"]],
      ['"у', ['кафе "У дома"']],
      ["\\", ["back\\slash"]],
      ["нет такого", []],
    ];
    /** How each list is filled with a text and asked for it; the text is found in what comes back. */
    const lists: Record<string, { put(text: string, n: number): Promise<unknown>; find(search: string): Promise<string[]> }> = {
      "numbers of a list": {
        put: (reason, n) => store.lists.add({ list: "l", number: `+7${n}`, reason, addedAt: 1, expiresAt: null }),
        find: async (search) => (await store.lists.entries("l", { limit: 50, offset: 0, search })).map((entry) => entry.reason),
      },
      "contacts of a campaign": {
        put: (name, n) => store.campaigns.addContacts([contactRow({ id: `c${n}`, campaign: "k", phone: `+7${n}`, name })], [], "k"),
        find: async (search) => (await store.campaigns.contacts("k", { limit: 50, offset: 0, search })).contacts.map((each) => each.name),
      },
      "the contacts book": {
        put: (text, n) => store.people.merge(`+7${n}`, { fields: { city: text }, add: [], remove: [] }, 1),
        find: async (search) => (await store.people.list({ limit: 50, offset: 0, search, group: "" })).people.map((each) => String(each.fields["city"])),
      },
      "rows of a table": {
        put: (text, n) => store.tables.merge("t", `k${n}`, { word: [text] }, 1),
        find: async (search) => (await store.tables.rows("t", { limit: 50, offset: 0, search })).rows.map((row) => String(row.values["word"])),
      },
      messages: {
        put: (text, n) =>
          store.outbox.add({
            id: `m${n}`,
            key: `m${n}`,
            channel: "sms",
            to: "+7",
            subject: "",
            text,
            data: {},
            state: "queued",
            tries: 0,
            dueAt: 1,
            createdAt: 1,
            sentAt: null,
            error: "",
            callId: "",
          }),
        find: async (search) => (await store.outbox.list({ limit: 50, offset: 0, search })).messages.map((each) => each.text),
      },
      "results of calls": {
        async put(text, n) {
          await store.calls.begin(call(`s${n}`), []);
          await store.calls.finish(`s${n}`, { endedAt: 2, answeredAt: 1, result: { ...fold([]), result: { said: text } } }, []);
        },
        find: async (search) => (await store.calls.list({ limit: 50, offset: 0, search })).calls.map((each) => String(each.result["said"])),
      },
      flows: {
        put: (ru, n) => store.flows.create({ ...flow(`f${n}`), title: { ru } }, n, null),
        find: async (search) => (await store.flows.page({ limit: 50, after: null, search })).map((each) => each.title.ru ?? ""),
      },
    };
    test.each(Object.keys(lists))("%s: the case, ё and composed letters do not matter, signs of LIKE are letters", async (name) => {
      const list = lists[name]!;
      for (const [n, text] of texts.entries()) await list.put(text, n);
      for (const [search, found] of wanted) expect((await list.find(search)).toSorted(), search).toEqual(found.toSorted());
    });

    test("a phone number is found as people write it", async () => {
      await store.people.merge("+79161234567", { name: "Анна", fields: {}, add: [], remove: [] }, 1);
      await store.people.merge("+493098765432", { name: "Ида", fields: {}, add: [], remove: [] }, 1);
      const found = async (search: string) => (await store.people.list({ limit: 5, offset: 0, search, group: "" })).people.map(({ name }) => name);
      for (const search of ["+79161234567", "89161234567", "8 (916) 123-45-67", "8-916-123", "+7 916", "916 123", "123-45-67", "1234567", "9161234567"])
        expect([search, await found(search)]).toEqual([search, ["Анна"]]);
      for (const search of ["030 98765432", "0049 30 9876 5432", "03098765432"]) expect([search, await found(search)]).toEqual([search, ["Ида"]]);
      expect(await found("8 495 123-45-67")).toEqual([]);
    });

    test("what changes is found as it is now", async () => {
      await store.people.merge("+71", { name: "Пётр", fields: {}, add: [], remove: [] }, 1);
      await store.people.merge("+71", { name: "Семён", fields: { note: "Ждёт" }, add: [], remove: [] }, 2);
      const found = async (search: string) => (await store.people.list({ limit: 5, offset: 0, search, group: "" })).total;
      expect(await Promise.all([found("петр"), found("семен"), found("ждет"), found("note")])).toEqual([0, 1, 1, 0]);
    });
  });

  describe("long lists in pages", () => {
    const readAll = async <T, K>(read: (after: K | null) => Promise<T[]>, keyOf: (row: T) => K): Promise<T[]> => {
      const all: T[] = [];
      for (let after: K | null = null; ;) {
        const page = await read(after);
        all.push(...page);
        if (page.length < 3) return all;
        after = keyOf(page.at(-1)!);
      }
    };
    test("flows and calls, the last first, also when many are of one moment; none twice, none left out", async () => {
      for (let n = 0; n < 10; n++) await store.flows.create(flow(`f${n}`), n < 5 ? 1 : n, null);
      const flows = await readAll(
        (after: { updatedAt: number; id: string } | null) => store.flows.page({ after, limit: 3 }),
        (row) => row,
      );
      expect(flows.map((row) => row.id)).toEqual(["f9", "f8", "f7", "f6", "f5", "f0", "f1", "f2", "f3", "f4"]);
      for (let n = 0; n < 10; n++) await store.calls.begin(call(`c${n}`, n < 5 ? 1 : n), []);
      const calls = await readAll(
        (after: { startedAt: number; id: string } | null) => store.calls.after({}, { after, limit: 3 }),
        (row) => row,
      );
      expect(calls.map((row) => row.id)).toEqual(["c9", "c8", "c7", "c6", "c5", "c0", "c1", "c2", "c3", "c4"]);
    });
    test("flows of a kind, live ones, and flows by id", async () => {
      for (const [id, kind] of [
        ["menu", "ivr"],
        ["order", "script"],
        ["draft", "ivr"],
        ["calls", "strategy"],
      ] as const) {
        await store.flows.create({ ...flow(id), kind }, 1, null);
        if (id !== "draft") await store.flows.publish({ ...flow(id), kind }, "", 2);
      }
      const ids = async (of: object) => (await store.flows.page({ limit: 50, after: null, ...of })).map((row) => row.id);
      expect(await ids({ kind: "ivr" })).toEqual(["draft", "menu"]);
      expect(await ids({ live: true, kind: "ivr" })).toEqual(["menu"]);
      expect(await ids({ live: true })).toEqual(["calls", "menu", "order"]);
      expect(await ids({ ids: ["order", "gone", "draft"] })).toEqual(["draft", "order"]);
    });
    test("contacts, people, rows and bad rows", async () => {
      const numbers = Array.from({ length: 10 }, (_, n) => `+7${n}`);
      await store.campaigns.addContacts(
        numbers.map((phone, n) => contactRow({ id: `c${n}`, campaign: "k", phone })),
        numbers.map((source, line) => ({ line, reason: "", source })),
        "k",
        { import: "i", at: 5 },
      );
      await store.campaigns.addContacts([], [{ line: 1, reason: "", source: "later" }], "k", { import: "j", at: 6 });
      for (const phone of numbers) await store.people.merge(phone, { fields: {}, add: ["g"], remove: [] }, 1);
      await store.tables.replace(
        "t",
        numbers.map((key) => ({ key, values: {} })),
        1,
      );
      const contacts = await readAll(
        (after: string | null) => store.campaigns.contactsAfter("k", { after, limit: 3 }),
        (row) => row.phone,
      );
      const people = await readAll(
        (after: string | null) => store.people.after({ search: "", group: "g" }, { after, limit: 3 }),
        (row) => row.phone,
      );
      const rows = await readAll(
        (after: string | null) => store.tables.rowsAfter("t", { after, limit: 3 }),
        (row) => row.key,
      );
      const bad = (one?: string) =>
        readAll(
          (after: number | null) => store.campaigns.importErrorsAfter("k", { after, limit: 3, ...(one ? { import: one } : {}) }),
          (row) => row.id,
        );
      expect([contacts.map((row) => row.phone), people.map((row) => row.phone), rows.map((row) => row.key)]).toEqual([numbers, numbers, numbers]);
      expect((await bad()).map((row) => row.source)).toEqual([...numbers, "later"]);
      expect(await bad("j")).toMatchObject([{ import: "j", at: 6, source: "later" }]);
    });
  });
}
