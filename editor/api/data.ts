import type { Localized, Value } from "../../flows/schema/values.ts";
import type {
  Channel,
  ConnectorKind,
  ConnectorRow,
  CounterRow,
  KeyedRow,
  MessageRow,
  MessageState,
  Person,
  SwitchRow,
  TableRow,
} from "../../runtime/ports/data-store.ts";
import type { ImportError } from "../../runtime/ports/store.ts";
import { part, request } from "./client.ts";

export type { Channel, ConnectorKind, CounterRow, KeyedRow, MessageRow, MessageState, Person, SwitchRow, TableRow };
export type Connector = Omit<ConnectorRow, "secret"> & { hasSecret: boolean };
export type Gateway = { url: string; method: "GET" | "POST"; body: string; hasAuthorization: boolean; hasSecret: boolean };
export type GatewayChange = { url: string; method: "GET" | "POST"; body: string; authorization?: string; secret?: string };
export type PeopleMapping = { phone: string; name?: string; groups?: string };
export type Page = { search?: string; limit?: number; offset?: number };
type Posted = { id: string; state: MessageState; error: string };

/** Calls of the resources behind tables, switches, connectors, messages and contacts. */
export const dataApi = {
  tables: () => request<{ tables: TableRow[] }>("/tables").then((answer) => answer.tables),
  putTable: (name: string, body: { title: Localized; columns: string[] }) => request<void>(`/tables/${part(name)}`, { method: "PUT", json: body }),
  removeTable: (name: string) => request<void>(`/tables/${part(name)}`, { method: "DELETE" }),
  rows: (name: string, query: Page) => request<{ rows: KeyedRow[]; total: number }>(`/tables/${part(name)}/rows`, { query }),
  putRow: (name: string, key: string, values: Record<string, Value>) =>
    request<void>(`/tables/${part(name)}/rows/${part(key)}`, { method: "PUT", json: { values } }),
  removeRow: (name: string, key: string) => request<void>(`/tables/${part(name)}/rows/${part(key)}`, { method: "DELETE" }),
  previewTable: (name: string, csv: string) => request<{ columns: string[]; rows: string[][] }>(`/tables/${part(name)}/preview`, { json: { csv } }),
  importTable: (name: string, body: { csv: string; key: string; replace: boolean }) =>
    request<{ taken: number; bad: number; errors: ImportError[] }>(`/tables/${part(name)}/import`, { json: body }),

  switches: () => request<{ switches: SwitchRow[] }>("/switches").then((answer) => answer.switches),
  putSwitch: (name: string, title: Localized) => request<void>(`/switches/${part(name)}`, { method: "PUT", json: { title } }),
  turnSwitch: (name: string, on: boolean) => request<{ on: boolean }>(`/switches/${part(name)}/turn`, { json: { action: on ? "on" : "off" } }),
  removeSwitch: (name: string) => request<void>(`/switches/${part(name)}`, { method: "DELETE" }),
  counters: () => request<{ counters: CounterRow[] }>("/counters").then((answer) => answer.counters),
  counted: (name: string, windowMs: number) =>
    request<{ keys: Record<string, number> }>(`/counters/${part(name)}`, { query: { windowMs } }).then((answer) => answer.keys),
  resetCounter: (name: string) => request<void>(`/counters/${part(name)}`, { method: "DELETE" }),

  connectors: () => request<{ connectors: Connector[] }>("/connectors").then((answer) => answer.connectors),
  putConnector: (name: string, body: { title: Localized; kind: ConnectorKind; url: string; secret?: string }) =>
    request<void>(`/connectors/${part(name)}`, { method: "PUT", json: body }),
  tryConnector: (name: string, phone: string) =>
    request<{ exit: string; value?: Value } | { code: string; message: string }>(`/connectors/${part(name)}/try`, { json: { phone } }),
  removeConnector: (name: string) => request<void>(`/connectors/${part(name)}`, { method: "DELETE" }),

  gateways: () => request<{ gateways: Record<Channel, Gateway | null> }>("/messages/gateways").then((answer) => answer.gateways),
  putGateway: (channel: Channel, body: GatewayChange) => request<void>(`/messages/gateways/${channel}`, { method: "PUT", json: body }),
  removeGateway: (channel: Channel) => request<void>(`/messages/gateways/${channel}`, { method: "DELETE" }),
  tryGateway: (channel: Channel, body: { to: string; text: string }) => request<Posted>(`/messages/gateways/${channel}/try`, { json: body }),
  messages: (query: Page & { state?: MessageState | undefined }) =>
    request<{ messages: MessageRow[]; total: number; counts: Record<MessageState, number> }>("/messages", { query }),
  retryMessage: (id: string) => request<Posted>(`/messages/${part(id)}/retry`, { method: "POST", json: {} }),

  people: (query: Page & { group?: string }) =>
    request<{ people: Person[]; total: number; groups: { name: string; people: number }[] }>("/contacts", { query }),
  putPerson: (phone: string, body: Pick<Person, "name" | "fields" | "groups">) =>
    request<{ phone: string }>(`/contacts/${part(phone)}`, { method: "PUT", json: body }),
  previewPeople: (csv: string) => request<{ columns: string[]; rows: string[][]; guess: Partial<PeopleMapping> }>("/contacts/preview", { json: { csv } }),
  importPeople: (body: { csv: string; mapping: PeopleMapping; group: string }) =>
    request<{ taken: number; bad: number; errors: ImportError[] }>("/contacts/import", { json: body }),
  removePerson: (phone: string) => request<void>(`/contacts/${part(phone)}`, { method: "DELETE" }),
};
