import type { AttemptRow, CampaignRow, CampaignState, CampaignStore, ContactRow, ContactState, ImportError } from "../ports/store.ts";
import { Aggregate, sql } from "./database.ts";
import { holds } from "./search.ts";
import type { Tables } from "./tables.ts";

const campaignOf = (row: Tables["campaigns"]): CampaignRow => ({
  id: row.id,
  title: row.title,
  strategy: row.strategy,
  version: row.version,
  state: row.state as CampaignState,
  purpose: row.purpose,
  consent: row.consent,
  lines: row.lines,
  windowFrom: row.window_from,
  windowTo: row.window_to,
  days: JSON.parse(row.days),
  zone: row.zone,
  trunk: row.trunk,
  inputs: JSON.parse(row.inputs),
  createdAt: row.created_at,
  startedAt: row.started_at,
  audience: row.audience,
  consentKind: row.consent_kind,
  zoneOf: row.zone_of === "campaign" ? "campaign" : "number",
  retry: JSON.parse(row.retry),
  pauseReason: row.pause_reason === null ? null : JSON.parse(row.pause_reason),
});

function campaignChange(change: Partial<CampaignRow>): Partial<Tables["campaigns"]> {
  const { windowFrom, windowTo, days, inputs, createdAt, startedAt, consentKind, zoneOf, retry, pauseReason, ...plain } = change;
  return {
    ...plain,
    ...(windowFrom === undefined ? {} : { window_from: windowFrom }),
    ...(windowTo === undefined ? {} : { window_to: windowTo }),
    ...(days === undefined ? {} : { days: JSON.stringify(days) }),
    ...(inputs === undefined ? {} : { inputs: JSON.stringify(inputs) }),
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
    ...(consentKind === undefined ? {} : { consent_kind: consentKind }),
    ...(zoneOf === undefined ? {} : { zone_of: zoneOf }),
    ...(retry === undefined ? {} : { retry: JSON.stringify(retry) }),
    ...(pauseReason === undefined ? {} : { pause_reason: pauseReason === null ? null : JSON.stringify(pauseReason) }),
  };
}

const contactOf = (row: Tables["contacts"]): ContactRow => ({
  id: row.id,
  campaign: row.campaign,
  phone: row.phone,
  original: row.original,
  name: row.name,
  zone: row.zone,
  data: JSON.parse(row.data),
  state: row.state as ContactState,
  version: row.version,
  snapshot: row.snapshot === null ? null : JSON.parse(row.snapshot),
  dueAt: row.due_at,
  outcome: row.outcome,
  attempts: row.attempts,
  lastOutcome: row.last_outcome,
  result: JSON.parse(row.result),
  updatedAt: row.updated_at,
});

const contactRow = (contact: ContactRow): Tables["contacts"] => ({
  id: contact.id,
  campaign: contact.campaign,
  phone: contact.phone,
  original: contact.original,
  name: contact.name,
  zone: contact.zone,
  data: JSON.stringify(contact.data),
  state: contact.state,
  version: contact.version,
  snapshot: contact.snapshot === null ? null : JSON.stringify(contact.snapshot),
  due_at: contact.dueAt,
  outcome: contact.outcome,
  attempts: contact.attempts,
  last_outcome: contact.lastOutcome,
  result: JSON.stringify(contact.result),
  updated_at: contact.updatedAt,
});

const attemptOf = (row: Tables["attempts"]): AttemptRow => ({
  id: row.id,
  campaign: row.campaign,
  contact: row.contact,
  command: row.command,
  number: row.number,
  state: row.state as AttemptRow["state"],
  rule: row.rule,
  evidence: row.evidence,
  requestedAt: row.requested_at,
  startedAt: row.started_at,
  answeredAt: row.answered_at,
  endedAt: row.ended_at,
  outcome: row.outcome,
  sipStatus: row.sip_status,
  q850: row.q850,
  callId: row.call_id,
  detail: row.detail,
  class: row.class,
  reason: row.reason,
  said: row.said,
});

const attemptColumns: Record<keyof AttemptRow, keyof Tables["attempts"]> = {
  id: "id",
  campaign: "campaign",
  contact: "contact",
  command: "command",
  number: "number",
  state: "state",
  rule: "rule",
  evidence: "evidence",
  requestedAt: "requested_at",
  startedAt: "started_at",
  answeredAt: "answered_at",
  endedAt: "ended_at",
  outcome: "outcome",
  sipStatus: "sip_status",
  q850: "q850",
  callId: "call_id",
  detail: "detail",
  class: "class",
  reason: "reason",
  said: "said",
};
const attemptChange = (change: Partial<AttemptRow>): Partial<Tables["attempts"]> =>
  Object.fromEntries(Object.entries(change).map(([key, value]) => [attemptColumns[key as keyof AttemptRow], value]));

/** SQLite binds at most 32,766 values in one statement. */
const pieces = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, index * size + size));

export class SqliteCampaigns extends Aggregate implements CampaignStore {
  async all() {
    const rows = await this.database.all(
      sql
        .selectFrom("campaigns")
        .selectAll()
        .select([this.counted(false).as("total"), this.counted(true).as("finished")])
        .orderBy("created_at", "desc"),
    );
    return rows.map((row) => ({ ...campaignOf(row), contacts: Number(row.total), done: Number(row.finished) }));
  }
  async find(id: string) {
    const row = await this.database.first(sql.selectFrom("campaigns").selectAll().where("id", "=", id));
    return row ? campaignOf(row) : null;
  }
  async create(row: CampaignRow) {
    await this.database.write(sql.insertInto("campaigns").values(campaignChange(row) as Tables["campaigns"]));
  }
  async update(id: string, change: Partial<CampaignRow>) {
    await this.database.write(sql.updateTable("campaigns").set(campaignChange(change)).where("id", "=", id));
  }
  /** In pieces, so that a large list does not hold up the writer; a number is in a campaign once, so a repeat does no harm. */
  async addContacts(contacts: readonly ContactRow[], errors: readonly ImportError[], campaign: string, from = { import: "", at: 0 }) {
    let added = 0;
    for (const rows of pieces(contacts.map(contactRow), 500)) {
      const insert = sql
        .insertInto("contacts")
        .values(rows)
        .onConflict((conflict) => conflict.columns(["campaign", "phone"]).doNothing());
      const [found] = await this.database.write(insert.returning("id"));
      added += found?.length ?? 0;
    }
    for (const rows of pieces(errors, 5_000)) {
      await this.database.write(sql.insertInto("import_errors").values(rows.map((error) => ({ campaign, ...from, ...error }))));
    }
    return { added, duplicates: contacts.length - added };
  }
  importErrors(campaign: string) {
    return this.database.all(sql.selectFrom("import_errors").select(["line", "reason", "source"]).where("campaign", "=", campaign).orderBy("line"));
  }
  importErrorsAfter(campaign: string, { after, limit, import: one }: Parameters<CampaignStore["importErrorsAfter"]>[1]) {
    const of = sql.selectFrom("import_errors").select(["id", "import", "at", "line", "reason", "source"]).where("campaign", "=", campaign);
    const chosen = one === undefined ? of : of.where("import", "=", one);
    return this.database.all(
      chosen
        .where("id", ">", after ?? 0)
        .orderBy("id")
        .limit(limit),
    );
  }
  async contactsAfter(campaign: string, { after, limit }: { after: string | null; limit: number }) {
    const of = sql.selectFrom("contacts").selectAll().where("campaign", "=", campaign);
    const rows = await this.database.all(
      of
        .where("phone", ">", after ?? "")
        .orderBy("phone")
        .limit(limit),
    );
    return rows.map(contactOf);
  }
  async contacts(campaign: string, { limit, offset, search }: { limit: number; offset: number; search?: string }) {
    let base = sql.selectFrom("contacts").where("campaign", "=", campaign);
    if (search) base = base.where(holds(search));
    const rows = await this.database.all(base.selectAll().orderBy("updated_at", "desc").orderBy("id").limit(limit).offset(offset));
    const count = await this.database.first(base.select((eb) => eb.fn.countAll<number>().as("n")));
    return { contacts: rows.map(contactOf), total: Number(count?.n ?? 0) };
  }
  async contact(id: string) {
    const row = await this.database.first(sql.selectFrom("contacts").selectAll().where("id", "=", id));
    return row ? contactOf(row) : null;
  }
  /** In two questions, each by the index: new ones first. */
  async due(campaign: string, at: number, limit: number) {
    const of = sql.selectFrom("contacts").selectAll().where("campaign", "=", campaign).limit(limit);
    const fresh = await this.database.all(of.where("state", "=", "new").orderBy("due_at").orderBy("id"));
    if (fresh.length >= limit) return fresh.map(contactOf);
    const waiting = of.where("state", "=", "waiting").where("due_at", "<=", at).orderBy("due_at").orderBy("id");
    return [...fresh, ...(await this.database.all(waiting))].slice(0, limit).map(contactOf);
  }
  async active(campaign: string) {
    return (await this.database.all(sql.selectFrom("contacts").selectAll().where("campaign", "=", campaign).where("state", "=", "active"))).map(contactOf);
  }
  async saveContact(contact: ContactRow) {
    await this.database.write(this.updateContact(contact));
  }
  async counts(campaign: string) {
    const rows = await this.database.all(
      sql
        .selectFrom("contacts")
        .select(["state"])
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("campaign", "=", campaign)
        .groupBy("state"),
    );
    return { new: 0, waiting: 0, active: 0, done: 0, ...Object.fromEntries(rows.map((row) => [row.state, Number(row.n)])) };
  }
  async outcomes(campaign: string) {
    const rows = await this.database.all(
      sql
        .selectFrom("contacts")
        .select("outcome")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .where("campaign", "=", campaign)
        .where("state", "=", "done")
        .groupBy("outcome"),
    );
    return rows.map((row) => ({ outcome: row.outcome ?? "", count: Number(row.n) }));
  }
  async request(attempt: AttemptRow) {
    const [rows] = await this.database.write(
      sql
        .insertInto("attempts")
        .values(attemptChange(attempt) as Tables["attempts"])
        .onConflict((conflict) => conflict.columns(["contact", "command"]).doNothing())
        .returning("id"),
    );
    return (rows?.length ?? 0) > 0;
  }
  async updateAttempt(id: string, change: Partial<AttemptRow>) {
    await this.database.write(sql.updateTable("attempts").set(attemptChange(change)).where("id", "=", id));
  }
  async takeAttempt(id: string, change: Pick<AttemptRow, "startedAt" | "rule" | "evidence">) {
    const taken = sql.updateTable("attempts").set(attemptChange({ ...change, state: "dialling" }));
    const [rows] = await this.database.write(taken.where("id", "=", id).where("state", "=", "requested").returning("id"));
    return (rows?.length ?? 0) > 0;
  }
  async attempt(contact: string, command: string) {
    const row = await this.database.first(sql.selectFrom("attempts").selectAll().where("contact", "=", contact).where("command", "=", command));
    return row ? attemptOf(row) : null;
  }
  async attempts(campaign: string, { limit, offset }: { limit: number; offset: number }) {
    return (
      await this.database.all(
        sql.selectFrom("attempts").selectAll().where("campaign", "=", campaign).orderBy("requested_at", "desc").limit(limit).offset(offset),
      )
    ).map(attemptOf);
  }
  async history(contact: string) {
    return (await this.database.all(sql.selectFrom("attempts").selectAll().where("contact", "=", contact).orderBy("requested_at"))).map(attemptOf);
  }
  async attemptsTo(number: string, since: number) {
    const rows = await this.database.all(
      sql
        .selectFrom("attempts")
        .innerJoin("campaigns", "campaigns.id", "attempts.campaign")
        .selectAll("attempts")
        .select("campaigns.purpose")
        .where("number", "=", number)
        .where("attempts.started_at", ">=", since)
        .orderBy("attempts.started_at", "desc")
        .limit(1_000),
    );
    return rows.map((row) => ({ ...attemptOf(row), purpose: row.purpose })).reverse();
  }
  async settleAttempt(id: string, change: Partial<AttemptRow>, contact: ContactRow) {
    await this.database.write(sql.updateTable("attempts").set(attemptChange(change)).where("id", "=", id), this.updateContact(contact));
  }

  private counted(done: boolean) {
    const all = sql
      .selectFrom("contacts")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .whereRef("contacts.campaign" as never, "=", "campaigns.id" as never);
    return done ? all.where("state", "=", "done") : all;
  }

  private updateContact(contact: ContactRow) {
    const { id, ...change } = contactRow(contact);
    return sql.updateTable("contacts").set(change).where("id", "=", id);
  }
}
