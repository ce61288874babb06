import type { SettingStore } from "../ports/data-store.ts";
import { sql, type Database } from "./database.ts";

/** Settings that are changed on the screen, JSON by key; null when never set. */
export function settingStore(database: Database): SettingStore {
  return {
    async read(key) {
      const row = await database.first(sql.selectFrom("settings").select("value").where("key", "=", key));
      return row ? JSON.parse(row.value) : null;
    },
    async write(key, value) {
      const text = JSON.stringify(value);
      await database.write(
        sql
          .insertInto("settings")
          .values({ key, value: text })
          .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: text })),
      );
    },
  };
}
