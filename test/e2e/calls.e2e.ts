import { afterAll, beforeAll, expect, test } from "vitest";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import type { Telephony } from "../../runtime/ports/telephony.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
let caller: Telephony;
beforeAll(async () => {
  journey = await startJourney();
  const { address, port } = journey.server.sip;
  caller = sipTelephony({
    bind: "127.0.0.1",
    sipPort: 0,
    rtpPorts: [0, 0],
    maxLegs: 4,
    allow: "any",
    trunks: [{ name: "sufler", host: address, port, transport: "udp", register: false, callerId: "+79005554433", maxLines: 2 }],
  });
  await caller.start({ onIncoming: (leg) => leg.reject(486) });
});
afterAll(async () => {
  await caller?.stop();
  await journey?.stop();
});

test("a real SIP call is seen live, followed on its flow, and kept with facts and journal", async () => {
  const page = await journey.open("/calls");
  await page.getByText("Звонков нет").waitFor();
  const leg = caller.dial({ to: "1000", trunk: "sufler", ringTimeoutMs: 10_000 });
  const ended = new Promise<void>((resolve) => leg.listen((event) => event.type === "hungup" && resolve()));
  const live = page.getByRole("region", { name: "Идут сейчас" });
  await live.getByRole("cell", { name: /79005554433/ }).click();
  await page.waitForURL(/\/calls\/./);
  await page.locator("[data-active]").first().waitFor();
  await page.waitForTimeout(1500);
  leg.hangup();
  await ended;
  // The page goes over to the finished call by itself.
  await page.getByRole("button", { name: "Прервать" }).waitFor({ state: "detached" });
  await page
    .locator("dd", { hasText: /^\d+:\d\d$/ })
    .first()
    .waitFor();
  await page.locator("dd", { hasText: /^16/ }).first().waitFor();
  const { calls } = await journey.server.api<{ calls: { ended: string; q850: number }[] }>("GET", "/api/calls");
  expect(calls[0]).toMatchObject({ ended: "caller-hangup", q850: 16 });
  // The totals count it at once: hung up in the menu, one call in each breakdown.
  const totals = await journey.server.api<{ calls: number; ways: { key: string; calls: number }[] }>("GET", "/api/calls/totals");
  expect(totals.calls).toBe(1);
  expect(totals.ways.filter((row) => row.calls > 0)).toMatchObject([{ key: "left", calls: 1 }]);
  await page.getByRole("tab", { name: "Журнал" }).click();
  await page.getByRole("cell", { name: "прозвучало" }).first().waitFor();
  expect(journey.errors).toEqual([]);
});
