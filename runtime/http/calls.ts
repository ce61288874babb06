import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import { ways } from "../../flows/reports/call-facts.ts";
import { conversationOf } from "../../flows/simulate/conversation-of-call.ts";
import { callTotals } from "./call-totals.ts";
import type { Keyset } from "../ports/data-store.ts";
import type { CallRow } from "../ports/store.ts";
import { AnswerColumns, mapPages, pagesOf, streamedCsv } from "./csv-stream.ts";
import type { HttpDeps } from "./deps.ts";
import { describe, notFound, query } from "./problem.ts";
import { pageQuery } from "./environment.ts";

const filterQuery = pageQuery.extend({
  flow: z.string().max(60).optional(),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  live: z.enum(["1"]).optional(),
  way: z.enum(ways).optional(),
  reason: z.string().max(1_000).optional(),
  outcome: z.string().max(100).optional(),
});
/** In a filter: calls without a reason, without an outcome. */
const none = "-";
const rowOf = (value: string) => (value === none ? null : value);

const filterOf = ({ flow, from, to, live, search, limit, offset, way, reason, outcome }: z.infer<typeof filterQuery>) => ({
  limit,
  offset,
  ...(flow ? { flow } : {}),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(search ? { search } : {}),
  ...(live ? { live: true } : {}),
  ...(way ? { way } : {}),
  ...(reason ? { reason: rowOf(reason) } : {}),
  ...(outcome ? { outcome: rowOf(outcome) } : {}),
});

/** Calls, live and past. */
const journalsQuery = z.object({ flow: z.string().max(60).optional(), limit: z.coerce.number().int().min(1).max(1_000).default(200) });

const journalQuery = z.object({ after: z.coerce.number().int().default(0), limit: z.coerce.number().int().min(1).max(5_000).default(5_000) });

export function callRoutes(deps: HttpDeps) {
  const { store, registry, recordings } = deps.calls;
  const totals = callTotals(deps);
  return new Hono()
    .get("/", describe("calls", "Calls, newest first"), query(filterQuery), async (c) => c.json(await store.calls.list(filterOf(c.req.valid("query")))))
    .get("/totals", describe("calls", "Call totals by result, reason and outcome; every breakdown adds up to the total"), query(filterQuery), async (c) =>
      c.json(await totals(filterOf(c.req.valid("query")))),
    )
    .get(
      "/journals",
      describe("calls", "Journals of the newest calls, one per line (JSON Lines), as read by sufler replay and sufler report"),
      query(journalsQuery),
      async (c) => {
        const { flow, limit } = c.req.valid("query");
        const { calls: rows } = await store.calls.list({ ...(flow ? { flow } : {}), limit, offset: 0 });
        const ended = rows.filter((row) => row.endedAt !== null);
        // One call at a time, at the speed of the client.
        return stream(c, async (out) => {
          c.header("content-type", "application/jsonl; charset=utf-8");
          for (const row of ended) await out.write(`${JSON.stringify({ call: row.id, flow: row.flow, lines: await store.calls.journal(row.id) })}\n`);
        });
      },
    )
    .get("/:id", describe("calls", "One call"), async (c) => {
      const call = await store.calls.find(c.req.param("id"));
      return call ? c.json({ call, live: call.endedAt === null }) : notFound(c);
    })
    .get("/:id/journal", describe("calls", "Journal of a call"), query(journalQuery), async (c) => {
      const { after, limit } = c.req.valid("query");
      return c.json({ lines: await store.calls.journal(c.req.param("id"), after, limit) });
    })
    .get("/:id/recordings/:file", describe("calls", "A recording as WAV"), async (c) => {
      const { id, file } = c.req.param();
      if (!/^[A-Za-z0-9_-]+$/.test(id) || !/^[A-Za-z0-9._-]+\.wav$/.test(file)) return notFound(c);
      const path = join(recordings, id, file);
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) return notFound(c);
      return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
        headers: { "content-type": "audio/wav", "content-length": String(found.size) },
      });
    })
    .get("/:id/conversation", describe("calls", "The call as a test"), async (c) => {
      const call = await store.calls.find(c.req.param("id"));
      const flow = call ? await store.flows.version(call.flow, call.version) : null;
      if (!call || !flow) return notFound(c);
      return c.json({ conversation: conversationOf(flow, await store.calls.journal(call.id)) });
    })
    .post("/:id/hangup", describe("calls", "End a live call"), (c) => {
      const live = registry.get(c.req.param("id"));
      if (!live) return notFound(c);
      live.hangup();
      return c.body(null, 204);
    });
}

/** The same filter as a table: the newest 50,000 calls. */
export function callsCsv({ calls }: HttpDeps) {
  const pages = (filter: ReturnType<typeof filterOf>) => {
    const { limit: _limit, offset: _offset, ...rest } = filter;
    return newest(
      pagesOf(
        (page: Keyset<Pick<CallRow, "startedAt" | "id">>) => calls.store.calls.after(rest, page),
        ({ startedAt, id }) => ({ startedAt, id }),
      ),
    );
  };
  return new Hono().get("/", describe("calls", "Calls as CSV"), query(filterQuery), async (c) => {
    const filter = filterOf(c.req.valid("query"));
    const answers = new AnswerColumns();
    for await (const page of pages(filter)) for (const row of page) answers.see(row.result);
    const { names, cells } = answers.done("result_");
    return streamedCsv(
      "calls.csv",
      [...callColumns.map(([name]) => name), ...names],
      mapPages(pages(filter), (row) => [...callColumns.map(([, of]) => of(row)), ...cells(row.result)]),
    );
  });
}

const mostCalls = 50_000;
async function* newest<T>(pages: AsyncGenerator<T[]>): AsyncGenerator<T[]> {
  let left = mostCalls;
  for await (const page of pages) {
    yield page.slice(0, left);
    left -= page.length;
    if (left <= 0) return;
  }
}

const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
const callColumns: readonly [string, (row: CallRow) => unknown][] = [
  ["id", (row) => row.id],
  ["started", (row) => time(row.startedAt)],
  ["answered", (row) => time(row.answeredAt)],
  ["ended", (row) => time(row.endedAt)],
  ["direction", (row) => row.direction],
  ["caller", (row) => row.caller],
  ["dialled", (row) => row.dialled],
  ["flow", (row) => row.flow],
  ["version", (row) => row.version],
  ["how_ended", (row) => row.ended],
  ["outcome", (row) => row.outcome],
  ["disposition", (row) => row.disposition],
  ["sip_status", (row) => row.sipStatus],
  ["q850", (row) => row.q850],
];
