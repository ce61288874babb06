import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CallRowOfTotals, NewCall, Store, StoredLine } from "../../runtime/ports/store.ts";
import { fold } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { listsContract } from "./store-lists.ts";
import { dataStoreContract } from "./data-store.ts";
import { attemptRow as newAttempt, contactRow } from "../runtime/outbound-rows.ts";

/** The contract of the Store port; every adapter runs it. `make` gives an empty store, `reopen` the same one after a close. */
export function storeContract(options: { name: string; make: () => Promise<Store>; reopen?: () => Promise<Store> }): void {
  describe(`store contract: ${options.name}`, () => {
    let store: Store;
    beforeEach(async () => void (store = await options.make()));
    afterEach(() => store.close());
    const flow = (id: string) => parseFlow({ sufler: 2, id, kind: "ivr", title: { ru: id }, languages: ["ru"], start: "a", nodes: {} }).flow!;
    const call = (id: string, startedAt = 1): NewCall => ({
      id,
      flow: "f",
      version: 1,
      kind: "ivr",
      direction: "inbound",
      caller: `+7${id}`,
      dialled: "1000",
      sipCallId: "x",
      startedAt,
      operator: "",
      attempt: null,
    });
    const line = (callId: string, seq: number, kind: StoredLine["kind"] = "note"): StoredLine => ({ callId, seq, at: seq, node: "a", kind, data: { n: seq } });

    test("a draft is kept, and saving over someone else's change is refused", async () => {
      await store.flows.create(flow("one"), 5, null);
      expect(await store.flows.create(flow("one"), 5, null)).toBe(false);
      expect(await store.flows.saveDraft({ ...flow("one"), start: "b" }, 1, 6)).toBe(true);
      expect(await store.flows.saveDraft({ ...flow("one"), start: "c" }, 1, 7)).toBe(false);
      expect(await store.flows.draft("one")).toMatchObject({ revision: 2, flow: { start: "b" } });
      expect(await store.flows.draft("none")).toBeNull();
    });

    test("versions are numbered, immutable, and live follows the last publish until it is set back", async () => {
      await store.flows.create(flow("one"), 5, "tpl");
      expect(await store.flows.publish(flow("one"), "first", 10)).toBe(1);
      expect(await store.flows.publish({ ...flow("one"), start: "z" }, "second", 11)).toBe(2);
      expect(await store.flows.alias("one", "live")).toBe(2);
      expect((await store.flows.version("one", 1))?.start).toBe("a");
      await store.flows.setAlias("one", "live", 1);
      expect(await store.flows.all()).toMatchObject([{ id: "one", live: 1, versions: 2, template: "tpl" }]);
      expect((await store.flows.versions("one")).map((row) => row.note)).toEqual(["second", "first"]);
    });

    test("tests of a flow keep their order and come and go with it; one of the same id takes the place of another", async () => {
      const own = (id: string, title: string) => ({ id, origin: "own" as const, conversation: { title, talk: [], expect: {} } });
      await store.flows.create(flow("one"), 5, null);
      const many = Array.from({ length: 250 }, (_, n) => ({ ...own(String(n).padStart(3, "0"), `t${n}`), origin: "template" as const }));
      await store.flowTests.add("one", many, 6);
      await store.flowTests.add("one", [own("a", "mine")], 7);
      await store.flowTests.add("one", [], 8);
      expect((await store.flowTests.all("one")).map((each) => each.id)).toEqual([...many.map((each) => each.id), "a"]);
      await store.flowTests.add("one", [{ ...own("001", "renewed"), origin: "template" }], 9);
      expect((await store.flowTests.all("one"))[1]).toEqual({ id: "001", origin: "template", conversation: { title: "renewed", talk: [], expect: {} } });
      expect(await store.flowTests.remove("one", "a")).toBe(true);
      expect(await store.flowTests.remove("one", "a")).toBe(false);
      expect(await store.flowTests.all("two")).toEqual([]);
      await store.flows.remove("one");
      expect(await store.flowTests.all("one")).toEqual([]);
    });

    test("publishing at the same time gives different versions", async () => {
      const versions = await Promise.all(Array.from({ length: 10 }, (_, n) => store.flows.publish(flow("one"), String(n), n)));
      expect(new Set(versions).size).toBe(10);
    });

    describe("what is taken is taken by one", () => {
      test("two publish the same draft at once: one version is made, and live points at it", async () => {
        await store.flows.create(flow("one"), 5, null);
        const seen = { revision: 1, newest: 0 };
        const both = await Promise.all([store.flows.publishSeen(flow("one"), "a", 6, seen), store.flows.publishSeen(flow("one"), "b", 7, seen)]);
        expect(both.toSorted()).toEqual([1, null]);
        expect(await store.flows.versions("one")).toMatchObject([{ version: 1, note: "a" }]);
        expect(await store.flows.alias("one", "live")).toBe(1);
      });

      test("a draft that was saved meanwhile is not published, and live stays where it was set back", async () => {
        await store.flows.create(flow("one"), 5, null);
        expect(await store.flows.publishSeen(flow("one"), "", 6, { revision: 1, newest: 0 })).toBe(1);
        expect(await store.flows.publishSeen(flow("one"), "", 7, { revision: 1, newest: 1 })).toBe(2);
        await store.flows.setAlias("one", "live", 1);
        await store.flows.saveDraft(flow("one"), 1, 8);
        expect(await store.flows.publishSeen(flow("one"), "", 9, { revision: 1, newest: 2 })).toBeNull();
        expect(await store.flows.alias("one", "live")).toBe(1);
      });

      test("live is moved by one of two who saw the same version", async () => {
        for (let at = 1; at <= 3; at++) await store.flows.publish(flow("one"), "", at);
        const moved = await Promise.all([store.flows.setAlias("one", "live", 1, 3), store.flows.setAlias("one", "live", 2, 3)]);
        expect(moved).toEqual([true, false]);
        expect(await store.flows.alias("one", "live")).toBe(1);
        expect(await store.flows.setAlias("one", "test", 1, null)).toBe(true);
        expect(await store.flows.setAlias("one", "test", 2, null)).toBe(false);
      });

      test("a number goes to one of two flows, and to another only when its holder is named", async () => {
        const wish = (flow: string) => ({ number: "+78123090000", flow, alias: "live", note: flow });
        const both = await Promise.all([store.numbers.take(wish("a")), store.numbers.take(wish("b"))]);
        expect(both).toMatchObject([null, { flow: "a" }]);
        expect(await store.numbers.take(wish("a"))).toBeNull();
        expect(await store.numbers.take(wish("c"), "b")).toMatchObject({ flow: "a" });
        expect(await store.numbers.take(wish("c"), "a")).toBeNull();
        expect(await store.numbers.find("+78123090000")).toMatchObject({ flow: "c", note: "c" });
      });

      test("an attempt is dialled by one of two", async () => {
        await store.campaigns.addContacts([contactRow({ id: "c1", campaign: "k" })], [], "k");
        await store.campaigns.request(newAttempt({ id: "t1", campaign: "k", contact: "c1" }));
        const take = (startedAt: number) => store.campaigns.takeAttempt("t1", { startedAt, rule: "r", evidence: "e" });
        expect(await Promise.all([take(5), take(6)])).toEqual([true, false]);
        expect(await store.campaigns.attempt("c1", "dial#1")).toMatchObject({ state: "dialling", startedAt: 5 });
        expect(await take(7)).toBe(false);
      });
    });

    test("lists: find by kind, expiry, hits and stamps", async () => {
      await store.lists.put("black", { ru: "Ч" }, "black");
      await store.lists.put("dnc", { ru: "Н" }, "do-not-call");
      await store.lists.add({ list: "black", number: "+71", reason: "шум", addedAt: 1, expiresAt: 100 });
      await store.lists.add({ list: "dnc", number: "+71", reason: "", addedAt: 1, expiresAt: null });
      expect(await store.lists.find("+71", { kind: "black" }, 50)).toMatchObject([{ list: "black", hits: 0 }]);
      expect(await store.lists.find("+71", { kind: "black" }, 100)).toEqual([]);
      await store.lists.hit("black", "+71", 60);
      await store.lists.hit("black", "+71", 70);
      expect(await store.lists.entries("black", { limit: 10, offset: 0, search: "" })).toMatchObject([{ hits: 2, lastSeen: 70, reason: "шум" }]);
      await store.lists.add({ list: "black", number: "+71", reason: "снова", addedAt: 80, expiresAt: null });
      expect(await store.lists.find("+71", { list: "black" }, 1000)).toMatchObject([{ hits: 2, reason: "снова" }]);
      await store.lists.add({ list: "dnc", number: "+7495*", reason: "", addedAt: 1, expiresAt: null });
      await store.lists.add({ list: "black", number: "+7495", reason: "", addedAt: 1, expiresAt: 50 });
      const numbers = async (list: string, match: "prefix" | "mask", at: number) =>
        (await store.lists.candidates(list, "+74951234567", match, at)).map((entry) => entry.number);
      expect(await numbers("dnc", "mask", 1)).toEqual(["+7495*"]);
      expect(await numbers("black", "prefix", 1)).toEqual(["+7495"]);
      expect(await numbers("black", "prefix", 50)).toEqual([]);
      await store.lists.drop("dnc", "+7495*");
      await store.lists.drop("black", "+7495");
      expect(await store.lists.all()).toMatchObject([
        { name: "black", entries: 1 },
        { name: "dnc", entries: 1 },
      ]);
    });

    test("calls: begin, journal, finish, search, and what a crash left", async () => {
      await store.calls.begin(call("1", 10), [line("1", 1)]);
      await store.calls.begin(call("2", 20), []);
      await store.calls.append([line("1", 2), line("1", 3)]);
      await store.calls.append([line("1", 3)]);
      expect((await store.calls.journal("1")).map((each) => each.seq)).toEqual([1, 2, 3]);
      expect(await store.calls.journal("1", 2)).toMatchObject([{ seq: 3, data: { n: 3 } }]);
      const result = { ...fold([]), outcome: "done", result: { score: "9" } };
      await store.calls.finish("1", { endedAt: 30, answeredAt: 12, result }, [line("1", 4)]);
      expect(await store.calls.find("1")).toMatchObject({ endedAt: 30, answeredAt: 12, outcome: "done", result: { score: "9" } });
      expect((await store.calls.unfinished()).map((row) => row.id)).toEqual(["2"]);
      expect(await store.calls.list({ search: "done", limit: 10, offset: 0 })).toMatchObject({ total: 1, calls: [{ id: "1" }] });
      expect(await store.calls.list({ live: true, limit: 10, offset: 0 })).toMatchObject({ total: 1, calls: [{ id: "2" }] });
      expect((await store.calls.list({ limit: 10, offset: 0 })).calls.map((row) => row.id)).toEqual(["2", "1"]);
    });

    test("calls are counted once they have ended; totals and the list behind a row have the same number", async () => {
      const finish = (id: string, outcome: string | null) =>
        store.calls.finish(id, { endedAt: 100 + Number(id), answeredAt: null, result: { ...fold([]), outcome, ended: "flow" } }, []);
      for (const [id, at] of [
        ["1", 10],
        ["2", 20],
        ["3", 30],
        ["4", 40],
      ] as const)
        await store.calls.begin(call(id, at), []);
      for (const [id, outcome] of [
        ["1", "done"],
        ["2", "done"],
        ["3", null],
      ] as const)
        await finish(id, outcome);
      expect(await store.calls.uncounted(2)).toEqual([
        { id: "3", flow: "f", version: 1 },
        { id: "2", flow: "f", version: 1 },
      ]);
      expect(await store.calls.totals({})).toEqual({ cells: [], live: 1, uncounted: 3 });
      const facts = { way: "deflected" as const, goal: true, reason: "ask:1", outcome: "done", ended: "flow" as const };
      await store.calls.count([]);
      await store.calls.count(["1", "2"].map((id) => ({ id, facts })));
      await store.calls.count([{ id: "3", facts: { ...facts, way: "left", goal: false, reason: null, outcome: null } }]);
      expect(await store.calls.uncounted(9)).toEqual([]);
      const { cells, live, uncounted } = await store.calls.totals({ flow: "f", from: 0, to: 50 });
      expect({ live, uncounted }).toEqual({ live: 1, uncounted: 0 });
      expect(cells.sort((a, b) => b.calls - a.calls)).toEqual([
        { ...facts, flow: "f", calls: 2 },
        { flow: "f", way: "left", goal: false, reason: null, outcome: null, ended: "flow", calls: 1 },
      ]);
      expect(await store.calls.totals({ from: 15 })).toMatchObject({
        live: 1,
        cells: expect.arrayContaining([expect.objectContaining({ way: "deflected", calls: 1 })]),
      });
      const total = async (row: CallRowOfTotals) => (await store.calls.list({ ...row, limit: 10, offset: 0 })).total;
      expect(
        await Promise.all(
          [{}, { way: "deflected" as const }, { reason: "ask:1" }, { reason: null }, { outcome: null }, { outcome: "done", reason: null }].map(total),
        ),
      ).toEqual([4, 2, 2, 1, 1, 0]);
    });

    test("campaigns: contacts once per number, due, an attempt once per command, outcome and snapshot together", async () => {
      await store.campaigns.create({
        id: "c",
        title: "C",
        strategy: "s",
        version: 1,
        state: "draft",
        purpose: "survey",
        consent: "x",
        lines: 2,
        windowFrom: "09:00",
        windowTo: "20:00",
        days: [1, 2],
        zone: "Europe/Moscow",
        trunk: "",
        inputs: { a: 1 },
        createdAt: 1,
        startedAt: null,
        audience: "consumer",
        consentKind: "given",
        zoneOf: "number",
        retry: {},
      });
      expect(await store.campaigns.find("c")).toMatchObject({ days: [1, 2], inputs: { a: 1 } });
      const contact = (id: string, phone: string) => contactRow({ id, phone, original: phone, data: { x: "y" }, version: 0 });
      expect(
        await store.campaigns.addContacts([contact("1", "+71"), contact("2", "+72"), contact("3", "+71")], [{ line: 4, reason: "плохо", source: "x" }], "c"),
      ).toEqual({ added: 2, duplicates: 1 });
      expect(await store.campaigns.importErrors("c")).toEqual([{ line: 4, reason: "плохо", source: "x" }]);
      await store.campaigns.saveContact({ ...contact("1", "+71"), state: "waiting", dueAt: 100 });
      expect((await store.campaigns.due("c", 50, 10)).map((each) => each.id)).toEqual(["2"]);
      expect((await store.campaigns.due("c", 100, 10)).map((each) => each.id).sort()).toEqual(["1", "2"]);
      const attempt = newAttempt({ contact: "1", command: "call#1", number: "+71", rule: "r", evidence: "e", requestedAt: 5 });
      expect(await store.campaigns.request(attempt)).toBe(true);
      expect(await store.campaigns.request({ ...attempt, id: "a2" })).toBe(false);
      const snapshot = { value: "x", context: { deep: { kept: true } } as never, done: false };
      await store.campaigns.settleAttempt(
        "a1",
        { state: "ended", outcome: "busy", endedAt: 9 },
        { ...contact("1", "+71"), state: "waiting", dueAt: 999, snapshot },
      );
      expect(await store.campaigns.history("1")).toMatchObject([{ outcome: "busy", endedAt: 9 }]);
      expect(await store.campaigns.contact("1")).toMatchObject({ state: "waiting", snapshot: { context: { deep: { kept: true } } } });
      expect(await store.campaigns.counts("c")).toEqual({ new: 1, waiting: 1, active: 0, done: 0 });
      await store.campaigns.update("c", { consentKind: "written", zoneOf: "campaign", retry: { perDay: 2 } });
      expect(await store.campaigns.find("c")).toMatchObject({ audience: "consumer", consentKind: "written", zoneOf: "campaign", retry: { perDay: 2 } });
      for (const [id, startedAt] of [
        ["b1", 30],
        ["b2", 20],
        ["b3", 10],
      ] as const)
        await store.campaigns.request({
          ...attempt,
          id,
          contact: "2",
          command: `call#${id}`,
          startedAt,
          detail: "busy",
          class: "soft",
          reason: "Busy",
          said: "x",
        });
      const calls = await store.campaigns.attemptsTo("+71", 20);
      expect(calls).toMatchObject([
        { id: "b2", purpose: "survey", detail: "busy", class: "soft", reason: "Busy", said: "x" },
        { id: "b1", startedAt: 30 },
      ]);
      expect(await store.campaigns.attemptsTo("+79", 0)).toEqual([]);
    });

    test("a caller's history counts earlier calls, not this one", async () => {
      for (const [id, at] of [
        ["1", 10],
        ["2", 20],
        ["3", 30],
      ] as const)
        await store.calls.begin({ ...call(id, at), caller: "+71" }, []);
      await store.calls.begin(call("9", 25), []);
      await store.calls.finish("2", { endedAt: 21, answeredAt: null, result: { ...fold([]), outcome: "left" } }, []);
      expect(await store.calls.history("+71", 11, "3")).toEqual({ calls: 1, last: { at: 20, outcome: "left" } });
      expect(await store.calls.history("+70", 0, "")).toEqual({ calls: 0, last: null });
    });

    listsContract(() => store);
    dataStoreContract(() => store);

    test("a write fails whole or not at all, and spoils no other", async () => {
      await store.calls.begin(call("1"), []);
      const [bad, fine] = await Promise.allSettled([store.calls.begin(call("1"), [line("1", 77)]), store.calls.begin(call("2"), [line("2", 1)])]);
      expect(bad.status).toBe("rejected");
      expect(fine.status).toBe("fulfilled");
      expect(await store.calls.journal("1")).toEqual([]);
      expect(await store.calls.journal("2")).toHaveLength(1);
    });

    const { reopen } = options;
    if (!reopen) return;
    test("what was acknowledged is there after a close", async () => {
      await store.flows.create(flow("kept"), 5, null);
      await store.close();
      store = await reopen();
      expect(await store.flows.draft("kept")).not.toBeNull();
    });
  });
}
