import type { Way } from "../../flows/reports/call-facts.ts";
import type { NamedTotals } from "../../flows/reports/named-totals.ts";
import type { CallResult } from "../../flows/result.ts";
import type { Calendar } from "../../flows/schema/calendar.ts";
import type { Flow, FlowKind, FlowVariable } from "../../flows/schema/flow.ts";
import type { Issue } from "../../flows/schema/issue.ts";
import type { Localized, Value } from "../../flows/schema/values.ts";
import type { Conversation } from "../../flows/simulate/conversation.ts";
import type { ShownStep } from "../../flows/commands.ts";
import type { OperatorCard } from "../../flows/nodes/screen-pop/card.ts";
import type {
  AttemptRow,
  CallRow,
  CampaignRow,
  ContactRow,
  FlowRow,
  FlowVersionRow,
  ImportError,
  ListEntry,
  ListKind,
  ListRow,
  NumberRow,
  StoredLine,
} from "../../runtime/ports/store.ts";
import { part, request } from "./client.ts";

export type {
  AttemptRow,
  CallResult,
  CallRow,
  CampaignRow,
  ContactRow,
  FlowRow,
  FlowVersionRow,
  ImportError,
  ListEntry,
  ListKind,
  ListRow,
  NumberRow,
  StoredLine,
};

export type Health = {
  status: "ok" | "late" | "degraded";
  version: string;
  uptimeS: number;
  calls: number;
  maxCalls: number;
  sip: { port: number; trunks?: unknown } | null;
  voices: string[];
  demoNumber: string | null;
  store: "ok" | "failing";
  kept: { since: number | null; reason: string; waiting: number; lost: number };
};
export type Settings = {
  zone: string;
  country: string;
  maxCalls: number;
  sip: { address: string; port: number } | null;
  trunks: { trunk: string; state: string; since?: number; sipStatus?: number; reason?: string }[];
  voices: string[];
  missingCommands?: string[];
  allowHosts: { config: string[]; kept: string[] };
  bind: string;
  version: string;
};
export type FlowDetails = { document: Flow; revision: number; template: string | null; live: number | null; versions: FlowVersionRow[]; numbers: NumberRow[] };
export type Template = {
  slug: string;
  id: string;
  kind: Flow["kind"];
  title: Localized;
  description?: Localized;
  tags: string[];
  languages: string[];
  inputs: Record<string, FlowVariable>;
  nodes: number;
  conversations: number;
};
export type TemplateDetails = {
  document: Flow;
  readme: string;
  demo: { inputs?: Record<string, Value>; calendars?: Record<string, Calendar>; lists?: unknown };
  conversations: Conversation[];
};
/** A test as written: missing conditions come from the defaults of the flow. */
export type FlowTest = { id: string; origin: "own" | "template"; conversation: Record<string, unknown> };
export type Upload = { hash: string; title: string; ms: number; createdAt: number };
export type DeskRun = {
  id: string;
  flow: string;
  title: Localized | string;
  startedAt: number;
  done: boolean;
  outcome: string | null;
  operator?: string;
  caller?: string;
  shown: { id: string; node: string; step: ShownStep } | null;
  trail: { node: string; answer: string }[];
  result: Record<string, Value>;
  outcomeWords?: Localized | null;
  /** The caller hung up; the card was left without a disposition; another window edits it. */
  hungup?: boolean;
  unfinished?: boolean;
  held?: boolean;
  /** Captured values with the titles of the script. */
  known?: { name: string; title: Localized; value: Value; words: Localized | null }[];
  /** The customer card, once the script has opened it; data known at the start. */
  card?: OperatorCard | null;
  told?: { name: string; title: Localized; value: Value; words: Localized | null }[];
};
export type DeskScript = { flow: string; title: Localized; version: number; inputs: Record<string, FlowVariable> };
export type CampaignFields = Omit<CampaignRow, "id" | "version" | "state" | "inputs" | "createdAt" | "startedAt">;
export type CampaignDetails = {
  campaign: CampaignRow;
  counts: Record<"new" | "waiting" | "active" | "done", number>;
  outcomes: { outcome: string; count: number }[];
  linesInUse: number;
};
export type Mapping = { phone: string; name?: string; zone?: string };
export type CallsQuery = {
  flow?: string | null;
  search?: string;
  from?: number;
  to?: number;
  live?: 1;
  limit?: number;
  offset?: number;
  /** A row of the totals; "-" is that of calls without a reason, without an outcome. */
  way?: Way;
  reason?: string;
  outcome?: string;
};

/** Totals of a filter; calls in progress or not counted yet are in none of the rows. */
export type CallTotals = NamedTotals & { live: number; uncounted: number };

export type FlowsQuery = { search?: string; cursor?: string; limit?: number; kind?: FlowKind; live?: 1; ids?: string };

/** Typed calls of docs/api.md, one line each. */
const journalPage = 5_000;

export const api = {
  health: () => request<Health>("/health"),
  settings: () => request<Settings>("/settings"),
  session: () => request<{ required: boolean; signedIn: boolean }>("/session"),
  signIn: (password: string) => request<void>("/session", { json: { password } }),

  /** Flows with this search in their titles and ids, the last changed first; `next` is the cursor of the page after this one. */
  flowsPage: (query: FlowsQuery) => request<{ flows: FlowRow[]; next: string | null }>("/flows", { query }),
  liveFlows: () => request<{ flows: Pick<FlowRow, "id" | "kind">[] }>("/flows/live").then((answer) => answer.flows),
  flow: (id: string) => request<FlowDetails>(`/flows/${part(id)}`),
  /** Under its id, or the next free one. */
  createFlow: (document: Flow) => request<{ id: string; revision: number }>("/flows", { json: { document, rename: true } }),
  saveFlow: (document: Flow, revision: number) =>
    request<{ revision: number; issues: Issue[] }>(`/flows/${part(document.id)}`, { method: "PUT", json: { document, revision } }),
  removeFlow: (id: string) => request<void>(`/flows/${part(id)}`, { method: "DELETE" }),
  /** Other flows that a document plays, by id or id@version. */
  inlined: (document: Flow) =>
    request<{ flows: Record<string, Flow> }>(`/flows/${part(document.id)}/inlined`, { json: { document } }).then((answer) => answer.flows),
  publish: (id: string, body: { revision: number; note?: string; number?: string; numberFrom?: string }) =>
    request<{ version: number; prompts: number }>(`/flows/${part(id)}/publish`, { json: body }),
  version: (id: string, version: number) => request<{ document: Flow }>(`/flows/${part(id)}/versions/${version}`).then((answer) => answer.document),
  /** `from` is the version shown as live, so that an unseen change is not overwritten. */
  makeLive: (id: string, version: number, from: number | null) =>
    request<void>(`/flows/${part(id)}/versions/${version}/live`, { method: "POST", json: { from } }),

  tests: (flow: string) => request<{ tests: FlowTest[] }>(`/flows/${part(flow)}/tests`).then((answer) => answer.tests),
  /** Adds tests; returns all of them. */
  addTests: (flow: string, conversations: readonly Conversation[]) =>
    request<{ tests: FlowTest[] }>(`/flows/${part(flow)}/tests`, { json: { conversations } }).then((answer) => answer.tests),
  takeTemplateTests: (flow: string) =>
    request<{ tests: FlowTest[] }>(`/flows/${part(flow)}/tests/template`, { method: "POST", json: {} }).then((answer) => answer.tests),
  removeTest: (flow: string, test: string) => request<void>(`/flows/${part(flow)}/tests/${part(test)}`, { method: "DELETE" }),

  templates: () => request<{ templates: Template[] }>("/templates").then((answer) => answer.templates),
  template: (slug: string) => request<TemplateDetails>(`/templates/${part(slug)}`),
  cloneTemplate: (slug: string, body: { id?: string; title?: string | Localized; inputs?: Record<string, Value> }) =>
    request<{ id: string; revision: number }>(`/templates/${part(slug)}/clone`, { json: body }),

  numbers: () => request<{ numbers: NumberRow[] }>("/numbers").then((answer) => answer.numbers),
  putNumber: (number: string, body: { flow: string; alias?: string; note?: string; from?: string }) =>
    request<void>(`/numbers/${part(number)}`, { method: "PUT", json: body }),
  removeNumber: (number: string) => request<void>(`/numbers/${part(number)}`, { method: "DELETE" }),

  calendars: () => request<{ calendars: Record<string, Calendar> }>("/calendars").then((answer) => answer.calendars),
  putCalendar: (name: string, calendar: Calendar) => request<void>(`/calendars/${part(name)}`, { method: "PUT", json: calendar }),
  removeCalendar: (name: string) => request<void>(`/calendars/${part(name)}`, { method: "DELETE" }),

  lists: () => request<{ lists: ListRow[] }>("/lists").then((answer) => answer.lists),
  putList: (name: string, body: { title: Localized; kind: ListKind }) => request<void>(`/lists/${part(name)}`, { method: "PUT", json: body }),
  removeList: (name: string) => request<void>(`/lists/${part(name)}`, { method: "DELETE" }),
  entries: (name: string, query: { search?: string; limit?: number; offset?: number }) =>
    request<{ entries: ListEntry[] }>(`/lists/${part(name)}/entries`, { query }).then((answer) => answer.entries),
  putEntry: (name: string, number: string, body: { reason?: string; days?: number }) =>
    request<{ number: string }>(`/lists/${part(name)}/entries/${part(number)}`, { method: "PUT", json: body }),
  removeEntry: (name: string, number: string) => request<void>(`/lists/${part(name)}/entries/${part(number)}`, { method: "DELETE" }),

  speak: (text: string, language: string, goesOn = false) => request<{ hash: string; ms: number }>("/prompts", { json: { text, language, goesOn } }),
  upload: (file: Blob, title: string) => request<{ hash: string; ms: number }>("/prompts", { bytes: file, query: { title } }),
  uploads: () => request<{ uploads: Upload[] }>("/prompts").then((answer) => answer.uploads),

  calls: (query: CallsQuery) => request<{ calls: CallRow[]; total: number }>("/calls", { query }),
  totals: (query: CallsQuery) => request<CallTotals>("/calls/totals", { query }),
  call: (id: string) => request<{ call: CallRow; live: boolean }>(`/calls/${part(id)}`),
  /** All lines after one, read page by page. */
  journal: async (id: string, after = 0) => {
    const all: StoredLine[] = [];
    for (let from: number | undefined = after; from !== undefined;) {
      const { lines }: { lines: StoredLine[] } = await request(`/calls/${part(id)}/journal`, { query: { after: from, limit: journalPage } });
      all.push(...lines);
      from = lines.length === journalPage ? lines.at(-1)?.seq : undefined;
    }
    return all;
  },
  conversation: (id: string) => request<{ conversation: Conversation }>(`/calls/${part(id)}/conversation`).then((answer) => answer.conversation),
  hangup: (id: string) => request<void>(`/calls/${part(id)}/hangup`, { method: "POST", json: {} }),
  leaveRun: (id: string) => request<DeskRun>(`/desk/runs/${part(id)}/leave`, { method: "POST", json: {} }),
  takeRun: (id: string) => request<DeskRun>(`/desk/runs/${part(id)}/take`, { method: "POST", json: {} }),

  scripts: () => request<{ scripts: DeskScript[] }>("/desk/scripts").then((answer) => answer.scripts),
  runs: () => request<{ runs: DeskRun[] }>("/desk/runs").then((answer) => answer.runs),
  startRun: (body: { flow: string; operator?: string; caller?: string; inputs?: Record<string, Value> }) => request<DeskRun>("/desk/runs", { json: body }),
  run: (id: string) => request<DeskRun>(`/desk/runs/${part(id)}`),
  fill: (id: string, shown: string, fields: Record<string, Value>) => request<DeskRun>(`/desk/runs/${part(id)}/fill`, { json: { fields, shown } }),
  choose: (id: string, shown: string, answer: string, fields: Record<string, Value>) =>
    request<DeskRun>(`/desk/runs/${part(id)}/choose`, { json: { answer, fields, shown } }),
  back: (id: string, index?: number) => request<DeskRun>(`/desk/runs/${part(id)}/back`, { json: index === undefined ? {} : { index } }),
  hangupRun: (id: string) => request<DeskRun>(`/desk/runs/${part(id)}/hangup`, { method: "POST", json: {} }),

  campaigns: () => request<{ campaigns: (CampaignRow & { contacts: number; done: number })[] }>("/campaigns").then((answer) => answer.campaigns),
  createCampaign: (body: CampaignFields) => request<{ id: string }>("/campaigns", { json: body }),
  campaign: (id: string) => request<CampaignDetails>(`/campaigns/${part(id)}`),
  updateCampaign: (id: string, body: Partial<CampaignFields>) => request<void>(`/campaigns/${part(id)}`, { method: "PUT", json: body }),
  preview: (id: string, csv: string) =>
    request<{ columns: string[]; rows: string[][]; guess: Partial<Mapping>; notes: string[] }>(`/campaigns/${part(id)}/preview`, { json: { csv } }),
  importContacts: (id: string, csv: string, mapping: Mapping) =>
    request<{ import: string; added: number; duplicates: number; errors: ImportError[]; bad: number; notes: string[] }>(`/campaigns/${part(id)}/contacts`, {
      json: { csv, mapping },
    }),
  contacts: (id: string, query: { search?: string; limit?: number; offset?: number }) =>
    request<{ contacts: ContactRow[]; total: number }>(`/campaigns/${part(id)}/contacts`, { query }),
  attempts: (id: string, query: { limit?: number; offset?: number }) =>
    request<{ attempts: AttemptRow[] }>(`/campaigns/${part(id)}/attempts`, { query }).then((answer) => answer.attempts),
  /** Rejected rows of all imports, paginated; `next` is the `after` of the next page. */
  importErrors: (id: string, query: { after?: number; limit: number }) =>
    request<{ errors: (ImportError & { id: number; import: string; at: number })[]; next: number | null }>(`/campaigns/${part(id)}/errors`, { query }),
  startCampaign: (id: string) => request<void>(`/campaigns/${part(id)}/start`, { method: "POST", json: {} }),
  pauseCampaign: (id: string) => request<void>(`/campaigns/${part(id)}/pause`, { method: "POST", json: {} }),
};
