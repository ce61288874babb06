import type { Localized } from "../../flows/schema/values.ts";
import type { KeyedRow, Page, Row, TableRow, TableStore } from "../ports/data-store.ts";
import { Aggregate, sql } from "./database.ts";
import { withKeys } from "./merge-json.ts";
import { holds } from "./search.ts";
import type { Tables } from "./tables.ts";

const rowOf = ({ key, data, updated_at }: Tables["table_rows"]): KeyedRow => ({ key, values: JSON.parse(data), updatedAt: updated_at });

/** Tables that flows read and write, by key. Rows may be of a table that nobody has declared (a campaign's own). */
export class SqliteDataTables extends Aggregate implements TableStore {
  async all(): Promise<TableRow[]> {
    const rows = await this.database.all(
      sql
        .selectFrom("data_tables")
        .selectAll()
        .select((eb) =>
          eb
            .selectFrom("table_rows")
            .select((inner) => inner.fn.countAll<number>().as("n"))
            .whereRef("table_rows.name", "=", "data_tables.name")
            .as("rows"),
        )
        .orderBy("name"),
    );
    return rows.map(({ name, title, columns, rows: count }) => ({ name, title: JSON.parse(title), columns: JSON.parse(columns), rows: Number(count) }));
  }
  async find(name: string) {
    return (await this.all()).find((table) => table.name === name) ?? null;
  }
  async put(name: string, title: Localized, columns: readonly string[]) {
    const values = { title: JSON.stringify(title), columns: JSON.stringify(columns) };
    await this.database.write(
      sql
        .insertInto("data_tables")
        .values({ name, ...values })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(values)),
    );
  }
  async remove(name: string) {
    await this.database.write(sql.deleteFrom("table_rows").where("name", "=", name), sql.deleteFrom("data_tables").where("name", "=", name));
  }
  async rows(name: string, { limit, offset, search }: Page) {
    let query = sql.selectFrom("table_rows").where("name", "=", name);
    if (search) query = query.where(holds(search));
    const rows = await this.database.all(query.selectAll().orderBy("key").limit(limit).offset(offset));
    const count = await this.database.first(query.select((eb) => eb.fn.countAll<number>().as("n")));
    return { rows: rows.map(rowOf), total: Number(count?.n ?? 0) };
  }
  async rowsAfter(name: string, { after, limit }: { after: string | null; limit: number }) {
    const of = sql.selectFrom("table_rows").selectAll().where("name", "=", name);
    return (await this.database.all((after === null ? of : of.where("key", ">", after)).orderBy("key").limit(limit))).map(rowOf);
  }
  async row(name: string, key: string): Promise<Row | null> {
    const row = await this.database.first(sql.selectFrom("table_rows").select("data").where("name", "=", name).where("key", "=", key));
    return row ? JSON.parse(row.data) : null;
  }
  async merge(name: string, key: string, values: Row, at: number): Promise<Row> {
    const [found] = await this.database.write(
      sql
        .insertInto("table_rows")
        .values({ name, key, data: JSON.stringify(values), updated_at: at })
        .onConflict((conflict) => conflict.columns(["name", "key"]).doUpdateSet({ data: withKeys("table_rows.data", values), updated_at: at }))
        .returning("data"),
    );
    return JSON.parse((found as { data: string }[])[0]!.data);
  }
  async replace(name: string, rows: readonly { key: string; values: Row }[], at: number) {
    for (let from = 0; from < rows.length; from += 500) {
      const chunk = rows.slice(from, from + 500).map(({ key, values }) => ({ name, key, data: JSON.stringify(values), updated_at: at }));
      await this.database.write(
        sql
          .insertInto("table_rows")
          .values(chunk)
          .onConflict((conflict) => conflict.columns(["name", "key"]).doUpdateSet((eb) => ({ data: eb.ref("excluded.data"), updated_at: at }))),
      );
    }
  }
  async drop(name: string, key: string) {
    await this.database.write(sql.deleteFrom("table_rows").where("name", "=", name).where("key", "=", key));
  }
}
