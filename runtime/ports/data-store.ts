import type { CrmMethod } from "../../flows/commands.ts";
import type { Localized, Value } from "../../flows/schema/values.ts";

/** The part of the store used by data nodes. Times are milliseconds since the epoch. */
export interface DataStore {
  tables: TableStore;
  people: PeopleStore;
  counters: CounterStore;
  switches: SwitchStore;
  connectors: ConnectorStore;
  outbox: OutboxStore;
  /** Records already created in a CRM, so that a repeat creates nothing new. */
  crmRecords: CrmRecordStore;
  settings: SettingStore;
}

export type Row = Record<string, Value>;
export type TableRow = { name: string; title: Localized; columns: string[]; rows: number };
export type KeyedRow = { key: string; values: Row; updatedAt: number };
/** Rows one page after another: those after `after`, in an order that does not change while they are read. */
export type Keyset<K> = { after: K | null; limit: number };
export type Page = { limit: number; offset: number; search: string };

export interface TableStore {
  all(): Promise<TableRow[]>;
  find(name: string): Promise<TableRow | null>;
  put(name: string, title: Localized, columns: readonly string[]): Promise<void>;
  remove(name: string): Promise<void>;
  rows(name: string, page: Page): Promise<{ rows: KeyedRow[]; total: number }>;
  /** By key; the whole table, in pages. */
  rowsAfter(name: string, page: Keyset<string>): Promise<KeyedRow[]>;
  row(name: string, key: string): Promise<Row | null>;
  /** Writes the named columns, leaves the others; returns the whole row. At the same time as others: nothing is lost. */
  merge(name: string, key: string, values: Row, at: number): Promise<Row>;
  /** Writes whole rows, in place of those with the same keys. */
  replace(name: string, rows: readonly { key: string; values: Row }[], at: number): Promise<void>;
  drop(name: string, key: string): Promise<void>;
}

/** A person in the contact book. `phone` is E.164 and the key. */
export type Person = { phone: string; name: string; fields: Row; groups: string[]; updatedAt: number };
export type PersonChange = {
  name?: string;
  fields: Row;
  add: readonly string[];
  remove: readonly string[];
  /** Exactly these groups, before `add` and `remove`. */ groups?: readonly string[];
};
export interface PeopleStore {
  find(phone: string): Promise<Person | null>;
  list(page: Page & { group: string }): Promise<{ people: Person[]; total: number }>;
  /** By phone number; everybody of the search and the group, in pages. */
  after(filter: { search: string; group: string }, page: Keyset<string>): Promise<Person[]>;
  groups(): Promise<{ name: string; people: number }[]>;
  /** Writes the given fields only; creates the person if necessary. */
  merge(phone: string, change: PersonChange, at: number): Promise<Person>;
  /** As `merge`, for many. */
  mergeAll(people: readonly { phone: string; change: PersonChange }[], at: number): Promise<void>;
  /** The person as given: fields that are not there are gone. */
  put(person: Person): Promise<void>;
  remove(phone: string): Promise<void>;
}

export type CounterRow = { counter: string; keys: number; total: number; lastAt: number };
export interface CounterStore {
  /** Counts one and tells how many there are within `windowMs` before `at` (0 = ever), this one included. */
  add(counter: string, key: string, windowMs: number, at: number): Promise<number>;
  count(counter: string, key: string, windowMs: number, at: number): Promise<number>;
  all(): Promise<CounterRow[]>;
  /** Counts of the keys counted last within `windowMs` before `at` (0 = ever), at most `limit` of them. */
  keys(counter: string, windowMs: number, at: number, limit: number): Promise<Record<string, number>>;
  reset(counter: string): Promise<void>;
}

export type SwitchRow = {
  name: string;
  title: Localized;
  on: boolean;
  changedAt: number | null;
  /** A call's id, or "" for a person on the screen. */ changedBy: string;
};
export type SwitchAction = "on" | "off" | "flip";
export interface SwitchStore {
  all(): Promise<SwitchRow[]>;
  find(name: string): Promise<SwitchRow | null>;
  put(name: string, title: Localized): Promise<void>;
  /** How it stands then; null when there is no such switch. */
  turn(name: string, action: SwitchAction, at: number, by: string): Promise<boolean | null>;
  remove(name: string): Promise<void>;
}

export const connectorKinds = ["webhook", "demo"] as const;
export type ConnectorKind = (typeof connectorKinds)[number];
export type ConnectorRow = { name: string; title: Localized; kind: ConnectorKind; url: string; /** Signs requests; "" = none. */ secret: string };
export interface ConnectorStore {
  all(): Promise<ConnectorRow[]>;
  find(name: string): Promise<ConnectorRow | null>;
  put(row: ConnectorRow): Promise<void>;
  remove(name: string): Promise<void>;
}

export const channels = ["sms", "email", "messenger", "webhook"] as const;
export type Channel = (typeof channels)[number];
export type MessageState = "queued" | "sent" | "failed";
export type MessageRow = {
  id: string;
  /** The same key is the same message. */
  key: string;
  channel: Channel;
  to: string;
  subject: string;
  text: string;
  data: Row;
  state: MessageState;
  tries: number;
  /** When it is tried next; null when it is not. */
  dueAt: number | null;
  createdAt: number;
  sentAt: number | null;
  error: string;
  callId: string;
};
export interface OutboxStore {
  /** Keeps a message; false when one with this key is there already. */
  add(row: MessageRow): Promise<boolean>;
  find(id: string): Promise<MessageRow | null>;
  byKey(key: string): Promise<MessageRow | null>;
  due(at: number, limit: number): Promise<MessageRow[]>;
  update(id: string, change: Partial<Pick<MessageRow, "state" | "tries" | "dueAt" | "sentAt" | "error">>): Promise<void>;
  list(page: Page & { state?: MessageState }): Promise<{ messages: MessageRow[]; total: number }>;
  counts(): Promise<Record<MessageState, number>>;
  /** Drops delivered messages that were sent before `sentBefore`, and the oldest beyond `keep` of them; what waits or failed stays. How many went. */
  prune(limits: { sentBefore: number; keep: number }): Promise<number>;
}

export type CrmRecord = { key: string; connector: string; method: CrmMethod; /** Of the parameters. */ fingerprint: string; value: Value; at: number };
export interface CrmRecordStore {
  find(connector: string, method: CrmMethod, key: string): Promise<CrmRecord | null>;
  /** The first one stays. */
  keep(record: CrmRecord): Promise<void>;
}

export interface SettingStore {
  read(key: string): Promise<Value>;
  write(key: string, value: Value): Promise<void>;
}
