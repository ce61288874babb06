import type { InferResult } from "kysely";
import type { Flow } from "../../flows/schema/flow.ts";
import type { FlowRow, FlowStore, ReadFlow } from "../ports/store.ts";
import { Aggregate, sql, type Database } from "./database.ts";
import { holds } from "./search.ts";

const flowRows = () =>
  sql
    .selectFrom("flows")
    .leftJoin("aliases", (join) => join.onRef("aliases.flow", "=", "flows.id").on("aliases.alias", "=", "live"))
    .select(["id", "kind", "title", "revision", "template", "created_at", "updated_at", "aliases.version as live"])
    .select((eb) =>
      eb
        .selectFrom("flow_versions")
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .whereRef("flow_versions.flow", "=", "flows.id")
        .as("versions"),
    );

const rowOf = (row: InferResult<ReturnType<typeof flowRows>>[number]): FlowRow => ({
  id: row.id,
  kind: row.kind,
  title: JSON.parse(row.title),
  revision: row.revision,
  template: row.template,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  live: row.live,
  versions: Number(row.versions),
});
import { prepared } from "./prepared.ts";

const aliasOf = prepared((flow: string, alias: string) => sql.selectFrom("aliases").select("version").where("flow", "=", flow).where("alias", "=", alias));

/** Drafts and versions, stored unchanged; `readFlow` converts older formats when reading. */
export class SqliteFlows extends Aggregate implements FlowStore {
  private readonly readFlow: ReadFlow;
  constructor(database: Database, readFlow: ReadFlow) {
    super(database);
    this.readFlow = readFlow;
  }
  async all() {
    return (await this.database.all(flowRows().orderBy("updated_at", "desc"))).map(rowOf);
  }
  async page({ after, limit, search, kind, live, ids }: Parameters<FlowStore["page"]>[0]) {
    let query = flowRows().orderBy("updated_at", "desc").orderBy("id").limit(limit);
    if (search) query = query.where(holds(search, "flows.folded"));
    if (kind) query = query.where("kind", "=", kind);
    if (live) query = query.where("aliases.version", "is not", null);
    if (ids) query = query.where("id", "in", ids);
    if (after)
      query = query.where((eb) => eb.or([eb("updated_at", "<", after.updatedAt), eb.and([eb("updated_at", "=", after.updatedAt), eb("id", ">", after.id)])]));
    return (await this.database.all(query)).map(rowOf);
  }
  live() {
    return this.database.all(
      sql
        .selectFrom("flows")
        .innerJoin("aliases", (join) => join.onRef("aliases.flow", "=", "flows.id").on("aliases.alias", "=", "live"))
        .select(["id", "kind"])
        .orderBy("id"),
    );
  }
  async draft(id: string) {
    const row = await this.database.first(sql.selectFrom("flows").select(["draft", "revision", "template"]).where("id", "=", id));
    return row ? { flow: this.readFlow(row.draft), revision: row.revision, template: row.template } : null;
  }
  async create(flow: Flow, at: number, template: string | null) {
    const values = {
      id: flow.id,
      kind: flow.kind,
      title: JSON.stringify(flow.title),
      draft: JSON.stringify(flow),
      revision: 1,
      template,
      created_at: at,
      updated_at: at,
    };
    const [rows] = await this.database.write(
      sql
        .insertInto("flows")
        .values(values)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id"),
    );
    return (rows?.length ?? 0) > 0;
  }
  async saveDraft(flow: Flow, revision: number, at: number) {
    const [rows] = await this.database.write(
      sql
        .updateTable("flows")
        .set({ draft: JSON.stringify(flow), title: JSON.stringify(flow.title), kind: flow.kind, revision: revision + 1, updated_at: at })
        .where("id", "=", flow.id)
        .where("revision", "=", revision)
        .returning("id"),
    );
    return (rows?.length ?? 0) > 0;
  }
  async remove(id: string) {
    await this.database.write(
      sql.deleteFrom("flows").where("id", "=", id),
      sql.deleteFrom("numbers").where("flow", "=", id),
      sql.deleteFrom("aliases").where("flow", "=", id),
      sql.deleteFrom("flow_tests").where("flow", "=", id),
    );
  }
  async publish(flow: Flow, note: string, at: number) {
    const next = (eb: { selectFrom: typeof sql.selectFrom }) =>
      eb
        .selectFrom("flow_versions")
        .select((inner) => inner(inner.fn.coalesce(inner.fn.max("version"), inner.lit(0)), "+", inner.lit(1)).as("next"))
        .where("flow", "=", flow.id);
    const [rows] = await this.database.write(
      sql
        .insertInto("flow_versions")
        .values({ flow: flow.id, version: next(sql) as never, document: JSON.stringify(flow), note, published_at: at })
        .returning("version"),
      sql
        .insertInto("aliases")
        .values({
          flow: flow.id,
          alias: "live",
          version: sql
            .selectFrom("flow_versions")
            .select((eb) => eb.fn.max("version").as("v"))
            .where("flow", "=", flow.id) as never,
        })
        .onConflict((conflict) => conflict.columns(["flow", "alias"]).doUpdateSet((eb) => ({ version: eb.ref("excluded.version") }))),
    );
    return (rows as { version: number }[])[0]!.version;
  }
  async publishSeen(flow: Flow, note: string, at: number, { revision, newest }: { revision: number; newest: number }) {
    const version = newest + 1;
    const draft = sql
      .selectFrom("flows")
      .where("id", "=", flow.id)
      .where("revision", "=", revision)
      .where((eb) => eb.not(eb.exists(sql.selectFrom("flow_versions").select("version").where("flow", "=", flow.id).where("version", ">", newest))))
      .select((eb) => ["id", eb.val(version).as("version"), eb.val(JSON.stringify(flow)).as("document"), eb.val(note).as("note"), eb.val(at).as("at")]);
    const made = sql
      .selectFrom("flow_versions")
      .where("flow", "=", flow.id)
      .where("version", "=", version)
      .where("published_at", "=", at)
      .select((eb) => ["flow", eb.val("live").as("alias"), "version"]);
    const [rows] = await this.database.write(
      sql.insertInto("flow_versions").columns(["flow", "version", "document", "note", "published_at"]).expression(draft).returning("version"),
      sql
        .insertInto("aliases")
        .columns(["flow", "alias", "version"])
        .expression(made)
        .onConflict((conflict) => conflict.columns(["flow", "alias"]).doUpdateSet((eb) => ({ version: eb.ref("excluded.version") }))),
    );
    return (rows?.length ?? 0) > 0 ? version : null;
  }
  async versions(id: string) {
    const rows = await this.database.all(
      sql.selectFrom("flow_versions").select(["flow", "version", "note", "published_at"]).where("flow", "=", id).orderBy("version", "desc"),
    );
    return rows.map((row) => ({ flow: row.flow, version: row.version, note: row.note, publishedAt: row.published_at }));
  }
  async version(id: string, version: number) {
    const row = await this.database.first(sql.selectFrom("flow_versions").select("document").where("flow", "=", id).where("version", "=", version));
    return row ? this.readFlow(row.document) : null;
  }
  async alias(id: string, alias: string) {
    const row = await this.database.first(aliasOf(id, alias));
    return row?.version ?? null;
  }
  async setAlias(id: string, alias: string, version: number, from?: number | null) {
    const moved = sql.updateTable("aliases").set({ version }).where("flow", "=", id).where("alias", "=", alias);
    const made = sql
      .insertInto("aliases")
      .values({ flow: id, alias, version })
      .onConflict((conflict) => (from === null ? conflict.doNothing() : conflict.columns(["flow", "alias"]).doUpdateSet({ version })));
    const [rows] = await this.database.write(typeof from === "number" ? moved.where("version", "=", from).returning("version") : made.returning("version"));
    return (rows?.length ?? 0) > 0;
  }
}
