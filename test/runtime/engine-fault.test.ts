import { expect, test, describe, afterEach, beforeEach } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine, type MachineJson } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { CallDeps } from "../../runtime/calls/call-registry.ts";
import { runCall, type PhoneCall } from "../../runtime/calls/run-call.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { systemClock } from "../../runtime/system.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { eventually } from "../journeys/office.ts";
import { houseOf, incomingCall } from "./house.ts";

/** A bug in each place of the engine: that call ends with engine-fault, the other goes on to its end. */
const document = {
  sufler: 2,
  id: "t",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  prompts: { p: { ru: "П" } },
  outcomes: ["done"],
  start: "say",
  nodes: {
    say: { type: "say", config: { prompt: "p", bargeIn: false }, exits: { next: "menu" } },
    menu: {
      type: "menu",
      config: {
        prompt: "p",
        saveAs: "k",
        choices: [
          { key: "1", value: "one" },
          { key: "2", value: "two" },
        ],
      },
      exits: { "1": "log", "2": "log", noInput: "end", invalid: "end" },
    },
    log: { type: "milestone", config: { note: "x" }, exits: { next: "end" } },
    end: { type: "hangup", config: { outcome: "done" }, exits: {} },
  },
};
const { flow } = parseFlow(document);

type Sabotage = (json: MachineJson) => void;
const entryOf = (json: MachineJson, state: string, type: string) => json.states[state]!.entry!.find((action) => action.type === type)!;
const places: Record<string, Sabotage> = {
  "an action when a node is entered": (json) => void (entryOf(json, "log", "enter").type = "begin"),
  "a guard of an exit": (json) => void (json.states["menu"]!.always![1]!.guard!.type = "no-such-guard"),
  "a reducer that begins": (json) => void (entryOf(json, "menu", "ask").params!["waiter"] = "no-such-waiter"),
  "a reducer that is fed": (json) => void ((entryOf(json, "menu", "ask").params!["args"] as { accept: object }).accept = { kind: "keys", keys: null }),
  "a performer": (json) => void ((entryOf(json, "end", "ask").params!["args"] as { command: { do: string } }).command.do = "no-such-command"),
  "the decision of a node": (json) => void (entryOf(json, "log", "decide").params!["node"] = "say"),
  "an action of an edge": (json) => json.states["menu"]!.always!.forEach((edge) => edge.actions?.push({ type: "begin" })),
};

let store: Store;
let deps: CallDeps;
let telephony: ReturnType<typeof simulatorTelephony>;
const legs: Leg[] = [];

beforeEach(async () => {
  store = await sqliteStore(":memory:", readStoredFlow);
  telephony = simulatorTelephony({ clock: systemClock });
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
  deps = houseOf(store, telephony);
});
afterEach(async () => {
  await telephony.stop();
  await store.close();
  legs.length = 0;
});

async function play(sabotage?: Sabotage): Promise<{ call: PhoneCall; far: ReturnType<typeof telephony.call> }> {
  const json = structuredClone(compileFlow(flow!));
  sabotage?.(json);
  const far = telephony.call({ from: "+79990000001", to: "1000" });
  const leg = await eventually("the leg", () => legs.shift());
  const call = incomingCall(deps.ids.next());
  return { call: runCall({ call, flow: flow!, machine: createFlowMachine(json), inputs: {}, calendars: {}, answered: false }, leg, deps), far };
}

describe("a bug in", () => {
  test.each(Object.entries(places))("%s ends that call as a fault and no other", async (_place, sabotage) => {
    const healthy = await play();
    const broken = await play(sabotage);
    const pressed = new Set<string>();
    const press = () => {
      for (const each of [broken, healthy]) {
        if (pressed.has(each.call.callId) || !each.call.journal.lines.some((line) => line.node === "menu" && line.kind === "ask")) continue;
        pressed.add(each.call.callId);
        each.far.press("1");
      }
    };
    let settled = 0;
    void broken.call.ended.then(() => (settled += 1));
    void healthy.call.ended.then(() => (settled += 1));
    await eventually("both calls to end", () => (press(), settled === 2));
    const [bad, good] = await Promise.all([broken.call.ended, healthy.call.ended]);
    expect(good).toMatchObject({ ended: "flow", outcome: "done", result: { k: "one" }, faults: [] });
    expect(bad.ended).toBe("fault");
    expect(bad.faults.map((fault) => fault.code)).toContain(_place === "the decision of a node" ? "expression" : "engine-fault");
    expect(await store.calls.find(broken.call.callId)).toMatchObject({ ended: "fault", endedAt: expect.any(Number) });
  });
});

test("a hang-up in the menu of a live call is stored with the way it came", async () => {
  const { call, far } = await play();
  await eventually("the menu", () => call.journal.lines.some((line) => line.node === "menu" && line.kind === "ask"));
  far.hangup();
  expect(await call.ended).toMatchObject({ ended: "caller-hangup" });
  expect((await store.calls.find(call.callId))?.path.at(-1)).toMatchObject({ node: "menu", exit: "hangup" });
});
