import { spawn, type ChildProcess } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newFolder } from "./process.ts";

/** Each route with the largest input it takes: the main thread is never held for long. */
let child: ChildProcess;
let lines: Interface;
let url = "";
const next = () => new Promise<string>((resolve) => lines.once("line", resolve));

beforeAll(async () => {
  child = spawn(process.execPath, [join(import.meta.dirname, "ticking-child.ts")], {
    env: {
      ...process.env,
      SUFLER_DATA: newFolder(),
      SUFLER_HTTP_PORT: "0",
      SUFLER_SIP_PORT: "0",
      SUFLER_RTP_PORTS: "0-0",
      SUFLER_VOICE: "tone",
      SUFLER_MAX_CALLS: "10",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  lines = createInterface({ input: child.stdout! });
  ({ url } = JSON.parse(await next()) as { url: string });
});
afterAll(async () => {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
});

/** The longest hold of the main thread since the last question, in units of a fixed piece of work. */
async function held(): Promise<number> {
  const answer = next();
  child.stdin!.write("lag\n");
  const { held: longest, unit } = JSON.parse(await answer) as { held: number; unit: number };
  return longest / unit;
}

type Sent = { method: string; path: string; body?: string | Buffer; type?: string };
function send({ method, path, body, type = "application/json" }: Sent): Promise<{ status: number; bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${url}${path}`,
      { method, headers: body === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) } },
      (response) => {
        let bytes = 0;
        let text = "";
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (text.length < 2_000) text += chunk.toString();
        });
        response.on("end", () => resolve({ status: response.statusCode!, bytes, text }));
      },
    );
    // Refused before the whole body was taken.
    sent.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EPIPE" || error.code === "ECONNRESET" ? resolve({ status: 413, bytes: 0, text: "" }) : reject(error),
    );
    sent.end(body);
  });
}
const json = (value: unknown) => JSON.stringify(value);

const nodes = (count: number) => {
  const all: Record<string, unknown> = {};
  for (let n = 0; n < count; n++) all[`n${n}`] = { type: "say", config: { prompt: "p" }, exits: { next: n + 1 < count ? `n${n + 1}` : "end" } };
  return { ...all, end: { type: "hangup", config: {}, exits: {} } };
};
const flow = (id: string, count: number) => ({
  sufler: 2,
  id,
  kind: "ivr",
  title: { ru: id },
  languages: ["ru"],
  prompts: { p: { ru: "П" } },
  start: "n0",
  nodes: nodes(count),
});
const phone = (n: number) => `+7916${String(1_000_000 + n).slice(0, 7)}`;
const csv = (rows: number, width = 3) =>
  [
    "phone;name;" + Array.from({ length: width }, (_, n) => `c${n}`).join(";"),
    ...Array.from({ length: rows }, (_, n) => `${phone(n)};Имя ${n};${Array.from({ length: width }, (_each, k) => `${n + k}`).join(";")}`),
  ].join("\n");

describe("what a stranger sends is refused before it costs anything", () => {
  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const hostile: [string, Sent, number[]][] = [
    ["20,000 lists in one another", { method: "POST", path: "/api/flows", body: deep(20_000) }, [400]],
    ["20,000 maps in one another", { method: "POST", path: "/api/flows", body: `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}` }, [400]],
    ["depth inside a value of a small route", { method: "PUT", path: "/api/tables/t/rows/k", body: `{"values":{"a":${deep(20_000)}}}` }, [400]],
    ["21 MB of empty maps", { method: "POST", path: "/api/flows", body: `[${"{},".repeat(7_000_000)}{}]` }, [413]],
    ["24 MB of figures where a CSV belongs", { method: "POST", path: "/api/contacts/preview", body: `{"csv":[${"1,".repeat(12_000_000)}1]}` }, [413]],
    ["a large body on a small route", { method: "POST", path: "/api/desk/runs", body: json({ flow: "x".repeat(2_000_000) }) }, [413]],
    ["a megabyte of small values", { method: "PUT", path: "/api/settings/none", body: `[${"1,".repeat(400_000)}1]` }, [404, 413]],
    ["brackets inside a text are text", { method: "POST", path: "/api/desk/runs", body: json({ flow: "[".repeat(5_000) }) }, [400]],
  ];
  test.each(hostile)("%s", async (_name, sent, statuses) => {
    await held();
    const { status } = await send(sent);
    const hold = await held();
    expect(statuses).toContain(status);
    expect(hold).toBeLessThan(2);
  });
});

describe("the largest that is allowed", { timeout: 240_000 }, () => {
  test("one after another", async () => {
    const results: Record<string, [number, number, number]> = {};
    const drive = async (name: string, sent: Sent) => {
      await held();
      const { status, bytes, text } = await send(sent);
      results[name] = [status, bytes, Math.round((await held()) * 100) / 100];
      return text;
    };
    const quiet = await held();
    const { id } = JSON.parse(
      await drive("make a campaign", { method: "POST", path: "/api/campaigns", body: json({ title: "K", strategy: "nps-campaign" }) }),
    ) as { id: string };
    const list = csv(200_000);
    await drive("preview", { method: "POST", path: `/api/campaigns/${id}/preview`, body: json({ csv: list }) });
    await drive("import contacts", {
      method: "POST",
      path: `/api/campaigns/${id}/contacts`,
      body: json({ csv: list, mapping: { phone: "phone", name: "name" } }),
    });
    await drive("results.csv", { method: "GET", path: `/api/campaigns/${id}/results.csv` });
    await drive("contacts page", { method: "GET", path: `/api/campaigns/${id}/contacts?limit=1000&search=${encodeURIComponent("имя 19")}` });
    const shorter = csv(50_000);
    await drive("import people", { method: "POST", path: "/api/contacts/import", body: json({ csv: shorter, mapping: { phone: "phone", name: "name" } }) });
    await drive("contacts.csv", { method: "GET", path: "/api/contacts.csv" });
    await drive("people page", { method: "GET", path: "/api/contacts?limit=1000" });
    await drive("make a table", { method: "PUT", path: "/api/tables/t", body: json({ title: { ru: "t" }, columns: [] }) });
    await drive("import table", { method: "POST", path: "/api/tables/t/import", body: json({ csv: shorter, key: "phone" }) });
    await drive("rows.csv", { method: "GET", path: "/api/tables/t/rows.csv" });
    const bad = csv(200_000).replaceAll("+7916", "x");
    await drive("import bad rows", { method: "POST", path: `/api/campaigns/${id}/contacts`, body: json({ csv: bad, mapping: { phone: "phone" } }) });
    await drive("errors.csv", { method: "GET", path: `/api/campaigns/${id}/errors.csv` });
    await drive("make a flow of 4,000 nodes", { method: "POST", path: "/api/flows", body: json({ document: flow("big", 4_000) }) });
    await drive("save it", { method: "PUT", path: "/api/flows/big", body: json({ document: flow("big", 4_000), revision: 1 }) });
    await drive("check it", { method: "POST", path: "/api/flows/big/check", body: json({ document: flow("big", 4_000) }) });
    await drive("publish it", { method: "POST", path: "/api/flows/big/publish", body: json({ revision: 2 }) });
    await drive("upload", { method: "POST", path: "/api/prompts?title=x", body: Buffer.alloc(20 * 1024 * 1024, 1), type: "audio/wav" });
    await drive("calls.csv", { method: "GET", path: "/api/calls.csv" });
    await drive("journals", { method: "GET", path: "/api/calls/journals?limit=1000" });
    await drive("openapi", { method: "GET", path: "/api/openapi.json" });
    // Quiet, it is a hundredth of the unit; a route that blocked for seconds was at ten and more.
    expect(quiet).toBeLessThan(1);
    expect(Object.entries(results).filter(([, [status, , hold]]) => hold > 4 || status >= 500)).toEqual([]);
  }, 240_000);
});
