import { sql as raw } from "kysely";
import type { CounterStore } from "../ports/data-store.ts";
import { Aggregate, sql } from "./database.ts";

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
/** Longer than the longest window; older counts are added up in one row at 0, which only "ever" sees. */
const keptMs = 32 * 24 * hour;

/** Counts lie in small slices of time, so that a window slides and a busy key stays small. */
const sliceOf = (windowMs: number): number => (windowMs === 0 || windowMs > 25 * hour ? hour : windowMs > hour ? minute : second);
const sinceOf = (windowMs: number, at: number): number => (windowMs === 0 ? -1 : at - windowMs);

export class SqliteCounters extends Aggregate implements CounterStore {
  async add(counter: string, key: string, windowMs: number, at: number) {
    const slice = Math.floor(at / sliceOf(windowMs)) * sliceOf(windowMs);
    const old = (table: "counts") =>
      sql
        .selectFrom(table)
        .where("counter", "=", counter)
        .where("key", "=", key)
        .where("at", ">", 0)
        .where("at", "<=", at - keptMs);
    const rows = await this.database.write(
      sql
        .insertInto("counts")
        .columns(["counter", "key", "at", "n"])
        .expression(
          old("counts")
            .select([raw.val(counter).as("counter"), raw.val(key).as("key"), raw.val(0).as("at"), (eb) => eb.fn.sum<number>("n").as("n")])
            .having((eb) => eb.fn.countAll(), ">", 0),
        )
        .onConflict((conflict) => conflict.columns(["counter", "key", "at"]).doUpdateSet((eb) => ({ n: eb("counts.n", "+", eb.ref("excluded.n")) }))),
      sql
        .deleteFrom("counts")
        .where("counter", "=", counter)
        .where("key", "=", key)
        .where("at", ">", 0)
        .where("at", "<=", at - keptMs),
      sql
        .insertInto("counts")
        .values({ counter, key, at: slice, n: 1 })
        .onConflict((conflict) => conflict.columns(["counter", "key", "at"]).doUpdateSet((eb) => ({ n: eb("counts.n", "+", 1) }))),
      this.counted(counter, key, windowMs, at),
    );
    return Number((rows[3] as { n: number | null }[])[0]?.n ?? 0);
  }
  async count(counter: string, key: string, windowMs: number, at: number) {
    return Number((await this.database.first(this.counted(counter, key, windowMs, at)))?.n ?? 0);
  }
  async all() {
    const rows = await this.database.all(
      sql
        .selectFrom("counts")
        .select("counter")
        .select((eb) => [eb.fn.count<number>("key").distinct().as("keys"), eb.fn.sum<number>("n").as("total"), eb.fn.max("at").as("last")])
        .groupBy("counter")
        .orderBy("counter"),
    );
    return rows.map((row) => ({ counter: row.counter, keys: Number(row.keys), total: Number(row.total), lastAt: Number(row.last) }));
  }
  async keys(counter: string, windowMs: number, at: number, limit: number) {
    const rows = await this.database.all(
      sql
        .selectFrom("counts")
        .select("key")
        .select((eb) => [eb.fn.sum<number>("n").as("n"), eb.fn.max("at").as("last")])
        .where("counter", "=", counter)
        .where("at", ">", sinceOf(windowMs, at))
        .groupBy("key")
        .orderBy("last", "desc")
        .orderBy("key")
        .limit(limit),
    );
    return Object.fromEntries(rows.map((row) => [row.key, Number(row.n)]));
  }
  async reset(counter: string) {
    await this.database.write(sql.deleteFrom("counts").where("counter", "=", counter));
  }

  private counted(counter: string, key: string, windowMs: number, at: number) {
    return sql
      .selectFrom("counts")
      .select((eb) => eb.fn.sum<number>("n").as("n"))
      .where("counter", "=", counter)
      .where("key", "=", key)
      .where("at", ">", sinceOf(windowMs, at));
  }
}
