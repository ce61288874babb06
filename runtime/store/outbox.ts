import type { Channel, MessageRow, MessageState, OutboxStore, Page } from "../ports/data-store.ts";
import { Aggregate, sql } from "./database.ts";
import { holds } from "./search.ts";
import type { Tables } from "./tables.ts";

const rowOf = (row: Tables["messages"]): MessageRow => ({
  id: row.id,
  key: row.key,
  channel: row.channel as Channel,
  to: row.recipient,
  subject: row.subject,
  text: row.body,
  data: JSON.parse(row.data),
  state: row.state as MessageState,
  tries: row.tries,
  dueAt: row.due_at,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  error: row.error,
  callId: row.call_id,
});

/** Outgoing messages: every message is stored before it is sent. */
export class SqliteOutbox extends Aggregate implements OutboxStore {
  async add(row: MessageRow) {
    const { id, key, channel, to, subject, text, data, state, tries, dueAt, createdAt, sentAt, error, callId } = row;
    const values = {
      id,
      key,
      channel,
      recipient: to,
      subject,
      body: text,
      data: JSON.stringify(data),
      state,
      tries,
      due_at: dueAt,
      created_at: createdAt,
      sent_at: sentAt,
      error,
      call_id: callId,
    };
    const [rows] = await this.database.write(
      sql
        .insertInto("messages")
        .values(values)
        .onConflict((conflict) => conflict.column("key").doNothing())
        .returning("id"),
    );
    return (rows?.length ?? 0) > 0;
  }
  async find(id: string) {
    const row = await this.database.first(sql.selectFrom("messages").selectAll().where("id", "=", id));
    return row ? rowOf(row) : null;
  }
  async byKey(key: string) {
    const row = await this.database.first(sql.selectFrom("messages").selectAll().where("key", "=", key));
    return row ? rowOf(row) : null;
  }
  async due(at: number, limit: number) {
    const rows = await this.database.all(
      sql.selectFrom("messages").selectAll().where("state", "=", "queued").where("due_at", "<=", at).orderBy("due_at").limit(limit),
    );
    return rows.map(rowOf);
  }
  async update(id: string, change: Partial<Pick<MessageRow, "state" | "tries" | "dueAt" | "sentAt" | "error">>) {
    const { dueAt, sentAt, ...plain } = change;
    const values = { ...plain, ...(dueAt === undefined ? {} : { due_at: dueAt }), ...(sentAt === undefined ? {} : { sent_at: sentAt }) };
    await this.database.write(sql.updateTable("messages").set(values).where("id", "=", id));
  }
  async list({ limit, offset, search, state }: Page & { state?: MessageState }) {
    let query = sql.selectFrom("messages");
    if (state) query = query.where("state", "=", state);
    if (search) query = query.where(holds(search));
    const rows = await this.database.all(query.selectAll().orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).offset(offset));
    const count = await this.database.first(query.select((eb) => eb.fn.countAll<number>().as("n")));
    return { messages: rows.map(rowOf), total: Number(count?.n ?? 0) };
  }
  async counts() {
    const rows = await this.database.all(
      sql
        .selectFrom("messages")
        .select("state")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .groupBy("state"),
    );
    return { queued: 0, sent: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.state, Number(row.n)])) };
  }
  async prune({ sentBefore, keep }: { sentBefore: number; keep: number }) {
    const beyond = sql
      .selectFrom("messages")
      .select("id")
      .where("state", "=", "sent")
      .orderBy("sent_at", "desc")
      .orderBy("id", "desc")
      .limit(prunedAtOnce)
      .offset(keep);
    const [rows] = await this.database.write(
      sql
        .deleteFrom("messages")
        .where("state", "=", "sent")
        .where((eb) => eb.or([eb("sent_at", "<", sentBefore), eb("id", "in", beyond)]))
        .returning("id"),
    );
    return rows?.length ?? 0;
  }
}

/** Maximum number of surplus rows deleted in one transaction; the rest follow next time. */
const prunedAtOnce = 10_000;
