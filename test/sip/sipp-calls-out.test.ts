import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { until } from "../telephony/until.ts";
import { startIvr, type Ivr } from "./ivr.ts";
import { sipp } from "./sipp.ts";
import { end, freePort, need, type Running } from "./tools.ts";

vi.setConfig({ testTimeout: 60_000 });

const running: Running[] = [];
let ivr: Ivr | undefined;

beforeAll(() => need("sipp", "sip-tester"));
afterEach(async () => {
  await ivr?.stop();
  ivr = undefined;
  await Promise.all(running.splice(0).map(end));
});

/** sipp as the called party behind a trunk. */
async function called(scenario: string, transport: "u1" | "t1") {
  const port = await freePort();
  const callee = await sipp({ scenario, remote: port, port, transport });
  running.push(callee);
  const started = await startIvr([{ name: "sipp", host: "127.0.0.1", port, transport: transport === "t1" ? "tcp" : "udp", register: false, maxLines: 5 }]);
  ivr = started;
  // A refused packet or connection is final: wait until sipp listens.
  await until(() => callee.output().length > 0);
  return { callee, ivr: started };
}

test.each(["u1", "t1"] as const)("answered, our prompt, our BYE (%s)", async (transport) => {
  const { callee, ivr } = await called("callee-answers.xml", transport);
  const call = ivr.dial("79990000001");
  await until(() => call.has("played"));
  expect(call.events.map((event) => event.type)).toEqual(["ringing", "answered", "played"]);
  call.leg.hangup();
  expect([await callee.ended, callee.errors()]).toEqual([0, ""]);
});

test.each(["u1", "t1"] as const)("busy (%s)", async (transport) => {
  const { callee, ivr } = await called("callee-busy.xml", transport);
  const call = ivr.dial("79990000001");
  await until(() => call.has("hungup"));
  expect(call.events.at(-1)).toMatchObject({ cause: { by: "remote", sipStatus: 486 } });
  expect([await callee.ended, callee.errors()]).toEqual([0, ""]);
});

test.each(["u1", "t1"] as const)("no answer: CANCEL (%s)", async (transport) => {
  const { callee, ivr } = await called("callee-silent.xml", transport);
  const call = ivr.dial("79990000001", 1_500);
  await until(() => call.has("hungup"));
  expect(call.events.at(-1)).toMatchObject({ cause: { by: "local", failure: "noAnswer" } });
  expect([await callee.ended, callee.errors()]).toEqual([0, ""]);
});
