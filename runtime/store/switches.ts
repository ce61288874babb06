import type { Localized } from "../../flows/schema/values.ts";
import type { SwitchAction, SwitchRow, SwitchStore } from "../ports/data-store.ts";
import { Aggregate, sql } from "./database.ts";
import type { Tables } from "./tables.ts";

const rowOf = (row: Tables["switches"]): SwitchRow => ({
  name: row.name,
  title: JSON.parse(row.title),
  on: row.state === 1,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});

/** Manual switches: operated by people, read by flows. */
export class SqliteSwitches extends Aggregate implements SwitchStore {
  async all() {
    return (await this.database.all(sql.selectFrom("switches").selectAll().orderBy("name"))).map(rowOf);
  }
  async find(name: string) {
    const row = await this.database.first(sql.selectFrom("switches").selectAll().where("name", "=", name));
    return row ? rowOf(row) : null;
  }
  async put(name: string, title: Localized) {
    const words = JSON.stringify(title);
    await this.database.write(
      sql
        .insertInto("switches")
        .values({ name, title: words, state: 0, changed_at: null, changed_by: "" })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ title: words })),
    );
  }
  async turn(name: string, action: SwitchAction, at: number, by: string) {
    const [rows] = await this.database.write(
      sql
        .updateTable("switches")
        .set((eb) => ({ state: action === "flip" ? eb(eb.val(1), "-", eb.ref("state")) : action === "on" ? 1 : 0, changed_at: at, changed_by: by }))
        .where("name", "=", name)
        .returning("state"),
    );
    const row = (rows as { state: number }[])[0];
    return row ? row.state === 1 : null;
  }
  async remove(name: string) {
    await this.database.write(sql.deleteFrom("switches").where("name", "=", name));
  }
}
