import type { SessionStore } from "../ports/store.ts";
import { sql, type Database } from "./database.ts";

/** Who is signed in, by the hash of the token; the token itself is nowhere but in the browser. */
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
