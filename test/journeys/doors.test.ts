import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../server.ts";
import { newFolder, run, serveChild } from "./process.ts";

/** One clear sentence with the way out, whatever is wrong at the start. */
describe("a start that cannot be", () => {
  const start = (environment: Record<string, string>) =>
    run(serveChild, [], {
      SUFLER_HTTP_PORT: "0",
      SUFLER_SIP_PORT: "0",
      SUFLER_RTP_PORTS: "0-0",
      SUFLER_VOICE: "tone",
      SUFLER_DATA: newFolder(),
      ...environment,
    });

  test("a busy HTTP port", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => holder.once("listening", resolve));
    const { port } = holder.address() as { port: number };
    const { code, output } = await start({ SUFLER_HTTP_PORT: String(port) });
    holder.close();
    expect(output.trim()).toBe(`Port ${port} (HTTP) is in use: stop the program that uses it or choose another port with SUFLER_HTTP_PORT.`);
    expect(code).toBe(1);
  });

  test("a busy SIP port", async () => {
    const holder = createSocket("udp4");
    await new Promise<void>((resolve) => holder.bind(0, "127.0.0.1", resolve));
    const { port } = holder.address();
    const { code, output } = await start({ SUFLER_SIP_PORT: String(port) });
    holder.close();
    expect(output).toContain(`Port ${port} (SIP) is in use`);
    expect(output).toContain("SUFLER_SIP_PORT");
    expect(code).toBe(1);
  });

  test.each<[string, () => Record<string, string>, RegExp]>([
    ["a data folder that is a file", () => ({ SUFLER_DATA: fileIn(newFolder()) }), /cannot be written.*SUFLER_DATA/],
    ["a word for a port", () => ({ SUFLER_HTTP_PORT: "eighty" }), /"httpPort".*SUFLER_HTTP_PORT/],
    ["a time zone that is none", () => ({ SUFLER_ZONE: "Mars/Olympus" }), /"zone" is not a time zone.*SUFLER_ZONE/],
    ["an open address without a password", () => ({ SUFLER_BIND: "0.0.0.0" }), /set SUFLER_PASSWORD/],
    ["an open address without TLS", () => ({ SUFLER_BIND: "0.0.0.0", SUFLER_PASSWORD: "secret" }), /needs TLS.*SUFLER_BEHIND_PROXY/],
    ["an address this machine does not have", () => ({ SUFLER_BIND: "127.0.0.1", SUFLER_CONFIG: "/no/such/file.json" }), /SUFLER_CONFIG points to/],
    ["a configuration that is not JSON", () => ({ SUFLER_CONFIG: fileIn(newFolder()) }), /is not valid JSON/],
  ])("%s", async (_name, environment, message) => {
    const { code, output } = await start(environment());
    expect(output).toMatch(message);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  test("an old Node without the project's own says what to do", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "bin"));
    const { readFileSync } = await import("node:fs");
    const source = readFileSync(join(import.meta.dirname, "..", "..", "bin", "sufler.mjs"), "utf8").replace("process.versions.node", '"20.0.0"');
    writeFileSync(join(folder, "bin", "sufler.mjs"), source);
    const { code, output } = await run(join(folder, "bin", "sufler.mjs"), ["serve"], {});
    expect(output).toMatch(/Sufler needs Node 24 or newer.*npm install/);
    expect(code).toBe(1);
  });
});

function fileIn(folder: string): string {
  const file = join(folder, "plain.txt");
  writeFileSync(file, "not a folder, not JSON");
  chmodSync(file, 0o644);
  return file;
}

describe("bad input over HTTP", () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startTestServer()));
  afterAll(() => server.stop());

  type Refusal = { error: { code: string; message: { ru: string; en: string }; issues?: { message: { en: string } }[] } };
  test.each<[string, string, string, unknown, number, string]>([
    ["a malformed flow names the place", "POST", "/api/flows", { document: { sufler: 1, id: "X!" } }, 422, "malformed"],
    ["a body that is not what it should be", "POST", "/api/flows", { nothing: 1 }, 400, "invalid"],
    ["an unknown flow", "GET", "/api/flows/none", undefined, 404, "not-found"],
    ["a list that is not there", "PUT", "/api/lists/none/entries/123", { reason: "" }, 404, "not-found"],
    ["a calendar with a bad clock", "PUT", "/api/calendars/c", { zone: "Europe/Moscow", week: { "1": [{ from: "25:00", to: "26:00" }] } }, 400, "invalid"],
    ["a number bound to no flow", "PUT", "/api/numbers/77", { flow: "none" }, 422, "unknown-flow"],
    ["a script that is not published", "POST", "/api/desk/runs", { flow: "none" }, 409, "cannot-start"],
    ["an unknown path", "GET", "/api/nothing", undefined, 404, "not-found"],
    ["a recording that climbs out", "GET", "/api/calls/..%2F..%2Fx/recordings/..%2F..%2Fsufler.sqlite", undefined, 404, "not-found"],
  ])("%s", async (_name, method, path, body, status, code) => {
    const refusal = await server.api<Refusal>(method, path, body, status);
    expect(refusal.error.code).toBe(code);
    expect(refusal.error.message.ru.length * refusal.error.message.en.length).toBeGreaterThan(0);
  });

  test("broken JSON, a huge body, broken audio: clear refusals, the server lives", async () => {
    const post = (path: string, body: string | Uint8Array<ArrayBuffer>, type: string) =>
      fetch(`${server.url}${path}`, { method: "POST", body, headers: { "content-type": type } });
    expect((await post("/api/flows", "{", "application/json")).status).toBe(400);
    expect((await post("/api/prompts", new Uint8Array(26 * 1024 * 1024), "audio/wav")).status).toBe(413);
    const audio = await post("/api/prompts?title=x", new TextEncoder().encode("RIFF but not really"), "audio/wav");
    expect(audio.status).toBe(422);
    expect(((await audio.json()) as Refusal).error.code).toMatch(/^audio-/);
    expect((await server.api<{ status: string }>("GET", "/api/health")).status).toBe("ok");
  });

  test("another site's page cannot change anything", async () => {
    const response = await fetch(`${server.url}/api/flows/main-menu`, { method: "DELETE", headers: { origin: "https://evil.example" } });
    expect(response.status).toBe(403);
  });

  test("a flow with errors is not published, and says which", async () => {
    const { document } = await server.api<{ document: { id: string; nodes: Record<string, { exits: Record<string, string> }> } }>(
      "GET",
      "/api/flows/nps-survey",
    );
    const copy = { ...document, id: "broken" };
    copy.nodes["hello"]!.exits = {};
    await server.api("POST", "/api/flows", { document: copy });
    const refusal = await server.api<Refusal>("POST", "/api/flows/broken/publish", { revision: 1 }, 422);
    expect(refusal.error.issues?.some((issue) => issue.message.en.includes("is not connected"))).toBe(true);
  });

  test("live events resume after Last-Event-ID", async () => {
    const read = async (headers: Record<string, string>, count: number): Promise<{ id: number }[]> => {
      const stop = new AbortController();
      const response = await fetch(`${server.url}/api/live`, { headers, signal: stop.signal });
      const ids: { id: number }[] = [];
      let text = "";
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        ids.splice(0, ids.length, ...[...text.matchAll(/^id: (\d+)$/gm)].map((match) => ({ id: Number(match[1]) })));
        if (ids.length >= count) break;
      }
      stop.abort();
      return ids;
    };
    const first = read({}, 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.api("POST", "/api/desk/runs", { flow: "first-line" });
    const seen = await first;
    const resumed = await read({ "last-event-id": String(seen[0]!.id) }, 2);
    expect(resumed.slice(0, 2).map((each) => each.id)).toEqual(seen.slice(1, 3).map((each) => each.id));
  });
});

test("with a password nothing under /api answers without it", async () => {
  const server = await startTestServer({ password: "секрет" });
  try {
    await server.api("GET", "/api/flows", undefined, 401);
    await server.api("POST", "/api/session", { password: "нет" }, 401);
    const signedIn = await fetch(`${server.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password: "секрет" }),
    });
    const cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
    expect((await fetch(`${server.url}/api/flows`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${server.url}/api/flows`, { headers: { cookie: `${cookie}x` } })).status).toBe(401);
    expect((await fetch(`${server.url}/api/flows`, { headers: { authorization: `Basic ${Buffer.from("any:секрет").toString("base64")}` } })).status).toBe(200);
  } finally {
    await server.stop();
  }
});
