import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { callPrompts } from "../../runtime/calls/prompts.ts";
import { runCall } from "../../runtime/calls/run-call.ts";
import { staticItems } from "../../runtime/calls/static-prompts.ts";
import type { Leg } from "../../runtime/ports/telephony.ts";
import type { Synthesizer } from "../../runtime/ports/speech.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { promptCache } from "../../runtime/speech/prompt-cache.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { systemClock } from "../../runtime/system.ts";
import { simulatorTelephony } from "../../runtime/telephony/simulator/index.ts";
import { eventually } from "../journeys/office.ts";
import { houseOf, incomingCall } from "./house.ts";

/** A long sentence with variables, in both languages: what is made at publishing, and what in the call. */
const languages = {
  ru: {
    text: "Здравствуйте! Ваша заявка принята, мастер приедет к вам по указанному адресу в {{ vars.time }}, пожалуйста, будьте дома и приготовьте все документы. До встречи!",
    made: [
      "Здравствуйте!",
      "Ваша заявка принята, мастер приедет к вам по указанному адресу",
      "пожалуйста, будьте дома и приготовьте все документы.",
      "До встречи!",
    ],
    live: ["в девять утра,"],
  },
  en: {
    text: "Hello! Your request has been accepted, the engineer will visit you at home at {{ vars.time }}, please stay at home and have all your papers at hand. Goodbye!",
    made: [
      "Hello!",
      "Your request has been accepted, the engineer will visit you at home",
      "please stay at home and have all your papers at hand.",
      "Goodbye!",
    ],
    live: ["at девять утра,"],
  },
};
type Tag = keyof typeof languages;

let dir: string;
let store: Store;
let telephony: ReturnType<typeof simulatorTelephony>;
let asked: string[];
const legs: Leg[] = [];

/** A voice that says everything in 20 ms and notes what it was asked. */
const voice: Synthesizer = {
  id: "noting@1",
  languages: () => ["ru", "en"],
  synthesize: async ({ text }) => (asked.push(text), { samples: new Int16Array(160).fill(9_000), sampleRate: 8_000 }),
  stop: async () => {},
};
const open = () => promptCache({ dir, synthesizer: voice, maxBytes: 1e9 });

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sufler-pieces-"));
  asked = [];
  store = await sqliteStore(":memory:", readStoredFlow);
  telephony = simulatorTelephony({ clock: systemClock });
  await telephony.start({ onIncoming: (leg) => void legs.push(leg) });
});
afterEach(async () => {
  await telephony.stop();
  await store.close();
  await rm(dir, { recursive: true });
  legs.length = 0;
});

function flowOf(language: Tag) {
  const { flow, issues } = parseFlow({
    sufler: 2,
    id: "t",
    kind: "ivr",
    title: {},
    languages: [language],
    prompts: { p: { [language]: languages[language].text } },
    outcomes: ["done"],
    start: "when",
    nodes: {
      when: { type: "set", config: { assign: [{ name: "time", value: "'девять утра'" }] }, exits: { next: "say" } },
      say: { type: "say", config: { prompt: "p" }, exits: { next: "end" } },
      end: { type: "hangup", config: { outcome: "done" }, exits: {} },
    },
  });
  expect(issues).toEqual([]);
  return flow!;
}

test.each(["ru", "en"] as const)("a call makes speech only for what varies; the rest was made at publishing (%s)", async (language) => {
  const { made, live } = languages[language];
  const flow = flowOf(language);
  const publishing = open();
  await callPrompts(publishing, async () => null).warm(staticItems(flow));
  await publishing.stop();
  expect(asked.filter((text) => made.includes(text))).toEqual(made);
  expect(asked.length).toBe(made.length + 1);

  // Started anew: what was made is found on the disk by what it says.
  asked = [];
  const cache = open();
  const deps = { ...houseOf(store, telephony), prompts: callPrompts(cache, async () => null) };
  telephony.call({ from: "+79990000001", to: "1000" });
  const leg = await eventually("the leg", () => legs.shift());
  const call = incomingCall(deps.ids.next());
  const { ended } = runCall({ call, flow, machine: createFlowMachine(compileFlow(flow)), inputs: {}, calendars: {}, answered: false }, leg, deps);
  expect(await ended).toMatchObject({ ended: "flow", outcome: "done", faults: [] });
  await cache.stop();
  expect(asked).toEqual(live);
});

test("inside a sentence the next piece follows almost at once, after one there is a pause", async () => {
  const cache = open();
  const prompts = callPrompts(cache, async () => null);
  const pieces = ["Здравствуйте!", "Мастер приедет", "в девять утра,", "будьте дома"];
  const clips = await prompts.clips([{ prompt: "p", language: "ru", text: pieces.join(" "), pieces }]);
  const [whole] = await prompts.clips([{ prompt: "p", language: "ru", text: "Мастер приедет" }]);
  await cache.stop();
  // The voice says each in 20 ms; 200 ms of pause follow a sentence, 60 ms a piece of one. The same words alone are a sentence.
  expect(clips.map(({ ms }) => ms)).toEqual([220, 80, 80, 220]);
  expect(whole!.ms).toBe(220);
});
