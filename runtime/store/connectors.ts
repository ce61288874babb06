import type { ConnectorKind, ConnectorRow, ConnectorStore } from "../ports/data-store.ts";
import { sql, type Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const rowOf = (row: Tables["connectors"]): ConnectorRow => ({ ...row, title: JSON.parse(row.title), kind: row.kind as ConnectorKind });

/** CRM connectors by the names used in flows. */
export function connectorStore(database: Database): ConnectorStore {
  return {
    all: async () => (await database.all(sql.selectFrom("connectors").selectAll().orderBy("name"))).map(rowOf),
    async find(name) {
      const row = await database.first(sql.selectFrom("connectors").selectAll().where("name", "=", name));
      return row ? rowOf(row) : null;
    },
    async put({ name, title, kind, url, secret }) {
      const values = { title: JSON.stringify(title), kind, url, secret };
      await database.write(
        sql
          .insertInto("connectors")
          .values({ name, ...values })
          .onConflict((conflict) => conflict.column("name").doUpdateSet(values)),
      );
    },
    async remove(name) {
      await database.write(sql.deleteFrom("connectors").where("name", "=", name));
    },
  };
}
