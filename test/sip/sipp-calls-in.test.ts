import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { encode } from "../../runtime/audio/g711.ts";
import { dtmfTone } from "../../runtime/telephony/media/tones.ts";
import { PeerRtp } from "../telephony/peer-rtp.ts";
import { until } from "../telephony/until.ts";
import { startIvr, type Ivr } from "./ivr.ts";
import { sipp, type SippOptions } from "./sipp.ts";
import { end, need, type Running } from "./tools.ts";

vi.setConfig({ testTimeout: 60_000 });

let ivr: Ivr;
const running: Running[] = [];

beforeAll(async () => {
  need("sipp", "sip-tester");
  ivr = await startIvr();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(end));
  ivr.calls.length = 0;
});
afterAll(() => ivr.stop());

async function run(options: Omit<SippOptions, "remote">) {
  const started = await sipp({ remote: ivr.port, ...options });
  running.push(started);
  return started;
}

async function succeeds(started: Awaited<ReturnType<typeof run>>): Promise<void> {
  const code = await started.ended;
  expect([code, started.errors()]).toEqual([0, ""]);
}

describe.each(["u1", "t1"] as const)("sipp calls in over %s", (transport) => {
  test("prompt, key by RFC 4733, second prompt, key, our BYE", async () => {
    const rtp = await PeerRtp.open();
    const caller = await run({ scenario: "call-until-bye.xml", transport, keys: { rtp_port: String(rtp.port) } });
    await until(() => ivr.calls[0]?.has("played") === true && rtp.loudMs() >= 400);
    await rtp.event("1");
    await until(() => rtp.loudMs() >= 800);
    await rtp.event("9");
    await succeeds(caller);
    expect(ivr.calls[0]!.digits()).toBe("19");
    expect(ivr.calls[0]!.events.filter((event) => event.type === "played")).toMatchObject([
      { id: "first", reason: "end", ms: 400 },
      { id: "second", reason: "end", ms: 400 },
    ]);
    rtp.close();
  });

  test("sipp hangs up", async () => {
    await succeeds(await run({ scenario: "call-and-hang-up.xml", transport }));
    await until(() => ivr.calls[0]!.has("hungup"));
    expect(ivr.calls[0]!.events.at(-1)).toMatchObject({ cause: { by: "remote", q850: 16 } });
  });

  test("CANCEL: 200 and 487", async () => {
    await succeeds(await run({ scenario: "call-and-cancel.xml", transport, to: "180" }));
    await until(() => ivr.calls[0]!.has("hungup"));
    expect(ivr.calls[0]!.events).toMatchObject([{ type: "hungup", cause: { by: "remote", sipStatus: 487 } }]);
  });

  test("486", async () => {
    await succeeds(await run({ scenario: "call-refused.xml", transport, to: "486" }));
  });

  test("hold and resume", async () => {
    await succeeds(await run({ scenario: "call-hold.xml", transport }));
    await until(() => ivr.calls[0]!.has("hungup"));
    expect(ivr.calls[0]!.events.flatMap((event) => (event.type === "held" ? [event.held] : []))).toEqual([true, false]);
  });
});

test("in-band keys in sipp's own RTP stream", async () => {
  const gap = new Uint8Array(800).fill(0xff);
  const keys = [..."1234567890*#9"].map((key) => Buffer.concat([encode("ulaw", dtmfTone(key, 80)), gap]));
  const caller = await run({ scenario: "call-with-tones.xml", files: { "tones.raw": Buffer.concat([gap, gap, ...keys.slice(0, 8), ...keys.slice(9), gap]) } });
  await succeeds(caller);
  expect(ivr.calls[0]!.digits()).toBe("123456780*#9");
  expect(ivr.calls[0]!.events.every((event) => event.type !== "digit" || event.source === "inband")).toBe(true);
});

test("every fifth message lost: 20 calls go through all the same", async () => {
  const caller = await run({ scenario: "call-and-hang-up.xml", calls: 20, more: ["-r", "20", "-lost", "20"] });
  // sipp also logs what reaches calls that it has already forgotten: only its verdict counts.
  expect(await caller.ended).toBe(0);
  await until(() => ivr.telephony.stats().legs === 0, 40_000);
});

test("100 calls in a second", async () => {
  await succeeds(await run({ scenario: "call-and-hang-up.xml", calls: 100, more: ["-r", "100"] }));
  await until(() => ivr.telephony.stats().legs === 0);
  expect(ivr.calls.filter((call) => call.has("answered"))).toHaveLength(100);
});
