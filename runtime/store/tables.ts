import type { Generated } from "kysely";
import { foldedColumns } from "./search.ts";

/** Database rows without the search column (`search.ts`). JSON columns are text; times are milliseconds since the epoch. */
export type Tables = {
  flows: {
    id: string;
    kind: string;
    title: string;
    draft: string;
    revision: number;
    template: string | null;
    created_at: number;
    updated_at: number;
  };
  flow_versions: { flow: string; version: number; document: string; note: string; published_at: number };
  aliases: { flow: string; alias: string; version: number };
  numbers: { number: string; flow: string; alias: string; note: string };
  calendars: { name: string; data: string };
  lists: { name: string; title: string; kind: string };
  list_entries: {
    list: string;
    number: string;
    reason: string;
    added_at: number;
    expires_at: number | null;
    hits: number;
    last_seen: number | null;
  };
  calls: {
    id: string;
    flow: string;
    version: number;
    kind: string;
    direction: string;
    caller: string;
    dialled: string;
    sip_call_id: string;
    started_at: number;
    answered_at: number | null;
    ended_at: number | null;
    ended: string | null;
    q850: number | null;
    sip_status: number | null;
    outcome: string | null;
    disposition: string | null;
    result: string;
    path: string;
    recordings: string;
    operator: string;
    attempt: string | null;
    /** What the totals count (`flows/reports/call-facts.ts`); null until the call has been counted. */
    way: string | null;
    goal: number | null;
    reason: string | null;
  };
  journal: { call_id: string; seq: number; at: number; node: string; kind: string; data: string | null };
  uploads: { hash: string; title: string; ms: number; created_at: number };
  campaigns: {
    id: string;
    title: string;
    strategy: string;
    version: number;
    state: string;
    purpose: string;
    consent: string;
    lines: number;
    window_from: string;
    window_to: string;
    days: string;
    zone: string;
    trunk: string;
    inputs: string;
    created_at: number;
    started_at: number | null;
    audience: string;
    consent_kind: string;
    zone_of: string;
    retry: string;
    pause_reason: string | null;
  };
  contacts: {
    id: string;
    campaign: string;
    phone: string;
    original: string;
    name: string;
    zone: string;
    data: string;
    state: string;
    version: number;
    snapshot: string | null;
    due_at: number | null;
    outcome: string | null;
    attempts: number;
    last_outcome: string | null;
    result: string;
    updated_at: number;
  };
  import_errors: { id: Generated<number>; campaign: string; import: string; at: number; line: number; reason: string; source: string };
  attempts: {
    id: string;
    campaign: string;
    contact: string;
    command: string;
    number: string;
    state: string;
    rule: string;
    evidence: string;
    requested_at: number;
    started_at: number | null;
    answered_at: number | null;
    ended_at: number | null;
    outcome: string | null;
    sip_status: number | null;
    q850: number | null;
    call_id: string | null;
    detail: string | null;
    class: string | null;
    reason: string;
    said: string | null;
  };
  settings: { key: string; value: string };
  data_tables: { name: string; title: string; columns: string };
  table_rows: { name: string; key: string; data: string; updated_at: number };
  people: { phone: string; name: string; data: string; updated_at: number };
  person_groups: { phone: string; name: string };
  counts: { counter: string; key: string; at: number; n: number };
  switches: { name: string; title: string; state: number; changed_at: number | null; changed_by: string };
  connectors: { name: string; title: string; kind: string; url: string; secret: string };
  messages: {
    id: string;
    key: string;
    channel: string;
    recipient: string;
    subject: string;
    body: string;
    data: string;
    state: string;
    tries: number;
    due_at: number | null;
    created_at: number;
    sent_at: number | null;
    error: string;
    call_id: string;
  };
  flow_tests: { flow: string; id: string; origin: string; data: string; created_at: number };
  sessions: { hash: string; until: number };
  crm_records: { connector: string; method: string; key: string; fingerprint: string; value: string; at: number };
};

/** Numbered, forward only; applied in order by the writer. Portable SQL. */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE flows (id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, draft TEXT NOT NULL, revision INTEGER NOT NULL, template TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)`,
    `CREATE TABLE flow_versions (flow TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, note TEXT NOT NULL, published_at INTEGER NOT NULL, PRIMARY KEY (flow, version))`,
    `CREATE TABLE aliases (flow TEXT NOT NULL, alias TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (flow, alias))`,
    `CREATE TABLE numbers (number TEXT PRIMARY KEY, flow TEXT NOT NULL, alias TEXT NOT NULL, note TEXT NOT NULL)`,
    `CREATE TABLE calendars (name TEXT PRIMARY KEY, data TEXT NOT NULL)`,
    `CREATE TABLE lists (name TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL)`,
    `CREATE TABLE list_entries (list TEXT NOT NULL, number TEXT NOT NULL, reason TEXT NOT NULL, added_at INTEGER NOT NULL, expires_at INTEGER, hits INTEGER NOT NULL, last_seen INTEGER, PRIMARY KEY (list, number))`,
    `CREATE TABLE calls (id TEXT PRIMARY KEY, flow TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, caller TEXT NOT NULL, dialled TEXT NOT NULL, sip_call_id TEXT NOT NULL, started_at INTEGER NOT NULL, answered_at INTEGER, ended_at INTEGER, ended TEXT, q850 INTEGER, sip_status INTEGER, outcome TEXT, disposition TEXT, result TEXT NOT NULL, path TEXT NOT NULL, recordings TEXT NOT NULL, operator TEXT NOT NULL, attempt TEXT)`,
    `CREATE INDEX calls_started ON calls (started_at)`,
    `CREATE INDEX calls_flow ON calls (flow, started_at)`,
    `CREATE TABLE journal (call_id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, node TEXT NOT NULL, kind TEXT NOT NULL, data TEXT, PRIMARY KEY (call_id, seq)) WITHOUT ROWID`,
    `CREATE TABLE uploads (hash TEXT PRIMARY KEY, title TEXT NOT NULL, ms INTEGER NOT NULL, created_at INTEGER NOT NULL)`,
    `CREATE TABLE campaigns (id TEXT PRIMARY KEY, title TEXT NOT NULL, strategy TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, purpose TEXT NOT NULL, consent TEXT NOT NULL, lines INTEGER NOT NULL, window_from TEXT NOT NULL, window_to TEXT NOT NULL, days TEXT NOT NULL, zone TEXT NOT NULL, trunk TEXT NOT NULL, inputs TEXT NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER)`,
    `CREATE TABLE contacts (id TEXT PRIMARY KEY, campaign TEXT NOT NULL, phone TEXT NOT NULL, original TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL, snapshot TEXT, due_at INTEGER, outcome TEXT, attempts INTEGER NOT NULL, last_outcome TEXT, result TEXT NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (campaign, phone))`,
    `CREATE INDEX contacts_due ON contacts (campaign, state, due_at)`,
    `CREATE TABLE import_errors (campaign TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL)`,
    `CREATE TABLE attempts (id TEXT PRIMARY KEY, campaign TEXT NOT NULL, contact TEXT NOT NULL, command TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL, rule TEXT NOT NULL, evidence TEXT NOT NULL, requested_at INTEGER NOT NULL, started_at INTEGER, answered_at INTEGER, ended_at INTEGER, outcome TEXT, sip_status INTEGER, q850 INTEGER, call_id TEXT, UNIQUE (contact, command))`,
    `CREATE INDEX attempts_campaign ON attempts (campaign, requested_at)`,
    `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)`,
  ],
  // Flow documents of format 2: a program that knows only format 1 must not open this database.
  [],
  // What the nodes of data keep: tables, people, counters, switches, connectors, messages.
  [
    `CREATE TABLE data_tables (name TEXT PRIMARY KEY, title TEXT NOT NULL, columns TEXT NOT NULL)`,
    `CREATE TABLE table_rows (name TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (name, key))`,
    `CREATE TABLE people (phone TEXT PRIMARY KEY, name TEXT NOT NULL, data TEXT NOT NULL, updated_at INTEGER NOT NULL)`,
    `CREATE TABLE person_groups (phone TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (phone, name))`,
    `CREATE INDEX person_groups_name ON person_groups (name)`,
    `CREATE TABLE counts (counter TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (counter, key, at))`,
    `CREATE TABLE switches (name TEXT PRIMARY KEY, title TEXT NOT NULL, state INTEGER NOT NULL, changed_at INTEGER, changed_by TEXT NOT NULL)`,
    `CREATE TABLE connectors (name TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL)`,
    `CREATE TABLE messages (id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, due_at INTEGER, created_at INTEGER NOT NULL, sent_at INTEGER, error TEXT NOT NULL, call_id TEXT NOT NULL)`,
    `CREATE INDEX messages_due ON messages (state, due_at)`,
    `CREATE INDEX messages_created ON messages (created_at)`,
    `CREATE TABLE crm_records (connector TEXT NOT NULL, method TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (connector, method, key))`,
    `CREATE INDEX calls_caller ON calls (caller, started_at)`,
  ],
  // Tests of a flow are kept with it, not in one browser.
  [
    `CREATE TABLE flow_tests (flow TEXT NOT NULL, id TEXT NOT NULL, origin TEXT NOT NULL, data TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (flow, id))`,
  ],
  // Calling rules need the audience, the consent and every call to a number; attempts store the detailed outcome.
  [
    `ALTER TABLE campaigns ADD COLUMN audience TEXT NOT NULL DEFAULT 'consumer'`,
    `ALTER TABLE campaigns ADD COLUMN consent_kind TEXT NOT NULL DEFAULT 'given'`,
    `ALTER TABLE campaigns ADD COLUMN zone_of TEXT NOT NULL DEFAULT 'number'`,
    `ALTER TABLE campaigns ADD COLUMN retry TEXT NOT NULL DEFAULT '{}'`,
    `UPDATE campaigns SET audience = 'debtor' WHERE purpose = 'debt'`,
    `ALTER TABLE attempts ADD COLUMN detail TEXT`,
    `ALTER TABLE attempts ADD COLUMN class TEXT`,
    `ALTER TABLE attempts ADD COLUMN reason TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE attempts ADD COLUMN said TEXT`,
    `CREATE INDEX attempts_number ON attempts (number, started_at)`,
  ],
  // What the totals count of a call, so that a row of them and the list behind it ask the same columns.
  [
    `ALTER TABLE calls ADD COLUMN way TEXT`,
    `ALTER TABLE calls ADD COLUMN goal INTEGER`,
    `ALTER TABLE calls ADD COLUMN reason TEXT`,
    `CREATE INDEX calls_totals ON calls (started_at, flow, way, goal, reason, outcome, ended)`,
    `CREATE INDEX calls_uncounted ON calls (ended_at) WHERE way IS NULL`,
  ],
  // A campaign that paused by itself says why.
  [`ALTER TABLE campaigns ADD COLUMN pause_reason TEXT`],
  // Sessions, kept across restarts.
  [`CREATE TABLE sessions (hash TEXT PRIMARY KEY, until INTEGER NOT NULL)`],
  // Lists are searched without regard to case, ё and the signs of LIKE; long lists are read page by page.
  [
    ...foldedColumns,
    `DROP INDEX contacts_due`,
    `CREATE INDEX contacts_due ON contacts (campaign, state, due_at, id)`,
    `CREATE INDEX contacts_page ON contacts (campaign, updated_at DESC, id)`,
    `CREATE INDEX flows_page ON flows (updated_at DESC, id)`,
    `CREATE INDEX calls_page ON calls (started_at DESC, id)`,
  ],
  // Bad rows are kept by import.
  [
    `ALTER TABLE import_errors RENAME TO old_import_errors`,
    `CREATE TABLE import_errors (id INTEGER PRIMARY KEY, campaign TEXT NOT NULL, import TEXT NOT NULL, at INTEGER NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL)`,
    `INSERT INTO import_errors (campaign, import, at, line, reason, source) SELECT campaign, '', 0, line, reason, source FROM old_import_errors ORDER BY line`,
    `DROP TABLE old_import_errors`,
    `CREATE INDEX import_errors_campaign ON import_errors (campaign, id)`,
  ],
  // A talk's `wait` and `press` count otherwise than before: the tests that are there keep their times.
  [`UPDATE flow_tests SET data = retold(data)`],
];
