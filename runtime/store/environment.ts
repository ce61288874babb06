import type { Calendar } from "../../flows/schema/calendar.ts";
import type { CalendarStore, NumberStore, UploadStore } from "../ports/store.ts";
import { sql, type Database } from "./database.ts";
import { prepared } from "./prepared.ts";

const boundTo = prepared((number: string) => sql.selectFrom("numbers").selectAll().where("number", "=", number));
const allCalendars = prepared(() => sql.selectFrom("calendars").selectAll().orderBy("name"));

/** The small tables that flows are bound to: numbers, calendars, uploaded recordings. */
export function numberStore(database: Database): NumberStore {
  return {
    all: () => database.all(sql.selectFrom("numbers").selectAll().orderBy("number")),
    find: async (number) => (await database.first(boundTo(number))) ?? null,
    async put(row) {
      await database.write(
        sql
          .insertInto("numbers")
          .values(row)
          .onConflict((conflict) => conflict.column("number").doUpdateSet({ flow: row.flow, alias: row.alias, note: row.note })),
      );
    },
    async take(row, from) {
      const { number, flow, alias, note } = row;
      const [rows] = await database.write(
        sql
          .insertInto("numbers")
          .values(row)
          .onConflict((conflict) =>
            conflict
              .column("number")
              .doUpdateSet({ flow, alias, note })
              .where("numbers.flow", "in", from === undefined ? [flow] : [flow, from]),
          )
          .returning("number"),
      );
      if ((rows?.length ?? 0) > 0) return null;
      return (await database.first(sql.selectFrom("numbers").selectAll().where("number", "=", number))) ?? { ...row, flow: "" };
    },
    async remove(number) {
      await database.write(sql.deleteFrom("numbers").where("number", "=", number));
    },
  };
}

export function calendarStore(database: Database): CalendarStore {
  return {
    async all() {
      const rows = await database.all(allCalendars());
      return Object.fromEntries(rows.map((row) => [row.name, JSON.parse(row.data) as Calendar]));
    },
    async put(name, calendar) {
      const data = JSON.stringify(calendar);
      await database.write(
        sql
          .insertInto("calendars")
          .values({ name, data })
          .onConflict((conflict) => conflict.column("name").doUpdateSet({ data })),
      );
    },
    async remove(name) {
      await database.write(sql.deleteFrom("calendars").where("name", "=", name));
    },
  };
}

export function uploadStore(database: Database): UploadStore {
  return {
    async all() {
      const rows = await database.all(sql.selectFrom("uploads").selectAll().orderBy("created_at", "desc"));
      return rows.map((row) => ({ hash: row.hash, title: row.title, ms: row.ms, createdAt: row.created_at }));
    },
    async put({ hash, title, ms, createdAt }) {
      await database.write(
        sql
          .insertInto("uploads")
          .values({ hash, title, ms, created_at: createdAt })
          .onConflict((conflict) => conflict.column("hash").doUpdateSet({ title })),
      );
    },
  };
}
