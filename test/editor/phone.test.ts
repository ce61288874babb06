import { expect, test, vi } from "vitest";
import { askedWorld } from "../../editor/phone/asked-world.ts";
import { emptyGiven, givenFor } from "../../editor/phone/call-given.ts";
import { livePhrases, talkOf } from "../../editor/phone/call-view.ts";
import { PhoneSession } from "../../editor/phone/phone-session.ts";
import { givenProblem } from "../../editor/phone/given-problem.ts";
import { behavioursOf, blankAnswer, stateOf } from "../../editor/phone/service-behaviours.ts";
import { toConversation } from "../../editor/phone/to-conversation.ts";
import type { Act } from "../../editor/phone/acts.ts";
import { perform } from "../../editor/phone/acts.ts";
import { plainGiven } from "../../editor/tests-panel/plain-given.ts";
import { searchPaths } from "../../editor/tests-panel/search-paths.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { createPlayer } from "../../flows/simulate/player.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** No page, no sounds: prompts last as long as their texts. */
vi.mock("../../editor/phone/prompt-audio.ts", () => ({ hear: () => Promise.resolve(null), heardOf: () => null }));
vi.mock("../../editor/phone/sound.ts", () => ({ sound: { key: () => {}, stop: () => {} } }));

/** A shop: closed by a switch; asks in words; looks at a table, a CRM and a queue; notes a milestone; a part counts. */
const shop: Flow = parseFlow(
  JSON.stringify({
    sufler: 1,
    id: "shop",
    kind: "ivr",
    title: { ru: "Лавка", en: "Shop" },
    languages: ["ru"],
    outcomes: ["closed", "done"],
    prompts: { closed: { ru: { text: "Закрыто." } }, ask: { ru: { text: "Чай или ром?" } } },
    start: "open",
    nodes: {
      open: { type: "manual-switch", config: { switch: "open" }, exits: { on: "ask", off: "say" } },
      say: { type: "say", config: { prompt: "closed" }, exits: { next: "shut" } },
      ask: {
        type: "collect-speech",
        config: { prompt: "ask", saveAs: "drink", attempts: 1, choices: [{ value: "tea", phrases: "чай, чайку" }] },
        exits: { ok: "note", noInput: "shut", invalid: "shut", error: "shut" },
      },
      note: { type: "milestone", config: { name: "chosen", note: "{{ vars.drink }}" }, exits: { next: "price" } },
      price: { type: "table", config: { table: "prices", action: "lookup", key: "vars.drink" }, exits: { found: "who", notFound: "who", error: "who" } },
      who: { type: "crm", config: { connector: "demo", method: "findByPhone" }, exits: { found: "load", notFound: "load", many: "load", timeout: "load" } },
      load: { type: "queue-status", config: { queue: "sales" }, exits: { free: "it", busy: "it", unstaffed: "it", closed: "it" } },
      it: { type: "subflow", config: { part: "counted" }, exits: { next: "end" } },
      shut: { type: "hangup", config: { outcome: "closed" } },
      end: { type: "hangup", config: { outcome: "done" } },
    },
    parts: {
      counted: {
        start: "count",
        nodes: {
          count: { type: "rate-limit", config: { counter: "sales", key: "'all'" }, exits: { under: "over", over: "over" } },
          over: { type: "finish", config: {} },
        },
        layout: {},
      },
    },
    layout: {},
  }),
).flow!;

test("what a flow asks of the world is read off its machine, parts included", () => {
  const { services, ...data } = askedWorld(shop);
  expect(data).toEqual({ lists: [], tables: ["prices"], switches: ["open"], counters: ["sales"], contacts: false, windows: { sales: 86_400_000 } });
  expect(services.map((each) => each.name)).toEqual(["speech", "table:prices", "crm:demo:findByPhone", "queue-status:sales", "count:sales"]);
});

test("every way a service is made to behave leads the flow out of the exit it names", () => {
  const asked = askedWorld(shop);
  const nodes: Record<string, string> = { "table:prices": "price", "crm:demo:findByPhone": "who", "queue-status:sales": "load", "count:sales": "it/count" };
  const seen: string[] = [];
  for (const service of asked.services.filter((each) => nodes[each.name])) {
    for (const [state, answer] of Object.entries(behavioursOf(service))) {
      if (!state.startsWith("exit:")) continue;
      const given = givenFor(shop, { ...emptyGiven, now: "2026-11-23T10:00", switches: { open: true }, services: { [service.name]: answer! } }, {}, asked);
      const { result } = runConversation(shop, { title: "", given, talk: [{ say: "чай" }], expect: {} });
      seen.push(state);
      expect(result.path.find((visit) => visit.node === nodes[service.name])?.exit, `${service.name} ${state}`).toBe(state.slice("exit:".length));
    }
  }
  expect(seen.length).toBeGreaterThan(8);
});

test("an answer written by hand is told from the known ones, and is sound", () => {
  for (const service of askedWorld(shop).services) {
    const behaviours = behavioursOf(service);
    for (const [state, answer] of Object.entries(behaviours)) expect(stateOf(behaviours, answer ?? undefined)).toBe(state);
    expect(stateOf(behaviours, blankAnswer(service))).toBe("custom");
    expect(givenProblem("services", service.name, blankAnswer(service))).toBeNull();
  }
});

test.each([
  ["tables", "prices", { tea: { price: 1 } }, null],
  ["tables", "prices", { tea: 120 }, "tea"],
  ["tables", "prices", [], ""],
  ["contacts", null, { "+7999": { name: "Анна" } }, null],
  ["contacts", null, { "+7999": "Анна" }, "+7999"],
  ["counters", "sales", 3, null],
  ["counters", "sales", { all: 2 }, null],
  ["counters", "sales", { all: "много" }, ""],
  ["services", "shop", { status: 5 }, ""],
] as const)("%s of %s: %j does not fit at %j", (kind, name, value, place) => {
  const found = givenProblem(kind, name, value);
  if (place === null || place === "tea" || place === "+7999") expect(found).toBe(place);
  else expect(found).not.toBeNull();
});

test("over what the installation keeps stands what the tester set; nothing else of it comes along", () => {
  const stored = {
    tables: { prices: { rum: { price: 9 } }, secret: { a: {} } },
    switches: { open: true, other: true },
    contacts: { "+7": {} },
    counters: { sales: { all: 4 }, other: { a: 1 } },
  };
  const own = { ...emptyGiven, tables: { prices: { tea: { price: 1 } } }, counters: { sales: 2 } };
  const asked = askedWorld(shop);
  expect(givenFor(shop, emptyGiven, {}, asked, stored)).toMatchObject({
    tables: { prices: { rum: { price: 9 } } },
    switches: { open: true },
    contacts: {},
    counters: { sales: { all: 4 } },
  });
  expect(givenFor(shop, emptyGiven, {}, asked).counters).toEqual({ sales: 0 });
  expect(givenFor(shop, own, {}, asked, stored)).toMatchObject({ tables: { prices: { tea: { price: 1 } } }, switches: { open: true }, counters: { sales: 2 } });
  expect(Object.keys(givenFor(shop, own, {}, asked, stored).tables)).toEqual(["prices"]);
});

test("words said are heard, shown, and saved as a test that passes", () => {
  const given = givenFor(shop, { ...emptyGiven, now: "2026-11-23T10:00", switches: { open: true } }, {}, askedWorld(shop));
  const player = createPlayer(shop, given);
  expect(livePhrases(player)).toBeNull();
  while (player.listening === null) if (!player.advanceOne()) break;
  expect(livePhrases(player)).toEqual(["чай"]);
  const act: Act = { at: player.now, utter: "чайку" };
  perform(player, act);
  for (let guard = 0; guard < 100 && !player.done; guard++) player.advanceOne();
  const lines = talkOf(player.journal).map(({ kind, text }) => `${kind} ${text}`);
  expect(lines).toContain("speech чайку");
  expect(lines).toContain("milestone chosen: tea");
  const saved = toConversation("words", given, [act], player);
  expect(saved.talk).toContainEqual({ say: "чайку" });
  expect(saved.given.switches).toEqual({ open: true });
  expect(runConversation(shop, saved).failures).toEqual([]);
});

test("back to any line of the call, and on differently: the same call up to there", () => {
  const session = new PhoneSession(shop, givenFor(shop, { ...emptyGiven, now: "2026-11-23T10:00", switches: { open: true } }, {}, askedWorld(shop)));
  session.setMuted(true);
  session.setSpeed("instant");
  while (session.player.listening === null) if (!session.player.advanceOne()) break;
  const asked = session.player.journal.find(({ kind, node }) => kind === "ask" && node === "ask")!;
  session.utter("чайку");
  for (let guard = 0; guard < 100 && !session.player.done; guard++) session.player.advanceOne();
  expect(session.player.result().path.map(({ node }) => node)).toContain("note");

  session.backTo(asked.at, false);
  expect(session.acts).toEqual([]);
  for (let guard = 0; guard < 100 && !session.player.done; guard++) session.player.advanceOne();
  session.stop();
  const path = session.player.result().path.map(({ node }) => node);
  expect(path.slice(0, 2)).toEqual(["open", "ask"]);
  expect(path).not.toContain("note");
});

test("missing paths: every one found passes and adds something; together with the tests they leave only what is named", () => {
  const plain = plainGiven({ switches: { open: true } });
  const rounds = [...searchPaths({ flow: shop, conversations: [{ title: "closed", given: plainGiven({}), talk: [], expect: {} }], plain, find: () => null })];
  const { found, uncovered, total } = rounds.at(-1)!;
  expect(total).toBeGreaterThan(10);
  expect(found.length).toBeGreaterThan(3);
  const gains = found.flatMap((each) => each.gains);
  expect(new Set(gains).size).toBe(gains.length);
  expect(gains.length + uncovered.length).toBe(total);
  for (const { conversation } of found) expect(runConversation(shop, conversation).failures).toEqual([]);
});

test("a call saved while it goes on is hung up in the test, which passes", () => {
  const given = givenFor(shop, { ...emptyGiven, now: "2026-11-23T10:00", switches: { open: true } }, {}, askedWorld(shop));
  const session = new PhoneSession(shop, given);
  session.setMuted(true);
  session.setSpeed("instant");
  expect(session.player.done).toBe(false);
  const { acts, player } = session.finished();
  session.stop();
  expect(session.player.done).toBe(false);
  const saved = toConversation("on", given, acts, player, shop);
  expect(saved.talk.at(-1)).toEqual({ hangup: true });
  expect(saved.expect.ended).toBe("caller-hangup");
  expect(runConversation(shop, saved).failures).toEqual([]);
});

test("a service made to fail in the middle of a call fails there in the test, too, and not before", () => {
  const flow = parseFlow({
    ...shop,
    id: "twice",
    outcomes: ["done"],
    start: "ask",
    nodes: {
      ask: {
        type: "collect-speech",
        config: { prompt: "ask", saveAs: "drink", attempts: 1, choices: [{ value: "tea", phrases: "чай" }] },
        exits: { ok: "one", noInput: "end", invalid: "end", error: "end" },
      },
      one: {
        type: "crm",
        config: { connector: "demo", method: "findByPhone" },
        exits: { found: "again", notFound: "again", many: "again", timeout: "end", error: "end" },
      },
      again: {
        type: "collect-speech",
        config: { prompt: "ask", saveAs: "drink", attempts: 1, choices: [{ value: "tea", phrases: "чай" }] },
        exits: { ok: "two", noInput: "end", invalid: "end", error: "end" },
      },
      two: {
        type: "crm",
        config: { connector: "demo", method: "findByPhone" },
        exits: { found: "end", notFound: "end", many: "end", timeout: "end", error: "end" },
      },
      end: { type: "hangup", config: { outcome: "done" } },
    },
    parts: {},
  }).flow!;
  const given = givenFor(flow, { ...emptyGiven, now: "2026-11-23T10:00" }, {}, askedWorld(flow));
  const player = createPlayer(flow, given);
  const acts: Act[] = [];
  const does = (act: Act) => (acts.push(act), perform(player, act));
  const listen = () => {
    while (player.listening === null && player.advanceOne());
  };
  listen();
  does({ at: player.now, utter: "чай" });
  listen();
  does({ at: player.now, service: "crm:demo:findByPhone", answer: { fault: "network" } });
  does({ at: player.now, utter: "чай" });
  while (!player.done && player.advanceOne());
  const run = runConversation(flow, toConversation("twice", given, acts, player, flow));
  expect(run.failures).toEqual([]);
  expect(run.result.path).toMatchObject(player.result().path.map(({ node, exit }) => ({ node, exit })));
});
