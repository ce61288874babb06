import { setImmediate as turn } from "node:timers/promises";
import type { Compilable } from "kysely";
import type { Page, PeopleStore, Person, PersonChange } from "../ports/data-store.ts";
import { Aggregate, sql } from "./database.ts";
import { withKeys } from "./merge-json.ts";
import { holds } from "./search.ts";
import type { Tables } from "./tables.ts";

const insertGroups = (phone: string, groups: readonly string[]) =>
  groups.length === 0
    ? []
    : [
        sql
          .insertInto("person_groups")
          .values(groups.map((name) => ({ phone, name })))
          .onConflict((conflict) => conflict.doNothing()),
      ];
const dropGroups = (phone: string) => sql.deleteFrom("person_groups").where("phone", "=", phone);

/** People written in one transaction. */
const atATime = 100;

function mergeOf(phone: string, { name, fields, add, remove, groups }: PersonChange, at: number): Compilable<unknown>[] {
  const change = { data: withKeys("people.data", fields), updated_at: at, ...(name === undefined ? {} : { name }) };
  return [
    sql
      .insertInto("people")
      .values({ phone, name: name ?? "", data: JSON.stringify(fields), updated_at: at })
      .onConflict((conflict) => conflict.column("phone").doUpdateSet(change)),
    ...(groups ? [dropGroups(phone), ...insertGroups(phone, groups)] : []),
    ...(remove.length === 0 ? [] : [dropGroups(phone).where("name", "in", [...remove])]),
    ...insertGroups(phone, add),
  ];
}

function chosen({ search, group }: { search: string; group: string }) {
  let query = sql.selectFrom("people");
  if (search) query = query.where(holds(search));
  if (group) query = query.where("phone", "in", sql.selectFrom("person_groups").select("phone").where("name", "=", group));
  return query;
}

/** The contact book: one person per number, with fields and groups. */
export class SqlitePeople extends Aggregate implements PeopleStore {
  async find(phone: string) {
    const row = await this.database.first(sql.selectFrom("people").selectAll().where("phone", "=", phone));
    return row ? (await this.withGroups([row]))[0]! : null;
  }
  async list({ limit, offset, search, group }: Page & { group: string }) {
    const query = chosen({ search, group });
    const rows = await this.database.all(query.selectAll().orderBy("updated_at", "desc").orderBy("phone").limit(limit).offset(offset));
    const count = await this.database.first(query.select((eb) => eb.fn.countAll<number>().as("n")));
    return { people: await this.withGroups(rows), total: Number(count?.n ?? 0) };
  }
  async after(filter: { search: string; group: string }, { after, limit }: { after: string | null; limit: number }) {
    const of = chosen(filter).selectAll();
    return this.withGroups(await this.database.all((after === null ? of : of.where("phone", ">", after)).orderBy("phone").limit(limit)));
  }
  async groups() {
    const rows = await this.database.all(
      sql
        .selectFrom("person_groups")
        .select("name")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .groupBy("name")
        .orderBy("name"),
    );
    return rows.map((row) => ({ name: row.name, people: Number(row.n) }));
  }
  async merge(phone: string, change: PersonChange, at: number) {
    await this.database.write(...mergeOf(phone, change, at));
    return (await this.find(phone))!;
  }
  async mergeAll(people: readonly { phone: string; change: PersonChange }[], at: number) {
    for (let first = 0; first < people.length; first += atATime) {
      const part = people.slice(first, first + atATime);
      await this.database.write(...part.flatMap(({ phone, change }) => mergeOf(phone, change, at)));
      await turn();
    }
  }
  async put({ phone, name, fields, groups, updatedAt }: Person) {
    const values = { name, data: JSON.stringify(fields), updated_at: updatedAt };
    await this.database.write(
      sql
        .insertInto("people")
        .values({ phone, ...values })
        .onConflict((conflict) => conflict.column("phone").doUpdateSet(values)),
      dropGroups(phone),
      ...insertGroups(phone, groups),
    );
  }
  async remove(phone: string) {
    await this.database.write(dropGroups(phone), sql.deleteFrom("people").where("phone", "=", phone));
  }

  private async withGroups(rows: readonly Tables["people"][]): Promise<Person[]> {
    const phones = rows.map((row) => row.phone);
    const groups = phones.length === 0 ? [] : await this.database.all(sql.selectFrom("person_groups").selectAll().where("phone", "in", phones).orderBy("name"));
    return rows.map(({ phone, name, data, updated_at }) => ({
      phone,
      name,
      fields: JSON.parse(data),
      groups: groups.filter((group) => group.phone === phone).map((group) => group.name),
      updatedAt: updated_at,
    }));
  }
}
