import { createServer, type Server } from "node:http";
import type { LookupAddress } from "node:dns";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isHostEntry } from "../../runtime/outside/address-rules.ts";
import { outside } from "../../runtime/outside/fetch-bounded.ts";
import { hostsRead } from "./hosts-read.ts";

let server: Server;
let port = 0;
const asked: { url: string; method: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ url: request.url!, method: request.method!, headers: request.headers, body });
      const to = new URL(request.url!, "http://x").searchParams.get("to");
      if (to) response.writeHead(Number(request.url!.slice(1, 4)), { location: to }).end();
      else if (request.url === "/packed") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(JSON.stringify({ packed: true })));
      else if (request.url === "/bomb") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000)));
      else response.end(JSON.stringify({ ok: request.method }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Lookup = NonNullable<Parameters<typeof outside>[0]["lookup"]>;
/** A resolver of the test's own: names, and what they resolve to at each question. */
const resolver = (names: Record<string, string[][]>): Lookup =>
  ((name: string, _options: object, callback: (error: Error | null, found: LookupAddress[]) => void) => {
    const answers = names[name] ?? [];
    const addresses = answers.length > 1 ? answers.shift()! : (answers[0] ?? []);
    if (addresses.length === 0) callback(new Error(`no such name ${name}`), []);
    else
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
  }) as Lookup;
const ask = (address: string, { allowed = [] as string[], names = {} as Record<string, string[][]> } = {}) =>
  outside({ allowed: () => allowed, ...(Object.keys(names).length > 0 ? { lookup: resolver(names) } : {}) })(address, {}, { timeoutMs: 5_000 });
const refused = { refused: expect.stringContaining("SUFLER_ALLOW_HOSTS") };

describe("addresses that are closed", () => {
  const own = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map((one) => one.address.split("%")[0]!));
  const closed = [
    "127.0.0.1",
    "127.9.9.9",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[fd00:ec2::254]",
    "[fc00::1]",
    "[fe80::1]",
    "[ff02::1]",
    "224.0.0.1",
    "255.255.255.255",
    ...own.map((address) => (address.includes(":") ? `[${address}]` : address)),
  ];
  test.each([...new Set(closed)])("%s", async (host) => {
    const before = asked.length;
    expect(await ask(`http://${host}:${port}/`)).toEqual(refused);
    expect(asked.length).toBe(before);
  });

  test.each(["localhost", "LOCALHOST"])("a name of this machine: %s", async (host) => expect(await ask(`http://${host}:${port}/`)).toEqual(refused));

  test.each([[["10.0.0.5"]], [["93.184.216.34", "127.0.0.1"]], [["::ffff:10.0.0.1"]], [["fd00:ec2::254"]]])("a name that resolves to %j", async (addresses) => {
    expect(await ask(`http://shop.example:${port}/`, { names: { "shop.example": [addresses] } })).toEqual(refused);
  });

  test.each(["ftp://127.0.0.1/", "file:///etc/passwd", "gopher://x", "no address"])("%s is no http", async (address) => {
    expect(await ask(address)).toMatchObject({ failed: expect.any(String) });
  });
});

describe("what is allowed", () => {
  test.each([["127.0.0.1"], ["127.0.0.0/8"], ["10.0.0.0/8", "127.0.0.1/32"]])("by %s", async (...allowed) => {
    expect(await ask(`http://127.0.0.1:${port}/x`, { allowed })).toEqual({ status: 200, value: { ok: "GET" } });
  });
  const names = { "crm.office": [["127.0.0.1"]], "a.crm.office": [["127.0.0.1"]], "evilcrm.office": [["127.0.0.1"]] };
  test("by name, and by the names below one; no other that looks alike", async () => {
    expect(await ask(`http://crm.office:${port}/`, { names, allowed: ["CRM.office"] })).toMatchObject({ status: 200 });
    expect(await ask(`http://a.crm.office:${port}/`, { names, allowed: ["*.crm.office"] })).toMatchObject({ status: 200 });
    expect(await ask(`http://crm.office:${port}/`, { names, allowed: ["*.crm.office"] })).toEqual(refused);
    expect(await ask(`http://evilcrm.office:${port}/`, { names, allowed: ["crm.office", "*.crm.office"] })).toEqual(refused);
    expect(await ask(`http://127.0.0.1:${port}/`, { names, allowed: ["crm.office"] })).toEqual(refused);
  });
  test("an entry is a name, an address or a network", () => {
    expect(["crm.local", "*.corp", "10.0.0.0/8", "::1", "fd00::/8", "h_1"].map(isHostEntry)).toEqual([true, true, true, true, true, true]);
    expect(["", "http://x", "a b", "10.0.0.0/33", "*", "*.", "x/y", "-x"].map(isHostEntry)).toEqual(Array(8).fill(false));
  });
});

describe("the connection goes where was checked", () => {
  test("a name that answers otherwise the second time is asked once", async () => {
    const names = { "turn.example": [["127.0.0.1"], ["10.0.0.1"]] };
    expect(await ask(`http://turn.example:${port}/`, { names, allowed: ["127.0.0.1"] })).toMatchObject({ status: 200 });
    expect(await ask(`http://turn.example:${port}/`, { names, allowed: ["127.0.0.1"] })).toEqual(refused);
  });

  test.each([301, 302, 303, 307, 308])("a redirect (%i) to a closed address is refused, to an allowed one followed", async (status) => {
    const to = (host: string) => `http://127.0.0.1:${port}/${status}?to=${encodeURIComponent(`http://${host}:${port}/end`)}`;
    expect(await ask(to("localhost"), { allowed: ["127.0.0.1/32"] })).toMatchObject({ status: 200 });
    expect(await ask(to("127.0.0.2"), { allowed: ["127.0.0.1"] })).toEqual(refused);
    expect(await ask(to("2130706434"), { allowed: ["127.0.0.1"] })).toEqual(refused);
  });

  test("a POST becomes a GET where it must; what proves who we are stays with its origin", async () => {
    const way = outside({ allowed: () => ["127.0.0.1", "localhost"] });
    const sent = { method: "POST", body: "x", headers: { authorization: "Bearer t", "content-type": "text/plain" } };
    const to = (status: number, host: string) => `http://127.0.0.1:${port}/${status}?to=${encodeURIComponent(`http://${host}:${port}/end`)}`;
    await way(to(302, "127.0.0.1"), sent, { timeoutMs: 5_000 });
    expect(asked.at(-1)).toMatchObject({ method: "GET", body: "", headers: { authorization: "Bearer t" } });
    await way(to(307, "localhost"), sent, { timeoutMs: 5_000 });
    expect(asked.at(-1)).toMatchObject({ method: "POST", body: "x" });
    expect(asked.at(-1)!.headers["authorization"]).toBeUndefined();
  });

  test("a circle ends", async () => {
    const way = outside({ allowed: () => ["127.0.0.1"] });
    const endless = createServer((_request, response) => void response.writeHead(302, { location: "/again" }).end());
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    expect(await way(`http://127.0.0.1:${(endless.address() as AddressInfo).port}/`, {}, { timeoutMs: 5_000 })).toEqual({ failed: "more than 5 redirects" });
    endless.close();
  });

  test("a packed answer is read; one that unpacks without end is not", async () => {
    expect(await ask(`http://127.0.0.1:${port}/packed`, { allowed: ["127.0.0.1"] })).toEqual({ status: 200, value: { packed: true } });
    expect(await ask(`http://127.0.0.1:${port}/bomb`, { allowed: ["127.0.0.1"] })).toEqual({ failed: "the response is larger than 256 KB" });
  });
});

test("hosts in use at the upgrade stay allowed, once; a new installation allows none", hostsRead);
