import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fold, type JournalLine } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { playersOf } from "../../flows/simulate/player.ts";
import { performTalk } from "../../flows/simulate/run-conversation.ts";
import type { CallTotals } from "../../runtime/http/call-totals.ts";
import type { Store } from "../../runtime/ports/store.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { startTestServer, type TestServer } from "../server.ts";

/** Totals over HTTP, of calls that were stored before anybody counted: more of them than one request counts. */
const root = join(import.meta.dirname, "..", "..");
const flow: Flow = parseFlow(JSON.parse(readFileSync(join(root, "docs", "examples", "main-menu.flow.json"), "utf8"))).flow!;
const day = 86_400_000;
const many = 1_203;
const third = many / 3;
let data: string;
let server: TestServer;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "sufler-totals-"));
  const store = await sqliteStore(join(data, "sufler.sqlite"), readStoredFlow);
  await store.flows.create(flow, 1, null);
  const version = await store.flows.publish(flow, "", 1);
  await Promise.all(Array.from({ length: many }, (_, n) => keep(store, String(n), version, n)));
  await store.close();
  server = await startTestServer({ data, demo: false });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(data, { recursive: true, force: true });
});

const callOf = (id: string, version: number, at: number) => ({
  id,
  flow: flow.id,
  version,
  kind: "ivr",
  direction: "inbound" as const,
  caller: `+7999${id}`,
  dialled: "1000",
  sipCallId: "",
  startedAt: at,
  operator: "",
  attempt: null,
});

/** Every third asks for the hours, every third hangs up, every third is refused before a flow. */
const start = playersOf(flow);
async function keep(store: Store, id: string, version: number, n: number): Promise<void> {
  const at = (n % 2) * day + n;
  const call = n % 3 === 2 ? { ...callOf(id, 0, at), flow: "" } : callOf(id, version, at);
  const lines = n % 3 === 2 ? refusal(at) : journalOf(n % 3 === 0 ? { press: "1" } : { hangup: true });
  await store.calls.begin(call, []);
  await store.calls.finish(
    id,
    { endedAt: at + 1, answeredAt: at, result: fold(lines) },
    lines.map((line, index) => ({ ...line, callId: id, seq: index + 1 })),
  );
}
function journalOf(act: { press: string } | { hangup: true }) {
  const player = start(conversationSchema.parse({ title: "", talk: [], expect: {} }).given);
  performTalk(player, [{ wait: 12 }, act]);
  while (!player.done && player.advanceOne());
  return [...player.journal];
}
const refusal = (at: number): JournalLine[] => [
  { at, node: "", kind: "note", data: { refused: 486 } },
  { at, node: "", kind: "end", data: { ended: "flow", outcome: "blacklisted" } },
];

const totals = (query = "") => server.api<CallTotals>("GET", `/api/calls/totals?${query}`);
const listed = async (query: string, row: Record<string, string>) =>
  (await server.api<{ total: number }>("GET", `/api/calls?${new URLSearchParams({ limit: "1", ...Object.fromEntries(new URLSearchParams(query)), ...row })}`))
    .total;
const sum = (rows: readonly { calls: number }[]) => rows.reduce((all, row) => all + row.calls, 0);

test("one request counts some, the rest are counted behind; until then they are told apart", async () => {
  const first = await totals();
  expect(first.calls + first.uncounted).toBe(many);
  expect(first.calls).toBeGreaterThanOrEqual(500);
  await expect.poll(async () => (await totals()).uncounted, { timeout: 20_000 }).toBe(0);
  expect(await totals()).toMatchObject({ calls: many, live: 0 });
});

test.each(["", `flow=main-menu`, `from=${day}`, "search=99912"])("every row of the totals of [%s] opens as many calls as it says", async (query) => {
  const found = await totals(query);
  expect(found.calls).toBeGreaterThan(0);
  for (const rows of [found.ways, found.reasons, found.outcomes, found.ended]) expect(sum(rows)).toBe(found.calls);
  for (const { key, calls } of found.ways) expect(await listed(query, { way: key })).toBe(calls);
  for (const { key, calls } of found.outcomes) expect(await listed(query, { outcome: key ?? "-" })).toBe(calls);
  for (const { key, calls } of found.reasons) expect(await listed(query, key ?? { reason: "-" })).toBe(calls);
});

test("what they are, in the words of the flow", async () => {
  const found = await totals("flow=main-menu");
  expect(found.reasons).toMatchObject([
    { key: { flow: "main-menu", reason: "choose:1" }, title: { ru: "hours" }, calls: third },
    { key: null, title: null, calls: third },
  ]);
  expect(found.ways.filter((row) => row.calls > 0).map(({ key, calls }) => [key, calls])).toEqual([
    ["deflected", third],
    ["left", third],
  ]);
  expect(found.unmarked).toEqual(["main-menu"]);
  expect((await totals()).ways.find((row) => row.key === "refused")).toMatchObject({ calls: third });
});

test("a period without calls is empty, a filter that is none is refused", async () => {
  expect(await totals(`from=${100 * day}`)).toMatchObject({ calls: 0, reasons: [], outcomes: [] });
  await server.api("GET", "/api/calls/totals?way=nonsense", undefined, 400);
});

test("journals of the API say which flow they were played on, and are what sufler report reads", async () => {
  const lines = (await (await fetch(`${server.url}/api/calls/journals?flow=main-menu&limit=3`)).text()).trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { flow: string }).flow)).toEqual(["main-menu", "main-menu", "main-menu"]);
});
