import type { Flow, FlowKind } from "../../flows/schema/flow.ts";
import type { Calendar } from "../../flows/schema/calendar.ts";
import type { CallResult, JournalLine } from "../../flows/result.ts";
import type { CallFacts } from "../../flows/reports/call-facts.ts";
import type { Cell } from "../../flows/reports/totals.ts";
import type { Localized, Value } from "../../flows/schema/values.ts";
import type { RetrySettings } from "../../flows/strategy/retry-settings.ts";
import type { Saved } from "../../flows/compile/step.ts";
import type { DataStore, Keyset } from "./data-store.ts";

/** Store port: async from day one. Times are milliseconds since the epoch. A write is acknowledged after commit. */
export interface Store extends DataStore {
  flows: FlowStore;
  numbers: NumberStore;
  calendars: CalendarStore;
  lists: ListStore;
  calls: CallStore;
  uploads: UploadStore;
  campaigns: CampaignStore;
  flowTests: FlowTestStore;
  sessions: SessionStore;
  close(): Promise<void>;
}

/** Parses a stored document, in this or an older format, as a current flow. Throws with a message if it cannot be parsed. */
export type ReadFlow = (document: string) => Flow;

export type FlowRow = {
  id: string;
  kind: string;
  title: Localized;
  revision: number;
  template: string | null;
  createdAt: number;
  updatedAt: number;
  live: number | null;
  versions: number;
};
export type FlowVersionRow = { flow: string; version: number; note: string; publishedAt: number };

export interface FlowStore {
  all(): Promise<FlowRow[]>;
  /** Last changed first. `live`: only those with a live version; `ids`: only these. */
  page(page: Keyset<Pick<FlowRow, "updatedAt" | "id">> & { search?: string; kind?: FlowKind; live?: boolean; ids?: readonly string[] }): Promise<FlowRow[]>;
  /** Flows that have a live version. */
  live(): Promise<Pick<FlowRow, "id" | "kind">[]>;
  draft(id: string): Promise<{ flow: Flow; revision: number; template: string | null } | null>;
  /** False when the id is taken. */
  create(flow: Flow, at: number, template: string | null): Promise<boolean>;
  /** False when `revision` is not the stored one: someone else has saved meanwhile. */
  saveDraft(flow: Flow, revision: number, at: number): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Makes the next immutable version and points alias `live` at it. */
  publish(flow: Flow, note: string, at: number): Promise<number>;
  /** As `publish`, when the draft still has the revision and the newest version (0 = none) is the one that were seen; else null, and nothing is done. */
  publishSeen(flow: Flow, note: string, at: number, seen: { revision: number; newest: number }): Promise<number | null>;
  versions(id: string): Promise<FlowVersionRow[]>;
  version(id: string, version: number): Promise<Flow | null>;
  /** Version behind an alias, or null. */
  alias(id: string, alias: string): Promise<number | null>;
  /** With `from`: only when the alias still points there; else false, and nothing is done. */
  setAlias(id: string, alias: string, version: number, from?: number | null): Promise<boolean>;
}

/** A conversation that proves a flow, as it was written: `given` may be in part, the rest is what the flow stands on. */
export type FlowTest = { id: string; origin: "own" | "template"; conversation: Record<string, unknown> };
export type NewFlowTest = FlowTest;
export interface FlowTestStore {
  /** In the order in which they came. */
  all(flow: string): Promise<FlowTest[]>;
  /** One that has the id of another of this flow takes its place. */
  add(flow: string, tests: readonly NewFlowTest[], at: number): Promise<void>;
  /** False when there is no such test. */
  remove(flow: string, id: string): Promise<boolean>;
}

export type NumberRow = { number: string; flow: string; alias: string; note: string };
export interface NumberStore {
  all(): Promise<NumberRow[]>;
  find(number: string): Promise<NumberRow | null>;
  put(row: NumberRow): Promise<void>;
  /** Binds a number that is free, this flow's own, or still `from`'s. Else the row that holds it, and nothing is done. */
  take(row: NumberRow, from?: string): Promise<NumberRow | null>;
  remove(number: string): Promise<void>;
}

export interface CalendarStore {
  all(): Promise<Record<string, Calendar>>;
  put(name: string, calendar: Calendar): Promise<void>;
  remove(name: string): Promise<void>;
}

export const listKinds = ["black", "white", "vip", "do-not-call", "other"] as const;
export type ListKind = (typeof listKinds)[number];
export type ListRow = { name: string; title: Localized; kind: ListKind; entries: number };
export type ListEntry = { list: string; number: string; reason: string; addedAt: number; expiresAt: number | null; hits: number; lastSeen: number | null };
export interface ListStore {
  all(): Promise<ListRow[]>;
  put(name: string, title: Localized, kind: ListKind): Promise<void>;
  remove(name: string): Promise<void>;
  entries(name: string, page: { limit: number; offset: number; search: string }): Promise<ListEntry[]>;
  /** Living entries of a number on lists of a kind (or on the named list). */
  find(number: string, where: { kind?: ListKind; list?: string }, at: number): Promise<ListEntry[]>;
  /** Active entries of a list that can match a number: the number itself, its prefixes, or masks (`*` and `?`). */
  candidates(list: string, number: string, match: "prefix" | "mask", at: number): Promise<ListEntry[]>;
  add(entry: Omit<ListEntry, "hits" | "lastSeen">): Promise<void>;
  /** Adds one hit and stamps it. */
  hit(list: string, number: string, at: number): Promise<void>;
  drop(list: string, number: string): Promise<void>;
}

export type CallRow = {
  id: string;
  flow: string;
  version: number;
  kind: string;
  direction: "inbound" | "outbound" | "desk";
  caller: string;
  dialled: string;
  sipCallId: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  operator: string;
  attempt: string | null;
  ended: string | null;
  q850: number | null;
  sipStatus: number | null;
  outcome: string | null;
  disposition: string | null;
  result: Record<string, Value>;
  path: CallResult["path"];
  recordings: CallResult["recordings"];
};
export type NewCall = Pick<
  CallRow,
  "id" | "flow" | "version" | "kind" | "direction" | "caller" | "dialled" | "sipCallId" | "startedAt" | "operator" | "attempt"
>;
export type StoredLine = JournalLine & { callId: string; seq: number };
export type CallEnd = { endedAt: number; answeredAt: number | null; result: CallResult };
export type CallFilter = { flow?: string; search?: string; from?: number; to?: number; live?: boolean; limit: number; offset: number } & CallRowOfTotals;
/** A row of the totals: only counted calls that are in it. Null: those without a reason, without an outcome. */
export type CallRowOfTotals = { way?: CallFacts["way"]; reason?: string | null; outcome?: string | null };
export type UncountedCall = Pick<CallRow, "id" | "flow" | "version">;

export interface CallStore {
  /** Rejects with "SQLITE_CONSTRAINT_PRIMARYKEY" when the call has begun. `append` and `finish` twice are as once: they may be tried again. */
  begin(call: NewCall, lines: readonly StoredLine[]): Promise<void>;
  append(lines: readonly StoredLine[]): Promise<void>;
  /** Result and last lines in one transaction. */
  finish(id: string, end: CallEnd, lines: readonly StoredLine[]): Promise<void>;
  /** Recordings of a call that has ended, in place of those in its row; the lines that say so in one transaction. */
  addRecordings(id: string, recordings: CallResult["recordings"], lines: readonly StoredLine[]): Promise<void>;
  find(id: string): Promise<CallRow | null>;
  list(filter: CallFilter): Promise<{ calls: CallRow[]; total: number }>;
  /** As `list`, newest first, without counting. */
  after(filter: Omit<CallFilter, "limit" | "offset">, page: Keyset<Pick<CallRow, "startedAt" | "id">>): Promise<CallRow[]>;
  journal(id: string, after?: number, limit?: number): Promise<StoredLine[]>;
  /** Earlier calls of a caller since a moment, `except` one: how many, and the newest. */
  history(caller: string, since: number, except: string): Promise<{ calls: number; last: { at: number; outcome: string | null } | null }>;
  /** Calls begun and never ended: what a crash left. */
  unfinished(): Promise<CallRow[]>;
  /** Calls that have ended and are not counted yet, the latest first. */
  uncounted(limit: number): Promise<UncountedCall[]>;
  /** Keeps what the totals count of each call. */
  count(calls: readonly { id: string; facts: CallFacts }[]): Promise<void>;
  /** Counted calls of the filter, grouped; how many of it are going on; how many ended and are not counted yet. */
  totals(filter: Omit<CallFilter, "limit" | "offset" | "live">): Promise<{ cells: Cell[]; live: number; uncounted: number }>;
}

export interface SessionStore {
  /** Also forgets those that are over. */
  begin(hash: string, until: number, at: number): Promise<void>;
  lives(hash: string, at: number): Promise<boolean>;
  end(hash: string): Promise<void>;
}

export type UploadRow = { hash: string; title: string; ms: number; createdAt: number };
export interface UploadStore {
  all(): Promise<UploadRow[]>;
  put(row: UploadRow): Promise<void>;
}

export type CampaignState = "draft" | "running" | "paused" | "finished";
export type CampaignRow = {
  id: string;
  title: string;
  strategy: string;
  version: number;
  state: CampaignState;
  purpose: string;
  consent: string;
  lines: number;
  windowFrom: string;
  windowTo: string;
  days: number[];
  zone: string;
  trunk: string;
  inputs: Record<string, Value>;
  createdAt: number;
  startedAt: number | null;
  /** Audience: "consumer", "business", "debtor". */
  audience: string;
  /** How far the consent goes: "none", "given", "specific", "written". */
  consentKind: string;
  /** Time zone of contacts without one: by number, or the zone of the campaign for all. */
  zoneOf: "number" | "campaign";
  /** Retry settings of the campaign, over those of the strategy. */
  retry: RetrySettings;
  /** Why it paused by itself; null when somebody paused it, or it did not. */
  pauseReason?: PauseReason | null;
};
/** Consecutive failures of a trunk, or of the flow played through it; `last` is the last error. */
export type PauseReason = { trunk: string; flow?: string; failures: number; last: string; at: number };
export type ContactState = "new" | "waiting" | "active" | "done";
export type ContactRow = {
  id: string;
  campaign: string;
  phone: string;
  original: string;
  name: string;
  zone: string;
  data: Record<string, Value>;
  state: ContactState;
  version: number;
  snapshot: Saved | null;
  dueAt: number | null;
  outcome: string | null;
  attempts: number;
  lastOutcome: string | null;
  result: Record<string, Value>;
  updatedAt: number;
};
export type AttemptRow = {
  id: string;
  campaign: string;
  contact: string;
  command: string;
  number: string;
  state: "requested" | "granted" | "dialling" | "answered" | "ended";
  rule: string;
  evidence: string;
  requestedAt: number;
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  outcome: string | null;
  sipStatus: number | null;
  q850: number | null;
  callId: string | null;
  /** The detailed outcome, such as "congestion" for the exit "failed", and its class. */
  detail: string | null;
  class: string | null;
  /** Reason phrase or header, unchanged. */
  reason: string;
  /** Disposition or outcome of the call it led to. */
  said: string | null;
};
/** An attempt to a number with the purpose of its campaign. */
export type NumberAttempt = AttemptRow & { purpose: string };
/** `line` is that of the file, as an editor counts them. */
export type ImportError = { line: number; reason: string; source: string };
/** A stored rejected row with its import and time (ms since the epoch; 0 in rows of older versions). */
export type KeptImportError = ImportError & { id: number; import: string; at: number };

export interface CampaignStore {
  all(): Promise<(CampaignRow & { contacts: number; done: number })[]>;
  find(id: string): Promise<CampaignRow | null>;
  create(row: CampaignRow): Promise<void>;
  update(id: string, change: Partial<CampaignRow>): Promise<void>;
  /** Adds contacts; numbers already in the campaign are unchanged and counted. */
  addContacts(
    contacts: readonly ContactRow[],
    errors: readonly ImportError[],
    campaign: string,
    from?: { import: string; at: number },
  ): Promise<{ added: number; duplicates: number }>;
  importErrors(campaign: string): Promise<ImportError[]>;
  /** Bad rows of all imports of a campaign, or of one, in the order in which they came. */
  importErrorsAfter(campaign: string, page: Keyset<number> & { import?: string }): Promise<KeptImportError[]>;
  /** By phone number; the whole campaign, in pages. */
  contactsAfter(campaign: string, page: Keyset<string>): Promise<ContactRow[]>;
  contacts(campaign: string, page: { limit: number; offset: number; search?: string }): Promise<{ contacts: ContactRow[]; total: number }>;
  contact(id: string): Promise<ContactRow | null>;
  /** Contacts to wake: new ones, and waiting ones that are due. */
  due(campaign: string, at: number, limit: number): Promise<ContactRow[]>;
  /** Contacts left `active` by a crash. */
  active(campaign: string): Promise<ContactRow[]>;
  saveContact(contact: ContactRow): Promise<void>;
  counts(campaign: string): Promise<Record<ContactState, number>>;
  outcomes(campaign: string): Promise<{ outcome: string; count: number }[]>;
  /** Writes the attempt row before the INVITE; false when this command already has one. */
  request(attempt: AttemptRow): Promise<boolean>;
  updateAttempt(id: string, change: Partial<AttemptRow>): Promise<void>;
  /** Makes a requested attempt `dialling`; false when it is not `requested` any more: somebody else has taken it. */
  takeAttempt(id: string, change: Pick<AttemptRow, "startedAt" | "rule" | "evidence">): Promise<boolean>;
  attempt(contact: string, command: string): Promise<AttemptRow | null>;
  attempts(campaign: string, page: { limit: number; offset: number }): Promise<AttemptRow[]>;
  history(contact: string): Promise<AttemptRow[]>;
  /** Attempts to a number that were dialled at or after `since`, from every campaign, oldest first; at most 1,000, the latest. */
  attemptsTo(number: string, since: number): Promise<NumberAttempt[]>;
  /** Outcome consumed and new snapshot saved are one transaction. */
  settleAttempt(id: string, change: Partial<AttemptRow>, contact: ContactRow): Promise<void>;
}
