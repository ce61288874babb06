import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { until } from "../telephony/until.ts";
import { startBaresip, type Baresip } from "./baresip.ts";
import { startIvr, type Ivr } from "./ivr.ts";
import { need } from "./tools.ts";

vi.setConfig({ testTimeout: 60_000 });

let ivr: Ivr | undefined;
let phone: Baresip | undefined;

beforeAll(() => need("baresip", "baresip-core"));
afterEach(async () => {
  await phone?.stop();
  await ivr?.stop();
  phone = ivr = undefined;
});

test("baresip calls, presses keys, is hung up by us", async () => {
  ivr = await startIvr();
  phone = await startBaresip();
  phone.command("dial", `sip:1000@127.0.0.1:${ivr.port}`);
  await until(() => ivr!.calls[0]?.has("played") === true);
  const call = ivr.calls[0]!;
  for (const digit of "12345#9") {
    const before = call.digits().length;
    phone.command("sndcode", digit);
    await until(() => call.digits().length > before);
  }
  await until(() => call.has("hungup") && phone!.events.includes("CALL_CLOSED"));
  expect(call.digits()).toBe("12345#9");
  expect(call.events.every((event) => event.type !== "digit" || event.source === "rfc4733")).toBe(true);
  expect(call.events.at(-1)).toMatchObject({ cause: { by: "local" } });
});

test("baresip holds, resumes and hangs up", async () => {
  ivr = await startIvr();
  phone = await startBaresip();
  phone.command("dial", `sip:1000@127.0.0.1:${ivr.port}`);
  await until(() => ivr!.calls[0]?.has("answered") === true && phone!.events.includes("CALL_ESTABLISHED"));
  const call = ivr.calls[0]!;
  const held = () => call.events.flatMap((event) => (event.type === "held" ? [event.held] : []));
  phone.command("hold");
  await until(() => held().length === 1);
  phone.command("resume");
  await until(() => held().length === 2);
  expect(held()).toEqual([true, false]);
  phone.command("hangup");
  await until(() => call.has("hungup"));
  expect(call.events.at(-1)).toMatchObject({ cause: { by: "remote" } });
});

test("baresip gives up while it rings, and is refused", async () => {
  ivr = await startIvr();
  phone = await startBaresip();
  phone.command("dial", `sip:180@127.0.0.1:${ivr.port}`);
  await until(() => phone!.events.includes("CALL_RINGING"));
  phone.command("hangup");
  await until(() => ivr!.calls[0]!.has("hungup"));
  expect(ivr.calls[0]!.events).toMatchObject([{ type: "hungup", cause: { by: "remote", sipStatus: 487 } }]);
  phone.command("dial", `sip:486@127.0.0.1:${ivr.port}`);
  await until(() => ivr!.calls[1]?.has("hungup") === true && phone!.events.filter((event) => event === "CALL_CLOSED").length === 2);
});

test("we call baresip, it answers; it sends and gets keys, we hang up", async () => {
  phone = await startBaresip({ answer: true });
  ivr = await startIvr([{ name: "phone", host: "127.0.0.1", port: phone.port, transport: "udp", register: false, maxLines: 2 }]);
  const call = ivr.dial("phone");
  await until(() => call.has("played"));
  phone.command("sndcode", "5");
  await until(() => call.digits() === "5");
  call.leg.sendDigits("d", "42");
  await until(() => call.has("sent-digits") && phone!.events.filter((event) => event === "CALL_DTMF_START").length >= 2);
  call.leg.hangup();
  await until(() => phone!.events.includes("CALL_CLOSED"));
});
