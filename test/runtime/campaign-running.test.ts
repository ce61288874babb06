import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { endingOf } from "../../runtime/campaigns/outcomes.ts";
import { readNumberRanges } from "../../runtime/campaigns/calling-rules/zones/number-ranges.ts";
import { plainOutbound, type Outbound } from "../../runtime/campaigns/judge-call.ts";
import { RunningCampaign } from "../../runtime/campaigns/run-campaign.ts";
import type { AttemptRow, CampaignRow, ContactRow, Store } from "../../runtime/ports/store.ts";
import type { DialRequest, HangupCause, Leg, LegEvent, Telephony } from "../../runtime/ports/telephony.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { eventually } from "../journeys/office.ts";
import { houseOf, standingClock } from "./house.ts";
import { attemptRow, campaignRow, contactRow } from "./outbound-rows.ts";

/** A campaign from its rows to its rows, over lines that answer as they are told. */
let store: Store;
let dialled: DialRequest[];
let causes: HangupCause[];
beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  dialled = [];
  causes = [];
});
afterEach(() => store.close());

const clockOf = (iso: string) => standingClock(Date.parse(iso));
type Clock = ReturnType<typeof clockOf>;

function lines(clock: Clock): Telephony {
  const dial = (request: DialRequest): Leg => {
    dialled.push(request);
    const cause = causes.shift() ?? { by: "remote", sipStatus: 486, q850: 17 };
    const event: LegEvent = { type: "hungup", at: clock.now(), cause };
    return { caller: "", sipCallId: "s", listen: (listener: (event: LegEvent) => void) => void queueMicrotask(() => listener(event)) } as unknown as Leg;
  };
  return { dial } as unknown as Telephony;
}

const rules = ["busy", "noAnswer", "failed"].map((outcome) => ({ outcome, minutes: 2, increment: 0, max: 9 }));
function strategy() {
  const { flow, issues } = parseFlow({
    sufler: 2,
    id: "t",
    kind: "strategy",
    title: {},
    languages: ["ru"],
    prompts: {},
    start: "dial",
    nodes: {
      dial: {
        type: "dial",
        config: {},
        exits: { answered: "yes", busy: "again", noAnswer: "again", failed: "again", invalid: "again", rejected: "no", denied: "denied", unknown: "no" },
      },
      again: { type: "wait-until", config: { mode: "retry", rules: [...rules], maxAttempts: 4 }, exits: { next: "dial", exhausted: "no" } },
      yes: { type: "finish", config: { outcome: "yes" }, exits: {} },
      no: { type: "finish", config: { outcome: "no" }, exits: {} },
      denied: { type: "finish", config: { outcome: "denied" }, exits: {} },
    },
  });
  expect(issues).toEqual([]);
  return createFlowMachine(compileFlow(flow!));
}

/** An attempt of another campaign that a person has answered. */
const oldAttempt = (more: Partial<AttemptRow>): AttemptRow =>
  attemptRow({
    id: "old",
    campaign: "other",
    contact: "px",
    command: "x#1",
    state: "ended",
    rule: "calling-window",
    startedAt: 1,
    outcome: "answered",
    detail: "human",
    class: "final",
    ...more,
  });

/** Runs until so many attempts are over and the contact rests (or is done), and gives what is left. The clock moves as the store answers. */
async function run(at: string, ended: number, campaign: CampaignRow, contact: ContactRow, outbound: Outbound = plainOutbound) {
  const clock = clockOf(at);
  await store.campaigns.create(campaign);
  await store.campaigns.addContacts([contact], [], campaign.id);
  const running = new RunningCampaign(campaign, strategy(), houseOf(store, lines(clock), clock), new Set(), () => {}, outbound);
  running.begin();
  const rested = async () => {
    const row = (await store.campaigns.contact(contact.id))!;
    const attempts = await store.campaigns.history(contact.id);
    const over = attempts.filter((attempt) => attempt.state === "ended").length;
    const done = row.state === "done" || (row.state === "waiting" && over >= ended && over === attempts.length);
    return done ? { row, attempts, due: row.dueAt === null ? null : new Date(row.dueAt).toISOString() } : null;
  };
  const left = await eventually("the contact to rest", async () => {
    const found = await rested();
    // Not past the moment at which it rests: the next attempt is not wanted.
    if (!found) for (let beats = 0; beats < 8; beats++) await clock.move(2_000);
    return found;
  });
  running.stop();
  return left;
}

describe("a campaign keeps to the rules of the number", () => {
  test("a mobile of Russia waits for the hour that all of Russia shares; nobody is dialled at noon in Moscow", async () => {
    const { row, due } = await run("2026-11-24T12:00:00+03:00", 0, campaignRow({}), contactRow());
    expect(dialled).toEqual([]);
    expect([row.state, due]).toEqual(["waiting", "2026-11-25T07:00:00.000Z"]);
  });

  test("with the range of its registry it is called at once, and the row says where", async () => {
    const { ranges } = readNumberRanges("АВС/ DEF;От;До;Емкость;Оператор;Регион\n999;0000000;0009999;10000;X;Томская обл.");
    const { attempts } = await run("2026-11-24T12:00:00+03:00", 1, campaignRow({}), contactRow(), { ...plainOutbound, ranges });
    expect(dialled).toMatchObject([{ to: "+79990000001", ringTimeoutMs: 25_000 }]);
    expect(attempts).toMatchObject([
      { outcome: "busy", detail: "busy", class: "soft", sipStatus: 486, evidence: expect.stringContaining("16:00 in Asia/Novosibirsk") },
    ]);
  });

  test("a conversation in another campaign about a debt counts: not twice a day", async () => {
    await store.campaigns.create(campaignRow({ id: "other", purpose: "debt" }));
    const talked = Date.parse("2026-11-24T10:00:00+03:00");
    await store.campaigns.request(oldAttempt({ startedAt: talked, answeredAt: talked + 5_000, endedAt: talked + 60_000 }));
    const { due } = await run("2026-11-24T12:00:00+03:00", 0, campaignRow({ purpose: "debt", audience: "debtor", zoneOf: "campaign" }), contactRow());
    expect(dialled).toEqual([]);
    expect(due).toBe("2026-11-25T06:00:00.000Z");
  });

  test("a call that found nobody locks the number for 72 hours", async () => {
    await store.campaigns.create(campaignRow({ id: "other" }));
    const abandoned = Date.parse("2026-11-23T12:00:00+03:00");
    await store.campaigns.request(oldAttempt({ ...endingOf("abandoned"), startedAt: abandoned, answeredAt: abandoned, endedAt: abandoned }));
    const { due } = await run("2026-11-24T12:00:00+03:00", 0, campaignRow({ zoneOf: "campaign" }), contactRow());
    expect(due).toBe("2026-11-26T09:00:00.000Z");
  });

  test("an opt-out heard in another campaign is a refusal, before the number is on any list", async () => {
    await store.campaigns.create(campaignRow({ id: "other" }));
    const heard = Date.parse("2026-11-23T12:00:00+03:00");
    await store.campaigns.request(oldAttempt({ startedAt: heard, answeredAt: heard, endedAt: heard, said: "opted-out" }));
    const { row, attempts } = await run("2026-11-24T12:00:00+03:00", 0, campaignRow({ zoneOf: "campaign" }), contactRow());
    expect(dialled).toEqual([]);
    expect(attempts).toMatchObject([{ outcome: "denied", class: "compliance", rule: "OPT-OUT", evidence: expect.stringContaining("not before 2027-11-23") }]);
    expect(row).toMatchObject({ state: "done", outcome: "denied", attempts: 0 });
  });
});

test("two contacts with one number are not called at once; the cap of a day holds for both", async () => {
  const clock = clockOf("2026-11-24T12:00:00+03:00");
  const campaigns = ["c", "d"].map((id) => campaignRow({ id, zoneOf: "campaign", purpose: "debt", audience: "debtor" }));
  const calls: ((event: LegEvent) => void)[] = [];
  const ringing: Telephony = { ...lines(clock) };
  ringing.dial = (request) => {
    dialled.push(request);
    return { caller: "", sipCallId: "s", hangup: () => {}, listen: (listener: (event: LegEvent) => void) => void calls.push(listener) } as unknown as Leg;
  };
  const busy = new Set<string>();
  const running = [];
  for (const campaign of campaigns) {
    await store.campaigns.create(campaign);
    await store.campaigns.addContacts([contactRow({ id: `p-${campaign.id}`, campaign: campaign.id })], [], campaign.id);
    running.push(new RunningCampaign(campaign, strategy(), houseOf(store, ringing, clock), busy, () => {}));
  }
  for (const each of running) each.begin();
  const other = await eventually("one call and one contact that waits", async () => {
    for (let beats = 0; beats < 4; beats++) await clock.move(500);
    const rows = await Promise.all(campaigns.map((campaign) => store.campaigns.contact(`p-${campaign.id}`)));
    return calls.length === 1 ? rows.find((row) => row?.state === "waiting") : null;
  });
  expect(dialled).toHaveLength(1);
  calls[0]!({ type: "answered", at: clock.now() });
  const put = await eventually("the other to wait for tomorrow", async () => {
    for (let beats = 0; beats < 10; beats++) await clock.move(5_000);
    const row = (await store.campaigns.contact(other.id))!;
    return row.state === "waiting" && row.dueAt! - clock.now() > 3_600_000 ? row : null;
  });
  for (const each of running) each.stop();
  expect(new Date(put.dueAt!).toISOString()).toBe("2026-11-25T06:00:00.000Z");
  expect(dialled).toHaveLength(1);
});

describe("a campaign tries again", () => {
  const here = { zoneOf: "campaign" as const };

  test("lines that fail use up nothing; the network's own words stay, and so does the verdict", async () => {
    causes = [
      { by: "remote", sipStatus: 503, q850: 34, reason: "No circuit available" },
      { by: "remote", sipStatus: 403, reason: "Forbidden" },
      { by: "network", failure: "noReply", reason: "no reply" },
    ];
    const { row, attempts } = await run("2026-11-24T12:00:00+03:00", 4, campaignRow(here), contactRow());
    expect(attempts.map(({ outcome, detail, class: kind, reason, sipStatus, q850 }) => [outcome, detail, kind, reason, sipStatus, q850])).toEqual([
      ["failed", "congestion", "technical", "No circuit available", 503, 34],
      ["failed", "carrierDenied", "config", "Forbidden", 403, null],
      ["failed", "techError", "technical", "no reply", null, null],
      ["busy", "busy", "soft", "", 486, 17],
    ]);
    expect(attempts.every((attempt) => attempt.rule === "calling-window" && attempt.evidence.includes("Europe/Moscow"))).toBe(true);
    expect(row.attempts).toBe(1);
  });

  test("four attempts and no more", async () => {
    const { row, attempts } = await run("2026-11-24T12:00:00+03:00", 9, campaignRow(here), contactRow());
    expect(attempts).toHaveLength(4);
    expect(row).toMatchObject({ state: "done", outcome: "no", attempts: 4 });
  });

  test("two a day, if the campaign says so: the next morning", async () => {
    const { attempts, due } = await run("2026-11-24T12:00:00+03:00", 2, campaignRow({ ...here, retry: { perDay: 2 } }), contactRow());
    expect(attempts).toHaveLength(2);
    expect(Date.parse(due!)).toBeGreaterThanOrEqual(attempts[0]!.startedAt! + 86_400_000);
  });

  test("the second number of the contact after two attempts on the first", async () => {
    const contact = contactRow({ data: { phone2: "8 999 000-00-02" } });
    await run("2026-11-24T12:00:00+03:00", 9, campaignRow({ ...here, retry: { nextNumberAfter: 2 } }), contact);
    expect(dialled.map((request) => request.to)).toEqual(["+79990000001", "+79990000001", "+79990000002", "+79990000002"]);
  });

  test("a listed second number is never dialled", async () => {
    await store.lists.put("dnc", { ru: "", en: "" }, "do-not-call");
    await store.lists.add({ list: "dnc", number: "+79990000002", reason: "", addedAt: 1, expiresAt: null });
    const contact = contactRow({ data: { phone2: "8 999 000-00-02" } });
    const { row, attempts } = await run("2026-11-24T12:00:00+03:00", 9, campaignRow({ ...here, retry: { nextNumberAfter: 2 } }), contact);
    expect(dialled.map((request) => request.to)).toEqual(["+79990000001", "+79990000001"]);
    expect(attempts.at(-1)).toMatchObject({ outcome: "denied", rule: "do-not-call", number: "+79990000002", startedAt: null });
    expect(row).toMatchObject({ outcome: "denied", attempts: 2 });
  });

  test("a trunk's own table decides what a status means", async () => {
    causes = [{ by: "remote", sipStatus: 480, q850: 31 }];
    const outcomes = { t: [{ sip: 480, q850: 31, outcome: "rejected" as const }] };
    const { row, attempts } = await run("2026-11-24T12:00:00+03:00", 1, campaignRow(here), contactRow(), { ...plainOutbound, outcomes });
    expect(attempts).toMatchObject([{ outcome: "rejected", detail: "rejected", sipStatus: 480, q850: 31 }]);
    expect(row.outcome).toBe("no");
  });
});

describe("a dead trunk", () => {
  const here = { zoneOf: "campaign" as const };
  const dead: HangupCause = { by: "network", failure: "noReply", reason: "no reply" };
  const refused: HangupCause = { by: "remote", sipStatus: 403, reason: "Forbidden" };

  /** Ten contacts, so many ends of calls; runs until the campaign pauses or every end is used. */
  async function exhaust(ends: HangupCause[]) {
    causes = [...ends];
    const clock = clockOf("2026-11-24T12:00:00+03:00");
    await store.campaigns.create(campaignRow({ ...here, lines: 1, state: "running" }));
    const contacts = Array.from({ length: 10 }, (_, i) => contactRow({ id: `c${i}`, phone: `+7999000000${i}` }));
    await store.campaigns.addContacts(contacts, [], "c");
    const said: string[] = [];
    let over = 0;
    const house = { ...houseOf(store, lines(clock), clock), log: (text: string) => void said.push(text) };
    const running = new RunningCampaign((await store.campaigns.find("c"))!, strategy(), house, new Set(), () => void over++);
    running.begin();
    const campaign = await eventually("the campaign to pause or to use every end", async () => {
      await clock.move(1_000);
      const found = (await store.campaigns.find("c"))!;
      const attempts = await store.campaigns.attempts("c", { limit: 100, offset: 0 });
      const busy = attempts.some(({ state }) => state === "dialling");
      return !busy && (found.state === "paused" || dialled.length >= ends.length) ? found : null;
    });
    running.stop();
    const attempts = await store.campaigns.attempts("c", { limit: 100, offset: 0 });
    const rows = (await store.campaigns.contacts("c", { limit: 100, offset: 0 })).contacts;
    return { campaign, attempts, rows, said, over };
  }

  test("five technical failures in a row pause the campaign and say why; nobody's attempt is used, nothing is invented", async () => {
    const { campaign, attempts, rows, said, over } = await exhaust([dead, dead, refused, dead, dead, dead, dead]);
    expect(campaign).toMatchObject({ state: "paused", pauseReason: { trunk: "t", failures: 5, last: "no reply" } });
    expect(dialled).toHaveLength(5);
    const ended = attempts.filter(({ startedAt }) => startedAt !== null);
    expect(ended.filter(({ reason }) => reason === "no reply").map(({ sipStatus, q850, outcome }) => [sipStatus, q850, outcome])).toEqual(
      Array.from({ length: 4 }, () => [null, null, "failed"]),
    );
    expect(rows.map((row) => row.attempts)).toEqual(rows.map(() => 0));
    expect(rows.filter((row) => row.state === "done")).toEqual([]);
    expect([said.filter((text) => text.includes('trunk "t" failed 5 times in a row, last: no reply')).length, over]).toEqual([1, 1]);
  });

  test("a called party's answer between them starts the count again", async () => {
    const busy: HangupCause = { by: "remote", sipStatus: 486 };
    const { campaign } = await exhaust([dead, dead, dead, dead, busy, dead, dead, dead, dead]);
    expect([campaign.state, campaign.pauseReason]).toEqual(["running", null]);
  });

  test("what our own side could not do is not the trunk's fault", async () => {
    const own: HangupCause = { by: "local", failure: "noLines", reason: "all lines of the trunk are in use" };
    const { campaign } = await exhaust([own, own, own, own, own, own, own]);
    expect(campaign.state).toBe("running");
  });
});

describe("lines and calls are taken, not counted afterwards", () => {
  /** Lines that ring until the test ends them. */
  function ringing(): { telephony: Telephony; endAll(): void } {
    const ends: (() => void)[] = [];
    const dial = (request: DialRequest): Leg => {
      dialled.push(request);
      const listen = (listener: (event: LegEvent) => void) =>
        void ends.push(() => listener({ type: "hungup", at: 1, cause: { by: "remote", sipStatus: 486 } }));
      return { caller: "", sipCallId: "s", listen } as unknown as Leg;
    };
    return { telephony: { dial } as unknown as Telephony, endAll: () => ends.splice(0).forEach((end) => end()) };
  }
  async function filled(lines: number, contacts: number) {
    const clock = clockOf("2026-11-24T12:00:00+03:00");
    await store.campaigns.create(campaignRow({ zoneOf: "campaign", lines }));
    const people = Array.from({ length: contacts }, (_, i) => contactRow({ id: `c${i}`, phone: `+7999000000${i}` }));
    await store.campaigns.addContacts(people, [], "c");
    const line = ringing();
    const busy = new Set<string>();
    const begin = (more: Partial<ReturnType<typeof houseOf>> = {}) => {
      const house = { ...houseOf(store, line.telephony, clock), ...more };
      const running = new RunningCampaign(campaignRow({ zoneOf: "campaign", lines }), strategy(), house, busy, () => {});
      running.begin();
      return { running, house };
    };
    const beats = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await clock.move(500);
        // The store answers in real time.
        for (let asked = 0; asked < 5; asked++) await store.campaigns.counts("c");
        await new Promise((done) => setTimeout(done, 2));
      }
    };
    const dials = (count: number) =>
      eventually(`${count} dials`, async () => {
        await beats(1);
        return dialled.length >= count;
      });
    return { begin, beats, dials, line };
  }

  test("a campaign takes a call's place like any other: none free, nobody is dialled; free again, it goes on", async () => {
    const { begin, beats, dials, line } = await filled(5, 5);
    const { running, house } = begin({ maxCalls: 2 });
    await dials(2);
    await beats(20);
    expect([dialled.length, house.registry.taken]).toEqual([2, 2]);
    line.endAll();
    await dials(4);
    running.stop();
    line.endAll();
    await eventually("the places to be free", () => house.registry.taken === 0);
  });

  test("calls of before a pause keep their lines", async () => {
    const { begin, beats, dials, line } = await filled(2, 5);
    const before = begin().running;
    await dials(2);
    before.stop();
    const after = begin().running;
    await beats(20);
    expect([dialled.length, after.linesInUse]).toEqual([2, 2]);
    line.endAll();
    await dials(4);
    after.stop();
    line.endAll();
  });
});
