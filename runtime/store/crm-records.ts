import type { CrmRecordStore } from "../ports/data-store.ts";
import { sql, type Database } from "./database.ts";

/** What was made in a CRM, by key. */
export function crmRecordStore(database: Database): CrmRecordStore {
  return {
    async find(connector, method, key) {
      const row = await database.first(
        sql.selectFrom("crm_records").selectAll().where("connector", "=", connector).where("method", "=", method).where("key", "=", key),
      );
      return row ? { connector, method, key, fingerprint: row.fingerprint, value: JSON.parse(row.value), at: row.at } : null;
    },
    async keep({ value, ...row }) {
      await database.write(
        sql
          .insertInto("crm_records")
          .values({ ...row, value: JSON.stringify(value) })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
  };
}
