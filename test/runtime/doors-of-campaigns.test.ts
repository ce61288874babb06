import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decode } from "../../editor/campaigns/decode-text.ts";
import { startTestServer, type TestServer } from "../server.ts";

/** What can never work is refused where it is written, and what two people do at one moment works for both. */
let server: TestServer;
beforeAll(async () => {
  const trunks = [{ name: "main", host: "127.0.0.1", port: 9, transport: "udp" as const, register: false, maxLines: 2 }];
  server = await startTestServer({ trunks });
});
afterAll(() => server?.stop());

const campaign = { title: "Опрос", strategy: "nps-campaign", consent: "договор" };
const refused = async (method: string, path: string, body: unknown, status = 422) =>
  (await server.api<{ error: { code: string; message: { ru: string; en: string } } }>(method, path, body, status)).error;

describe("a campaign", () => {
  test.each([
    ["09:00", "09:00"],
    ["22:00", "06:00"],
    ["24:00", "10:00"],
  ])("without a minute is refused: %s–%s, new and changed", async (windowFrom, windowTo) => {
    expect(await refused("POST", "/api/campaigns", { ...campaign, windowFrom, windowTo })).toMatchObject({ code: "empty-window" });
    const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", campaign, 201);
    expect(await refused("PUT", `/api/campaigns/${id}`, { windowFrom, windowTo })).toMatchObject({ code: "empty-window" });
  });

  test("of a flow that is no strategy is refused", async () => {
    await server.api("POST", "/api/templates/main-menu/clone", { id: "menu" }, 201);
    expect(await refused("POST", "/api/campaigns", { ...campaign, strategy: "menu" })).toMatchObject({ code: "not-a-strategy" });
  });

  test("through a trunk that is not configured does not start", async () => {
    const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", { ...campaign, trunk: "nope" }, 201);
    expect((await refused("POST", `/api/campaigns/${id}/start`, {}, 409)).message.en).toMatch(/no trunk "nope": main configured/);
  });
});

describe("at one moment", () => {
  test("eight people make a flow of one name: each gets one", async () => {
    const document = { ...JSON.parse(readFileSync("templates/main-menu/flow.json", "utf8")), id: "both" };
    const made = await Promise.all(Array.from({ length: 8 }, () => server.api<{ id: string }>("POST", "/api/flows", { document, rename: true }, 201)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
    const clones = await Promise.all(Array.from({ length: 5 }, () => server.api<{ id: string }>("POST", "/api/templates/main-menu/clone", {}, 201)));
    expect(new Set(clones.map(({ id }) => id)).size).toBe(5);
  });
  test("eight people make a flow with one id: one gets it, the others are told", async () => {
    const document = { ...JSON.parse(readFileSync("templates/main-menu/flow.json", "utf8")), id: "only" };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(`${server.url}/api/flows`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ document }) }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });
});

test.each(["http://127.0.0.1:99999", "http:///x", "http://[fe80::1%25eth0]/", "ftp://a/b", "https://"])(
  "%s is no address of a connector or a gateway",
  async (url) => {
    expect(await refused("PUT", "/api/connectors/crm", { title: { ru: "CRM" }, kind: "webhook", url })).toMatchObject({ code: "bad-url" });
    const answer = await fetch(`${server.url}/api/messages/gateways/sms`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url }),
    });
    expect([400, 422]).toContain(answer.status);
  },
);

test("a list in UTF-16, as Excel writes «Unicode text», is read", () => {
  const text = "phone\tname\n+79161234567\tЁлка";
  const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) expect(decode(new Uint8Array(bytes).buffer)).toBe(text);
});
