import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../server.ts";
import { raw, type Raw } from "./raw-request.ts";

const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
const lan = own.find((each) => !each.internal && each.family === "IPv4")?.address;

describe("a request names this server", () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startTestServer({ publicUrl: "https://calls.example.com:8443/office" })));
  afterAll(() => server.stop());
  const ask = (host: string, more: Raw = {}) => raw(server.httpPort, { ...more, headers: { host, ...more.headers } });

  const taken = [
    "localhost",
    "LOCALHOST:99",
    "localhost.",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.8.8.8",
    "[::1]",
    "2130706433",
    "0x7f.1",
    "calls.example.com",
    "Calls.Example.Com:8443",
  ];
  test.each(lan ? [...taken, lan, `${lan}:80`] : taken)("%s is taken", async (host) => expect((await ask(host)).status).toBe(200));

  const refused = [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "example.com",
    "calls.example.com.evil.example",
    "8.8.8.8",
    "[2001:db8::1]",
    "localhost@evil.example",
    "evil.example#localhost",
    "a b",
  ];
  test.each(refused)("%o is refused", async (host) => {
    const answer = await ask(host);
    expect([400, 403]).toContain(answer.status);
    expect(answer.body).not.toContain("main-menu");
  });

  test.each(["/", "/api/live", "/api/health", "/api/openapi.json", "/assets/x.js", "/api/calls/x/recordings/y.wav"])("at every path: %s", async (path) =>
    expect((await ask("evil.example", { path })).status).toBe(403),
  );

  test("before a body is read, a socket opened or anything changed", async () => {
    expect((await ask("evil.example", { method: "DELETE", path: "/api/flows/main-menu" })).status).toBe(403);
    const socket = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-key": "x", "sec-websocket-version": "13" };
    expect((await ask("evil.example", { path: "/api/live", headers: socket })).status).toBe(403);
    expect((await ask("localhost", { path: "/api/live", headers: { ...socket, origin: "http://evil.example" } })).status).toBe(403);
    expect((await ask("localhost", { path: "/api/flows/main-menu" })).status).toBe(200);
  });

  const origins: [string, Record<string, string>, number][] = [
    ["no origin (a program)", {}, 404],
    ["its own", { origin: "http://localhost:99" }, 404],
    ["its own, with TLS in front", { origin: "https://localhost:99" }, 404],
    ["the public address", { origin: "https://calls.example.com:8443" }, 404],
    ["another port", { origin: "http://localhost:98" }, 403],
    ["another site", { origin: "https://evil.example" }, 403],
    ["null, a sandboxed page", { origin: "null" }, 403],
    ["not an origin", { origin: "::::" }, 403],
    ["a file", { origin: "file://" }, 403],
    ["a page of another site without an origin", { "sec-fetch-site": "cross-site" }, 403],
  ];
  test.each(origins)("a change from %s", async (_name, headers, status) =>
    expect((await ask("localhost:99", { method: "POST", path: "/api/calls/none/hangup", headers })).status).toBe(status),
  );

  test.each(["/%ff", "/%", "/api/flows/%ff", "/api/prompts/%E0%A4%A.wav", "/assets/%ff.js"])("a path that cannot be read: %s", async (path) => {
    const { status } = await ask("localhost", { path });
    expect(status).toBeGreaterThanOrEqual(path === "/%" || path.startsWith("/api") || path.includes("ff") ? 400 : 200);
    expect(status).toBeLessThan(500);
  });

  test("a number goes to one of two flows at once, and to another only when its holder is named", async () => {
    const put = (flow: string, from?: string) =>
      ask("localhost", {
        method: "PUT",
        path: "/api/numbers/7777",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ flow, ...(from ? { from } : {}) }),
      });
    const both = await Promise.all([put("main-menu"), put("after-hours")]);
    expect(both.map((each) => each.status).toSorted()).toEqual([204, 409]);
    const winner = both[0]!.status === 204 ? "main-menu" : "after-hours";
    expect((await put("nps-survey")).status).toBe(409);
    expect((await put("nps-survey", winner)).status).toBe(204);
  });

  test("headers stand on every answer: pages, API, errors, refusals", async () => {
    for (const path of ["/", "/api/health", "/api/nothing", "/%ff", "/assets/none.js", "/api/openapi.json"]) {
      const { headers } = await ask("localhost", { path });
      const policy = String(headers["content-security-policy"]);
      expect(policy, path).toContain("script-src 'self';");
      expect(policy, path).not.toContain("unsafe-eval");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(headers, path).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
    }
    expect((await ask("evil.example")).headers["content-security-policy"]).toBeDefined();
  });
});
