import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import Papa from "papaparse";
import { z } from "zod";
import { ways } from "../../flows/reports/call-facts.ts";
import { conversationOf } from "../../flows/simulate/conversation-of-call.ts";
import { callTotals } from "./call-totals.ts";
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

export function callRoutes(deps: HttpDeps) {
  const { store, registry, recordings } = deps.calls;
  const totals = callTotals(deps);
  return new Hono()
    .get("/", describe("calls", "Calls, newest first"), query(filterQuery), async (c) => c.json(await store.calls.list(filterOf(c.req.valid("query")))))
    .get("/totals", describe("calls", "What became of the calls, their reasons and outcomes: every breakdown adds up"), query(filterQuery), async (c) =>
      c.json(await totals(filterOf(c.req.valid("query")))),
    )
    .get(
      "/journals",
      describe("calls", "Journals of the newest calls, one a line (JSON Lines): what sufler replay and report read"),
      query(journalsQuery),
      async (c) => {
        const { flow, limit } = c.req.valid("query");
        const { calls: rows } = await store.calls.list({ ...(flow ? { flow } : {}), limit, offset: 0 });
        const ended = rows.filter((row) => row.endedAt !== null);
        const lines = await Promise.all(ended.map(async (row) => JSON.stringify({ call: row.id, flow: row.flow, lines: await store.calls.journal(row.id) })));
        return c.body(lines.map((line) => `${line}\n`).join(""), 200, { "content-type": "application/jsonl; charset=utf-8" });
      },
    )
    .get("/:id", describe("calls", "One call"), async (c) => {
      const call = await store.calls.find(c.req.param("id"));
      return call ? c.json({ call, live: call.endedAt === null }) : notFound(c);
    })
    .get("/:id/journal", describe("calls", "What happened, line by line"), query(z.object({ after: z.coerce.number().int().default(0) })), async (c) =>
      c.json({ lines: await store.calls.journal(c.req.param("id"), c.req.valid("query").after) }),
    )
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

/** The same filter as a table. */
export function callsCsv({ calls }: HttpDeps) {
  return new Hono().get("/", describe("calls", "Calls as CSV"), query(filterQuery), async (c) => {
    const { calls: rows } = await calls.store.calls.list({ ...filterOf(c.req.valid("query")), limit: 50_000, offset: 0 });
    const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.result)))].sort();
    const table = rows.map((row) => ({
      id: row.id,
      started: time(row.startedAt),
      answered: time(row.answeredAt),
      ended: time(row.endedAt),
      direction: row.direction,
      caller: row.caller,
      dialled: row.dialled,
      flow: row.flow,
      version: row.version,
      how_ended: row.ended,
      outcome: row.outcome,
      disposition: row.disposition,
      sip_status: row.sipStatus,
      q850: row.q850,
      ...Object.fromEntries(names.map((name) => [`result_${name}`, cell(row.result[name])])),
    }));
    return csvResponse(Papa.unparse(table, { escapeFormulae: true }), "calls.csv");
  });
}

export const cell = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** UTF-8 with a mark, so that spreadsheets read Cyrillic. */
export const csvResponse = (csv: string, name: string): Response =>
  new Response(`\uFEFF${csv}`, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"` } });
