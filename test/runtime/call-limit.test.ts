import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerIncoming } from "../../runtime/calls/answer-incoming.ts";
import type { CallDeps } from "../../runtime/calls/call-registry.ts";
import { answerData } from "../../runtime/calls/perform/data-answers.ts";
import type { Store } from "../../runtime/ports/store.ts";
import type { Leg, LegEvent } from "../../runtime/ports/telephony.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { eventually } from "../journeys/office.ts";
import { startTestServer } from "../server.ts";
import { greetingFlow } from "./greeting-flow.ts";
import { houseOf } from "./house.ts";

/** The limit of calls is taken at the door and free again on every way out, however many come at once. */

let store: Store;
let house: CallDeps;
let fails: { lists?: boolean; machine?: boolean };
beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  fails = {};
  const plain = houseOf(store, {} as CallDeps["telephony"]);
  house = {
    ...plain,
    machines: { ...plain.machines, get: async () => (fails.machine ? Promise.reject(new Error("no machine")) : greetingFlow) },
    store: {
      ...store,
      calls: store.calls,
      numbers: { ...store.numbers, find: async (number: string) => (number === "1000" ? { number, flow: "t", alias: "live", note: "" } : null) },
      flows: Object.assign(Object.create(store.flows), { alias: async () => 1 }),
      lists: Object.assign(Object.create(store.lists), {
        find: async (...given: Parameters<Store["lists"]["find"]>) => (fails.lists ? Promise.reject(new Error("no database")) : store.lists.find(...given)),
      }),
    } as Store,
  };
});
afterEach(() => store.close());

/** A leg that says what was asked of it; `end` hangs it up. */
function caller(dialled = "1000", from = "+79990000001", asserted = from) {
  const asked: string[] = [];
  let listener: (event: LegEvent) => void = () => {};
  let over = false;
  const end = (by: "remote" | "local", sipStatus?: number) => {
    if (over) return;
    over = true;
    queueMicrotask(() => listener({ type: "hungup", at: 1, cause: { by, ...(sipStatus ? { sipStatus } : {}) } }));
  };
  const leg = {
    id: "x",
    direction: "inbound",
    caller: from,
    asserted,
    dialled,
    sipCallId: "x",
    listen: (given: typeof listener) => void (listener = given),
    ring: () => void asked.push("ring"),
    answer: () => void asked.push("answer"),
    reject: (status: number, options?: { retryAfterS?: number }) => {
      asked.push(`${status}${options?.retryAfterS ? ` after ${options.retryAfterS}` : ""}`);
      end("local", status);
    },
    stopPlay: () => {},
    hangup: () => end("local"),
  } as unknown as Leg;
  return { leg, asked, hangup: () => end("remote") };
}

describe("maxCalls", () => {
  test("forty calls in one burst: ten are played, thirty hear 503 with Retry-After before anything was read", async () => {
    const callers = Array.from({ length: 40 }, () => caller());
    const coming = callers.map(({ leg }) => answerIncoming(leg, house));
    expect(callers.filter(({ asked }) => asked[0] === "ring")).toHaveLength(10);
    expect(callers.filter(({ asked }) => asked[0] === "503 after 10")).toHaveLength(30);
    await Promise.all(coming);
    expect([house.registry.size, house.registry.taken]).toEqual([10, 10]);
    for (const { hangup } of callers) hangup();
    await eventually("every place to be free", () => house.registry.taken === 0 && house.registry.size === 0);
    const next = caller();
    await answerIncoming(next.leg, house);
    expect(next.asked[0]).toBe("ring");
    next.hangup();
    await eventually("the last call to end", () => house.registry.taken === 0);
  });

  test("a place is free again when the end of a call goes wrong", async () => {
    const publish: typeof house.bus.publish = (event) => {
      if (event.type === "call-end") throw new Error("nobody can be told");
      house.bus.publish(event);
    };
    const one = caller();
    await answerIncoming(one.leg, { ...house, bus: { ...house.bus, publish } });
    expect(house.registry.taken).toBe(1);
    one.hangup();
    await eventually("the place to be free", () => house.registry.taken === 0 && house.registry.size === 0);
  });

  test.each<[string, () => void | Promise<unknown>, string]>([
    ["no flow answers the number", () => {}, "404"],
    [
      "the caller is on a black list",
      async () => {
        await store.lists.put("black", { ru: "" }, "black");
        await store.lists.add({ list: "black", number: "+79990000001", reason: "", addedAt: 1, expiresAt: null });
      },
      "486",
    ],
    ["the database fails", () => void (fails.lists = true), "500"],
    ["the flow does not compile", () => void (fails.machine = true), "500"],
  ])("a place is free again when %s", async (_title, prepare, status) => {
    await prepare();
    for (let i = 0; i < 25; i++) {
      const one = caller(status === "404" ? "77" : "1000");
      await answerIncoming(one.leg, house);
      expect(one.asked).toEqual(["ring", status]);
    }
    expect(house.registry.taken).toBe(0);
  });
});

test("HTTP: whoever is told 503 is told when to come back", async () => {
  const server = await startTestServer({ voice: "none" });
  try {
    const response = await fetch(`${server.url}/api/prompts`, {
      method: "POST",
      body: JSON.stringify({ text: "Здравствуйте", language: "ru" }),
      headers: { "content-type": "application/json" },
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
  } finally {
    await server.stop();
  }
});

describe("a caller who withholds the number", () => {
  const nuisance = { list: "black", number: "+79990000666", reason: "", addedAt: 1, expiresAt: null };
  beforeEach(async () => {
    await store.lists.put("black", { ru: "" }, "black");
    await store.lists.add(nuisance);
  });

  test("is known to the lists at the door; the row does not name the number", async () => {
    const one = caller("1000", "", "+79990000666");
    await answerIncoming(one.leg, house);
    expect(one.asked).toEqual(["ring", "486"]);
    const { calls } = await store.calls.list({ limit: 10, offset: 0 });
    expect(calls).toMatchObject([{ caller: "", outcome: "blacklisted" }]);
    expect((await store.lists.find("+79990000666", { kind: "black" }, Date.now()))[0]!.hits).toBe(1);
  });

  test("is known to a flow's check of the caller, which learns the entry and not the number", async () => {
    const command = { do: "list", list: "black", action: "check", number: "", reason: "", days: 0, match: "exact" } as const;
    const ask = (withheld: string, number = "") => answerData({ ...command, number }, house, { callId: "c", signal: new AbortController().signal, withheld });
    expect(await ask("8 999 000-06-66")).toMatchObject({ exit: "found", value: { number: "", list: "black" } });
    expect(await ask("")).toMatchObject({ exit: "notFound" });
    expect(await ask("+79990000666", "+79990000001")).toMatchObject({ exit: "notFound" });
    expect(
      await answerData({ ...command, action: "add" }, house, { callId: "c", signal: new AbortController().signal, withheld: "+79990000777" }),
    ).toMatchObject({
      exit: "error",
    });
  });
});

describe("lists at the door", () => {
  const number = "+79990000001";
  const day = 86_400_000;
  type Entry = { list: "black" | "white" | "vip" | "dnc"; expiresAt?: number };

  test.each<[string, Entry[], "486" | "played"]>([
    ["black", [{ list: "black" }], "486"],
    ["black and white: the white list wins", [{ list: "black" }, { list: "white" }], "played"],
    ["black and VIP: the VIP wins", [{ list: "vip" }, { list: "black" }], "played"],
    ["a white entry that has expired no longer helps", [{ list: "black" }, { list: "white", expiresAt: Date.now() - day }], "486"],
    ["a black entry that has expired no longer blocks", [{ list: "black", expiresAt: Date.now() - day }], "played"],
    ["a number not to be called may call", [{ list: "dnc" }], "played"],
    ["no list", [], "played"],
  ])("%s", async (_title, entries, expected) => {
    for (const kind of ["black", "white", "vip"] as const) await store.lists.put(kind, { ru: "" }, kind);
    await store.lists.put("dnc", { ru: "" }, "do-not-call");
    for (const { list, expiresAt = null } of entries) await store.lists.add({ list, number, reason: "", addedAt: 1, expiresAt });
    const one = caller("1000", number);
    await answerIncoming(one.leg, house);
    const answer = one.asked.includes("486") ? "486" : house.registry.size === 1 ? "played" : one.asked.join();
    expect(answer).toBe(expected);
    const black = (await store.lists.find(number, { kind: "black" }, 1))[0];
    if (black) expect(black.hits).toBe(expected === "486" ? 1 : 0);
    one.hangup();
    await eventually("the place to be free", () => house.registry.taken === 0);
  });
});
