import type { Compilable, SelectQueryBuilder } from "kysely";
import type { JournalKind } from "../../flows/result.ts";
import type { CallEnd, CallFilter, CallRow, CallStore, NewCall, StoredLine } from "../ports/store.ts";
import { Aggregate, sql } from "./database.ts";
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

/** Lines in chunks: SQLite binds at most 32,766 values. */
function insertLines(lines: readonly StoredLine[]): Compilable<unknown>[] {
  const rows = lines.map(({ callId, seq, at, node, kind, data }) => ({ call_id: callId, seq, at, node, kind, data: data ? JSON.stringify(data) : null }));
  return Array.from({ length: Math.ceil(rows.length / 500) }, (_, chunk) =>
    sql
      .insertInto("journal")
      .values(rows.slice(chunk * 500, chunk * 500 + 500))
      .onConflict((conflict) => conflict.doNothing()),
  );
}

function filtered<O>(query: SelectQueryBuilder<Tables, "calls", O>, filter: CallFilter): SelectQueryBuilder<Tables, "calls", O> {
  let narrowed = query;
  if (filter.flow) narrowed = narrowed.where("flow", "=", filter.flow);
  if (filter.from !== undefined) narrowed = narrowed.where("started_at", ">=", filter.from);
  if (filter.to !== undefined) narrowed = narrowed.where("started_at", "<", filter.to);
  if (filter.live) narrowed = narrowed.where("ended_at", "is", null);
  if (!filter.search) return narrowed;
  const pattern = `%${filter.search}%`;
  return narrowed.where((eb) =>
    eb.or([
      eb("caller", "like", pattern),
      eb("dialled", "like", pattern),
      eb("outcome", "like", pattern),
      eb("result", "like", pattern),
      eb("id", "=", filter.search!),
    ]),
  );
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
    await this.database.write(sql.insertInto("calls").values(values as Tables["calls"]), ...insertLines(lines));
  }
  async append(lines: readonly StoredLine[]) {
    await this.database.write(...insertLines(lines));
  }
  async finish(id: string, { endedAt, answeredAt, result }: CallEnd, lines: readonly StoredLine[]) {
    const { ended, outcome, disposition, q850, sipStatus } = result;
    const change = {
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
  async journal(id: string, after = 0) {
    const rows = await this.database.all(sql.selectFrom("journal").selectAll().where("call_id", "=", id).where("seq", ">", after).orderBy("seq"));
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
  async unfinished() {
    return (await this.database.all(sql.selectFrom("calls").selectAll().where("ended_at", "is", null))).map(rowOf);
  }
}
