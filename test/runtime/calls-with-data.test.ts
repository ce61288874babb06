import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { CallDeps } from "../../runtime/calls/call-registry.ts";
import { runCall } from "../../runtime/calls/run-call.ts";
import { scriptDesk } from "../../runtime/calls/script-desk.ts";
import { runScript } from "../../runtime/calls/run-script.ts";
import { RunningCampaign } from "../../runtime/campaigns/run-campaign.ts";
import type { ContactRow, Store } from "../../runtime/ports/store.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { systemClock } from "../../runtime/system.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { eventually } from "../journeys/office.ts";
import { houseOf, incomingCall } from "./house.ts";
import { campaignRow, contactRow } from "./outbound-rows.ts";

/** Nodes of data where they live: a phone call, an operator's script, a strategy. */
let store: Store;
let house: CallDeps;
let telephony: ReturnType<typeof simulatorTelephony>;
const legs: Leg[] = [];

beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  telephony = simulatorTelephony({ clock: systemClock });
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
  house = { ...houseOf(store, telephony), recordings: mkdtempSync(join(tmpdir(), "sufler-")) };
});
afterEach(async () => {
  await telephony.stop();
  await store.close();
  legs.length = 0;
});

type Nodes = Record<string, { type: string; config?: object; exits?: Record<string, string> }>;
function flowOf(kind: "ivr" | "script" | "strategy", nodes: Nodes) {
  const all = Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { config: {}, exits: {}, ...node }]));
  const { flow, issues } = parseFlow({
    sufler: 2,
    id: "t",
    kind,
    title: {},
    languages: ["ru"],
    prompts: { p: { ru: "П" } },
    start: Object.keys(nodes)[0],
    nodes: all,
  });
  expect(issues).toEqual([]);
  return { flow: flow!, machine: createFlowMachine(compileFlow(flow!)) };
}
const end = (outcome: string) => ({ type: "hangup", config: { outcome } });
const finish = (outcome: string) => ({ type: "finish", config: { outcome } });
const newCall = () => incomingCall(house.ids.next());

async function ring(nodes: Nodes) {
  const far = telephony.call({ from: "+79990000001", to: "1000" });
  const leg = await eventually("the leg", () => legs.shift());
  const call = runCall({ call: newCall(), ...flowOf("ivr", nodes), inputs: {}, calendars: {}, answered: false }, leg, house);
  return { call, far };
}

test("a switch turned on the screen is seen by the next read of a call that is going on", async () => {
  await store.switches.put("night", {});
  const { call, far } = await ring({
    answer: { type: "answer", exits: { next: "read" } },
    read: { type: "manual-switch", config: { switch: "night" }, exits: { on: "night", off: "ask" } },
    ask: { type: "menu", config: { prompt: "p", choices: [{ key: "1", value: "again" }] }, exits: { "1": "read", noInput: "gone", invalid: "gone" } },
    night: end("night"),
    gone: end("gone"),
  });
  await eventually("the question", () => call.journal.lines.some((line) => line.node === "ask" && line.kind === "ask"));
  await store.switches.turn("night", "on", systemClock.now(), "");
  far.press("1");
  expect(await call.ended).toMatchObject({ outcome: "night" });
});

test("digits are sent, and the recording of a call stops and starts in files of its own", async () => {
  const { call, far } = await ring({
    answer: { type: "answer", config: { record: true }, exits: { next: "dtmf" } },
    dtmf: { type: "send-dtmf", config: { digits: "12#" }, exits: { next: "stop" } },
    stop: { type: "record-control", config: { action: "stop" }, exits: { next: "start" } },
    start: { type: "record-control", config: { action: "start" }, exits: { next: "again" } },
    again: { type: "record-control", config: { action: "start" }, exits: { next: "wait" } },
    wait: { type: "wait", config: { seconds: 0.3 }, exits: { next: "pause" } },
    pause: { type: "record-control", config: { action: "pause" }, exits: { next: "paused", error: "refused" } },
    paused: end("paused"),
    refused: end("refused"),
  });
  const result = await call.ended;
  expect(result).toMatchObject({ outcome: "refused", faults: [{ code: "not-available" }] });
  expect(far.digits).toBe("12#");
  expect(readdirSync(join(house.recordings, call.callId)).sort()).toEqual(["call-2.wav", "call.wav"]);
  expect(result.recordings.map((recording) => recording.recording).sort()).toEqual(["call", "call-2"]);
});

test("a script asks the same: a table, a message that cannot be sent, a queue that is not there", async () => {
  await store.tables.put("prices", {}, []);
  await store.tables.merge("prices", "tea", { price: 120 }, 1);
  const call = { ...newCall(), kind: "script", direction: "desk" as const };
  const plan = flowOf("script", {
    look: { type: "table", config: { table: "prices", key: "'tea'", map: { price: "price" } }, exits: { found: "send", notFound: "none" } },
    send: { type: "notify", config: { text: "Цена {{ vars.price }}", saveAs: "message" }, exits: { sent: "none", failed: "back" } },
    back: { type: "callback", config: {}, exits: { scheduled: "none", duplicate: "none", declined: "none", error: "done" } },
    done: finish("done"),
    none: finish("none"),
  });
  const input = { at: systemClock.now(), zone: "Europe/Moscow", inputs: {}, call: { id: call.id }, caller: { number: "+79990000001" }, calendars: {} };
  const result = await runScript({ call, ...plan, input }, house).ended;
  expect(result).toMatchObject({ outcome: "done", result: { price: 120, message: { state: "failed", code: "not-available" } } });
  expect(result.faults).toMatchObject([{ code: "not-available", message: expect.stringContaining("callbacks are not available yet") }]);
  expect((await store.outbox.list({ limit: 9, offset: 0, search: "" })).messages).toMatchObject([{ text: "Цена 120", callId: call.id }]);
});

const campaign = campaignRow({ purpose: "service", windowFrom: "00:00", windowTo: "24:00" });
const person = contactRow({ phone: "+79990000005", name: "Анна", data: { city: "Казань" } });

async function campaignOf(nodes: Nodes): Promise<ContactRow> {
  await store.campaigns.create(campaign);
  await store.campaigns.addContacts([person], [], "c");
  const running = new RunningCampaign(campaign, flowOf("strategy", nodes).machine, house, new Set(), () => {});
  running.begin();
  const done = await eventually("the contact", async () => {
    const row = await store.campaigns.contact("p1");
    return row?.state === "done" ? row : null;
  });
  running.stop();
  return done;
}

test("a strategy that is told to wait until no moment at all leaves by error, as in the simulator", async () => {
  const done = await campaignOf({
    wait: { type: "wait-until", config: { mode: "time", at: "'tomorrow, perhaps'" }, exits: { next: "waited", error: "refused" } },
    waited: finish("waited"),
    refused: finish("refused"),
  });
  expect(done).toMatchObject({ outcome: "refused" });
});

test("a script knows its operator by name, and the gender that texts speak in", async () => {
  const { flow } = flowOf("script", {
    keep: { type: "save-result", config: { fields: [{ name: "who", value: "operator.name + ' ' + operator.gender" }] }, exits: { next: "greet" } },
    greet: { type: "step", config: { say: "p", answers: [{ id: "on", label: { ru: "Дальше" } }] } },
  });
  await store.flows.create(flow, 1, null);
  await store.flows.publish(flow, "", 1);
  for (const [operator, who] of [
    ["Оля", "Оля f"],
    ["Пётр Сергеев", "Пётр Сергеев m"],
    ["Mary", "Mary f"],
    ["Ключ", "Ключ "],
  ]) {
    const run = await scriptDesk(house).begin({ flow: "t", operator: operator!, caller: "", inputs: {} });
    expect(run.context.result).toMatchObject({ who });
  }
});

test("a strategy's write is in the contacts book, in the campaign's contact and in what the strategy sees next", async () => {
  const done = await campaignOf({
    write: {
      type: "contact",
      config: { action: "update", number: "contact.phone", fields: { stage: "2", name: "'Анна Петрова'" }, addGroups: [{ group: "vip" }] },
      exits: { ok: "keep" },
    },
    keep: { type: "set", config: { scope: "campaign", assign: [{ name: "offer", value: "'tea'" }] }, exits: { next: "look" } },
    look: {
      type: "condition",
      config: { when: "contact.stage == 2 && contact.name == 'Анна Петрова' && contact.city == 'Казань'" },
      exits: { yes: "seen", no: "blind" },
    },
    seen: finish("seen"),
    blind: finish("blind"),
  });
  expect(done).toMatchObject({ outcome: "seen", name: "Анна Петрова", data: { city: "Казань", stage: 2, groups: ["vip"] } });
  expect(await store.people.find("+79990000005")).toMatchObject({ name: "Анна Петрова", fields: { stage: 2 }, groups: ["vip"] });
  expect(await store.tables.row("campaign:c", "vars")).toEqual({ offer: "tea" });
});

test.each<[string, Nodes[string]]>([
  ["dial with machine detection", { type: "dial", config: { amd: true } }],
  ["amd", { type: "amd" }],
  ["connect-operator", { type: "connect-operator", config: { queue: "sales" } }],
])("a strategy is told that %s is not available, and goes by its error exit", async (_name, node) => {
  const done = await campaignOf({ it: { ...node, exits: { error: "told" } }, told: finish("told") });
  expect(done).toMatchObject({ outcome: "told", attempts: 0 });
});
