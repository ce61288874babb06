import type { Compilable, SelectQueryBuilder } from "kysely";
import type { Cell } from "../../flows/reports/totals.ts";
import type { JournalKind } from "../../flows/result.ts";
import type { CallEnd, CallFilter, CallRow, CallStore, NewCall, StoredLine } from "../ports/store.ts";
import { Aggregate, sql } from "./database.ts";
import { holds } from "./search.ts";
import { preparedRows } from "./prepared.ts";
import type { Tables } from "./tables.ts";

const rowOf = (row: Tables["calls"]): CallRow => ({
  id: row.id,
  flow: row.flow,
  version: row.version,
  kind: row.kind,
  direction: row.direction as CallRow["direction"],
  caller: row.caller,
  dialled: row.dialled,
  sipCallId: row.sip_call_id,
  startedAt: row.started_at,
  answeredAt: row.answered_at,
  endedAt: row.ended_at,
  operator: row.operator,
  attempt: row.attempt,
  ended: row.ended,
  q850: row.q850,
  sipStatus: row.sip_status,
  outcome: row.outcome,
  disposition: row.disposition,
  result: JSON.parse(row.result),
  path: JSON.parse(row.path),
  recordings: JSON.parse(row.recordings),
});

const linesIn = preparedRows<Tables["journal"], unknown>(["call_id", "seq", "at", "node", "kind", "data"], (rows) =>
  sql
    .insertInto("journal")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
);

/** Lines in chunks: SQLite binds at most 32,766 values. */
function insertLines(lines: readonly StoredLine[]): Compilable<unknown>[] {
  const rows = lines.map(({ callId, seq, at, node, kind, data }) => ({ call_id: callId, seq, at, node, kind, data: data ? JSON.stringify(data) : null }));
  return Array.from({ length: Math.ceil(rows.length / 500) }, (_, chunk) => linesIn(rows.slice(chunk * 500, chunk * 500 + 500)));
}

type Begun = Pick<
  Tables["calls"],
  | "id"
  | "flow"
  | "version"
  | "kind"
  | "direction"
  | "caller"
  | "dialled"
  | "operator"
  | "attempt"
  | "sip_call_id"
  | "started_at"
  | "result"
  | "path"
  | "recordings"
>;
const insertCall = preparedRows<Begun, unknown>(
  ["id", "flow", "version", "kind", "direction", "caller", "dialled", "operator", "attempt", "sip_call_id", "started_at", "result", "path", "recordings"],
  ([call]) => sql.insertInto("calls").values(call as Tables["calls"]),
);

type Ended = Pick<
  Tables["calls"],
  "id" | "ended_at" | "answered_at" | "ended" | "outcome" | "disposition" | "q850" | "sip_status" | "result" | "path" | "recordings"
>;
const endCall = preparedRows<Ended, unknown>(
  ["id", "ended_at", "answered_at", "ended", "outcome", "disposition", "q850", "sip_status", "result", "path", "recordings"],
  ([{ id, ...change } = {} as Ended]) => sql.updateTable("calls").set(change).where("id", "=", id),
);

type Filter = Omit<CallFilter, "limit" | "offset">;

/** Only calls that are counted: a row of the totals and the list that it opens have the same number. */
function inRow<O>(query: SelectQueryBuilder<Tables, "calls", O>, { way, reason, outcome }: Filter): SelectQueryBuilder<Tables, "calls", O> {
  if (way === undefined && reason === undefined && outcome === undefined) return query;
  let narrowed = query.where("way", "is not", null);
  if (way !== undefined) narrowed = narrowed.where("way", "=", way);
  if (reason !== undefined) narrowed = narrowed.where("reason", reason === null ? "is" : "=", reason);
  if (outcome !== undefined) narrowed = narrowed.where("outcome", outcome === null ? "is" : "=", outcome);
  return narrowed;
}

function filtered<O>(query: SelectQueryBuilder<Tables, "calls", O>, filter: Filter): SelectQueryBuilder<Tables, "calls", O> {
  let narrowed = inRow(query, filter);
  if (filter.flow) narrowed = narrowed.where("flow", "=", filter.flow);
  if (filter.from !== undefined) narrowed = narrowed.where("started_at", ">=", filter.from);
  if (filter.to !== undefined) narrowed = narrowed.where("started_at", "<", filter.to);
  if (filter.live) narrowed = narrowed.where("ended_at", "is", null);
  if (!filter.search) return narrowed;
  const { search } = filter;
  return narrowed.where((eb) => eb.or([holds(search), eb("id", "=", search)]));
}

type Grouped = Pick<Tables["calls"], "flow" | "way" | "goal" | "reason" | "outcome" | "ended"> & { calls: number };

function cellOf({ flow, way, goal, reason, outcome, ended, calls }: Grouped): Cell[] {
  if (way === null || ended === null) return [];
  return [{ flow, way: way as Cell["way"], goal: goal === 1, reason, outcome, ended: ended as Cell["ended"], calls: Number(calls) }];
}

export class SqliteCalls extends Aggregate implements CallStore {
  async begin(call: NewCall, lines: readonly StoredLine[]) {
    const { id, flow, version, kind, direction, caller, dialled, operator, attempt } = call;
    const values = {
      id,
      flow,
      version,
      kind,
      direction,
      caller,
      dialled,
      operator,
      attempt,
      sip_call_id: call.sipCallId,
      started_at: call.startedAt,
      result: "{}",
      path: "[]",
      recordings: "[]",
    };
    await this.database.write(insertCall([values]), ...insertLines(lines));
  }
  async append(lines: readonly StoredLine[]) {
    await this.database.write(...insertLines(lines));
  }
  async finish(id: string, { endedAt, answeredAt, result }: CallEnd, lines: readonly StoredLine[]) {
    const { ended, outcome, disposition, q850, sipStatus } = result;
    const change: Ended = {
      id,
      ended_at: endedAt,
      answered_at: answeredAt,
      ended,
      outcome,
      disposition,
      q850,
      sip_status: sipStatus,
      result: JSON.stringify(result.result),
      path: JSON.stringify(result.path),
      recordings: JSON.stringify(result.recordings),
    };
    await this.database.write(...insertLines(lines), endCall([change]));
  }
  async addRecordings(id: string, recordings: CallRow["recordings"], lines: readonly StoredLine[]) {
    const change = { recordings: JSON.stringify(recordings) };
    await this.database.write(...insertLines(lines), sql.updateTable("calls").set(change).where("id", "=", id));
  }
  async find(id: string) {
    const row = await this.database.first(sql.selectFrom("calls").selectAll().where("id", "=", id));
    return row ? rowOf(row) : null;
  }
  async list(filter: CallFilter) {
    const rows = await this.database.all(
      filtered(sql.selectFrom("calls").selectAll(), filter).orderBy("started_at", "desc").limit(filter.limit).offset(filter.offset),
    );
    const count = await this.database.first(
      filtered(
        sql.selectFrom("calls").select((eb) => eb.fn.countAll<number>().as("n")),
        filter,
      ),
    );
    return { calls: rows.map(rowOf), total: Number(count?.n ?? 0) };
  }
  async after(filter: Omit<CallFilter, "limit" | "offset">, { after, limit }: Parameters<CallStore["after"]>[1]) {
    let query = filtered(sql.selectFrom("calls").selectAll(), filter);
    if (after)
      query = query.where((eb) => eb.or([eb("started_at", "<", after.startedAt), eb.and([eb("started_at", "=", after.startedAt), eb("id", ">", after.id)])]));
    return (await this.database.all(query.orderBy("started_at", "desc").orderBy("id").limit(limit))).map(rowOf);
  }
  async journal(id: string, after = 0, limit?: number) {
    const of = sql.selectFrom("journal").selectAll().where("call_id", "=", id).where("seq", ">", after).orderBy("seq");
    const rows = await this.database.all(limit === undefined ? of : of.limit(limit));
    return rows.map((row) => ({
      callId: row.call_id,
      seq: row.seq,
      at: row.at,
      node: row.node,
      kind: row.kind as JournalKind,
      ...(row.data === null ? {} : { data: JSON.parse(row.data) }),
    }));
  }
  async history(caller: string, since: number, except: string) {
    const of = sql.selectFrom("calls").where("caller", "=", caller).where("started_at", ">=", since).where("id", "!=", except);
    const count = await this.database.first(of.select((eb) => eb.fn.countAll<number>().as("n")));
    const last = await this.database.first(of.select(["started_at", "outcome"]).orderBy("started_at", "desc").limit(1));
    return { calls: Number(count?.n ?? 0), last: last ? { at: last.started_at, outcome: last.outcome } : null };
  }
  async uncounted(limit: number) {
    return this.database.all(
      sql
        .selectFrom("calls")
        .select(["id", "flow", "version"])
        .where("way", "is", null)
        .where("ended_at", "is not", null)
        .orderBy("ended_at", "desc")
        .limit(limit),
    );
  }
  async count(calls: Parameters<CallStore["count"]>[0]) {
    const updates = calls.map(({ id, facts: { way, goal, reason } }) =>
      sql
        .updateTable("calls")
        .set({ way, goal: Number(goal), reason })
        .where("id", "=", id),
    );
    if (updates.length > 0) await this.database.write(...updates);
  }
  async totals(filter: Parameters<CallStore["totals"]>[0]) {
    const facts = ["flow", "way", "goal", "reason", "outcome", "ended"] as const;
    const grouped = filtered(sql.selectFrom("calls"), filter)
      .select((eb) => [...facts, eb.fn.countAll<number>().as("calls")])
      .groupBy(facts);
    const rows = await this.database.all(grouped);
    const sum = (of: typeof rows) => of.reduce((all, row) => all + Number(row.calls), 0);
    return {
      cells: rows.flatMap(cellOf),
      live: sum(rows.filter((row) => row.ended === null)),
      uncounted: sum(rows.filter((row) => row.ended !== null && row.way === null)),
    };
  }
  async unfinished() {
    return (await this.database.all(sql.selectFrom("calls").selectAll().where("ended_at", "is", null))).map(rowOf);
  }
}
