import type { FlowTest, FlowTestStore, NewFlowTest } from "../ports/store.ts";
import { Aggregate, sql } from "./database.ts";

/** Test conversations of a flow, stored unchanged. */
export class SqliteFlowTests extends Aggregate implements FlowTestStore {
  async all(flow: string): Promise<FlowTest[]> {
    const rows = await this.database.all(sql.selectFrom("flow_tests").selectAll().where("flow", "=", flow).orderBy("created_at").orderBy("id"));
    return rows.map((row) => ({ id: row.id, origin: row.origin === "template" ? "template" : "own", conversation: JSON.parse(row.data) }));
  }
  async add(flow: string, tests: readonly NewFlowTest[], at: number): Promise<void> {
    if (tests.length === 0) return;
    const rows = tests.map(({ id, origin, conversation }) => ({ flow, id, origin, data: JSON.stringify(conversation), created_at: at }));
    // Maximum number of values a database binds at once.
    const parts = Array.from({ length: Math.ceil(rows.length / 100) }, (_, part) => rows.slice(part * 100, part * 100 + 100));
    await this.database.write(
      ...parts.map((values) =>
        sql
          .insertInto("flow_tests")
          .values(values)
          .onConflict((conflict) => conflict.columns(["flow", "id"]).doUpdateSet((eb) => ({ data: eb.ref("excluded.data") }))),
      ),
    );
  }
  async remove(flow: string, id: string): Promise<boolean> {
    const [rows] = await this.database.write(sql.deleteFrom("flow_tests").where("flow", "=", flow).where("id", "=", id).returning("id"));
    return (rows?.length ?? 0) > 0;
  }
}
