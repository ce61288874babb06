import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { rm } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { guesses } from "../../runtime/http/auth/guesses.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { newFolder } from "./process.ts";
import { raw } from "./raw-request.ts";

const password = "верный пароль";
let server: TestServer;
let folder = "";
afterEach(async () => {
  await server.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
  folder = "";
});

type From = { localAddress?: string; forwarded?: string };
const headersOf = ({ forwarded }: From): Record<string, string> => (forwarded === undefined ? {} : { "x-forwarded-for": forwarded });
const form = (word: string, from: From = {}) =>
  raw(server.httpPort, {
    method: "POST",
    path: "/api/session",
    headers: { host: "localhost", "content-type": "application/json", ...headersOf(from) },
    body: JSON.stringify({ password: word }),
    ...from,
  });
const basic = (word: string, from: From = {}) =>
  raw(server.httpPort, {
    headers: { host: "localhost", authorization: `Basic ${Buffer.from(`any:${word}`).toString("base64")}`, ...headersOf(from) },
    ...from,
  });
const doors = { form, basic };

describe("after ten wrong passwords from an address", () => {
  test.each([
    ["form", "form"],
    ["form", "basic"],
    ["basic", "form"],
    ["basic", "basic"],
  ] as const)("tried by %s, the right one by %s waits, and other addresses do not", async (wrong, right) => {
    server = await startTestServer({ password });
    const statuses = await Promise.all(Array.from({ length: 15 }, () => doors[wrong]("мимо")));
    expect(statuses.map((each) => each.status).toSorted()).toEqual([...Array<number>(10).fill(401), ...Array<number>(5).fill(429)]);
    const refused = await doors[right](password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
    expect((await doors[right](password, { localAddress: "127.0.0.2" })).status).toBeLessThan(300);
  });

  test("requests without a password and right ones count for nothing", async () => {
    server = await startTestServer({ password });
    for (let n = 0; n < 20; n++) await raw(server.httpPort, { headers: { host: "localhost" } });
    for (let n = 0; n < 20; n++) expect((await basic(password)).status).toBe(200);
  });
});

describe("whose address it is", () => {
  test("without a proxy the header is the sender's own word", async () => {
    server = await startTestServer({ password });
    for (let n = 0; n < 10; n++) await form("мимо", { forwarded: `9.9.9.${n}` });
    expect((await form(password, { forwarded: "1.2.3.4" })).status).toBe(429);
  });

  test("a trusted proxy names the client: the last address that is no proxy's, whatever the client wrote before it", async () => {
    server = await startTestServer({ password, behindProxy: true });
    for (let n = 0; n < 10; n++) await form("мимо", { forwarded: `8.8.8.${n}, 203.0.113.7` });
    expect((await form(password, { forwarded: "203.0.113.8" })).status).toBe(204);
    expect((await form(password, { forwarded: "203.0.113.8, 203.0.113.7" })).status).toBe(429);
    expect((await form(password, { forwarded: "203.0.113.7, 127.0.0.9" })).status).toBe(429);
  });

  test.each(["203.0.113.9:4711", "[2001:db8:0:7::1]:4711"])("a proxy may write a port behind it: %s", async (forwarded) => {
    server = await startTestServer({ password, behindProxy: true });
    for (let n = 0; n < 10; n++) await form("мимо", { forwarded });
    expect((await form(password, { forwarded })).status).toBe(429);
    expect((await form(password, { forwarded: "203.0.113.8" })).status).toBe(204);
    expect((await form(password)).status).toBe(204);
  });

  test("another machine that poses as a proxy is not believed", async () => {
    server = await startTestServer({ password, behindProxy: true, trustedProxies: ["10.0.0.0/8"] });
    for (let n = 0; n < 10; n++) await form("мимо", { forwarded: `9.9.9.${n}` });
    expect((await form(password, { forwarded: "1.2.3.4" })).status).toBe(429);
  });

  test("a network of IPv6 is one address", async () => {
    server = await startTestServer({ password, behindProxy: true });
    for (let n = 0; n < 10; n++) await form("мимо", { forwarded: `2001:db8:0:1::${n}` });
    expect((await form(password, { forwarded: "2001:db8::1:ffff:0:0:1" })).status).toBe(429);
    expect((await form(password, { forwarded: "2001:db8:0:2::1" })).status).toBe(204);
  });
});

test("the count is of the last minute, and forgets the oldest address", () => {
  let now = 0;
  const counted = guesses(() => now);
  for (let n = 0; n < 10; n++) {
    now = n * 1_000;
    counted.wrong("a");
  }
  expect(counted.wait("a")).toBe(51);
  now = 59_999;
  expect(counted.wait("a")).toBe(1);
  now = 60_000;
  expect(counted.wait("a")).toBe(0);
  counted.wrong("a");
  expect(counted.wait("a")).toBe(1);
  for (let n = 0; n < 20_001; n++) counted.wrong(`b${n}`);
  expect(counted.wait("a")).toBe(0);
});

test("who signed in stays so over a restart; the token lies hashed; signing out or another password ends it", async () => {
  folder = newFolder();
  server = await startTestServer({ password, data: folder });
  const cookie = String((await form(password)).headers["set-cookie"]).split(";")[0]!;
  const ask = () => raw(server.httpPort, { headers: { host: "localhost", cookie } });
  expect((await ask()).status).toBe(200);
  await server.stop();
  for (const name of ["sufler.sqlite", "sufler.sqlite-wal"])
    expect((await readFile(join(folder, name)).catch(() => Buffer.alloc(0))).includes(cookie.split("=")[1]!)).toBe(false);
  server = await startTestServer({ password: "другой", data: folder });
  expect((await ask()).status).toBe(401);
  await server.stop();
  server = await startTestServer({ password, data: folder });
  expect((await ask()).status).toBe(200);
  expect((await raw(server.httpPort, { method: "DELETE", path: "/api/session", headers: { host: "localhost", cookie } })).status).toBe(204);
  expect((await ask()).status).toBe(401);
});
