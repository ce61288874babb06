import type { SessionStore } from "../ports/store.ts";
import { sql, type Database } from "./database.ts";

/** Sessions by token hash; only the browser has the token itself. */
export function sessionStore(database: Database): SessionStore {
  return {
    async begin(hash, until, at) {
      await database.write(sql.deleteFrom("sessions").where("until", "<=", at), sql.insertInto("sessions").values({ hash, until }));
    },
    lives: async (hash, at) =>
      (await database.first(sql.selectFrom("sessions").select("until").where("hash", "=", hash).where("until", ">", at))) !== undefined,
    async end(hash) {
      await database.write(sql.deleteFrom("sessions").where("hash", "=", hash));
    },
  };
}
