import type { Localized } from "../../flows/schema/values.ts";
import type { ListEntry, ListKind, ListStore } from "../ports/store.ts";
import { Aggregate, sql } from "./database.ts";
import { holds } from "./search.ts";
import { prepared } from "./prepared.ts";
import type { Tables } from "./tables.ts";

const entryOf = (row: Tables["list_entries"]): ListEntry => ({
  list: row.list,
  number: row.number,
  reason: row.reason,
  addedAt: row.added_at,
  expiresAt: row.expires_at,
  hits: row.hits,
  lastSeen: row.last_seen,
});

const entriesOf = (number: string, at: number) =>
  sql
    .selectFrom("list_entries")
    .innerJoin("lists", "lists.name", "list_entries.list")
    .selectAll("list_entries")
    .where("number", "=", number)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", at)]));
const ofAny = prepared(entriesOf);
const ofKind = prepared((number: string, kind: ListKind, at: number) => entriesOf(number, at).where("lists.kind", "=", kind));
const ofList = prepared((number: string, list: string, at: number) => entriesOf(number, at).where("lists.name", "=", list));

export class SqliteLists extends Aggregate implements ListStore {
  async all() {
    const rows = await this.database.all(
      sql
        .selectFrom("lists")
        .select(["name", "title", "kind"])
        .select((eb) =>
          eb
            .selectFrom("list_entries")
            .select((inner) => inner.fn.countAll<number>().as("n"))
            .whereRef("list_entries.list", "=", "lists.name")
            .as("entries"),
        )
        .orderBy("name"),
    );
    return rows.map((row) => ({ name: row.name, title: JSON.parse(row.title), kind: row.kind as ListKind, entries: Number(row.entries) }));
  }
  async put(name: string, title: Localized, kind: ListKind) {
    const values = { name, title: JSON.stringify(title), kind };
    await this.database.write(
      sql
        .insertInto("lists")
        .values(values)
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ title: values.title, kind })),
    );
  }
  async remove(name: string) {
    await this.database.write(sql.deleteFrom("list_entries").where("list", "=", name), sql.deleteFrom("lists").where("name", "=", name));
  }
  async entries(name: string, { limit, offset, search }: { limit: number; offset: number; search: string }) {
    let query = sql.selectFrom("list_entries").selectAll().where("list", "=", name);
    if (search) query = query.where(holds(search));
    return (await this.database.all(query.orderBy("last_seen", "desc").orderBy("added_at", "desc").limit(limit).offset(offset))).map(entryOf);
  }
  async find(number: string, where: { kind?: ListKind; list?: string }, at: number) {
    const query = where.kind ? ofKind(number, where.kind, at) : where.list ? ofList(number, where.list, at) : ofAny(number, at);
    return (await this.database.all(query)).map(entryOf);
  }
  async candidates(list: string, number: string, match: "prefix" | "mask", at: number) {
    const beginnings = Array.from({ length: Math.min(number.length, 60) }, (_, length) => number.slice(0, length + 1));
    const rows = await this.database.all(
      sql
        .selectFrom("list_entries")
        .selectAll()
        .where("list", "=", list)
        .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", at)]))
        .where((eb) =>
          match === "prefix"
            ? eb("number", "in", [...beginnings, ""])
            : eb.or([eb("number", "=", number), eb("number", "like", "%*%"), eb("number", "like", "%?%")]),
        )
        .orderBy("number", "desc")
        .limit(10_000),
    );
    return rows.map(entryOf);
  }
  async add({ list, number, reason, addedAt, expiresAt }: Omit<ListEntry, "hits" | "lastSeen">) {
    await this.database.write(
      sql
        .insertInto("list_entries")
        .values({ list, number, reason, added_at: addedAt, expires_at: expiresAt, hits: 0, last_seen: null })
        .onConflict((conflict) => conflict.columns(["list", "number"]).doUpdateSet({ reason, expires_at: expiresAt })),
    );
  }
  async hit(list: string, number: string, at: number) {
    await this.database.write(
      sql
        .updateTable("list_entries")
        .set((eb) => ({ hits: eb("hits", "+", 1), last_seen: at }))
        .where("list", "=", list)
        .where("number", "=", number),
    );
  }
  async drop(list: string, number: string) {
    await this.database.write(sql.deleteFrom("list_entries").where("list", "=", list).where("number", "=", number));
  }
}
