import { createHash } from "node:crypto";
import type { Command, CrmMethod } from "../../../flows/commands.ts";
import { crmExit } from "../../../flows/nodes/crm/exit-of.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { ConnectorRow } from "../../ports/data-store.ts";
import type { Store } from "../../ports/store.ts";
import { failed, type DataAnswer, type Reply } from "./data-answer.ts";

const writes: ReadonlySet<CrmMethod> = new Set(["createRecord", "logCall", "attachRecording", "createTask"]);

type Ask = Extract<Command, { do: "crm" }>;
type House = Parameters<DataAnswer<Ask>>[1];

/** Calls a CRM. A repeated key returns the existing record instead of creating a new one, whatever happened to the first response. */
export const crm: DataAnswer<Ask> = async (command, house, { signal }) => {
  const connector = await connectorOf(house.store, command.connector);
  if (!connector) return failed("not-found", `connector "${command.connector}" does not exist: add it in the settings`);
  const key = keyText(command.key);
  if (writes.has(command.method) && key !== "") return once(command, connector, key, house, signal);
  if (command.method === "findByPhone" && keyText(command.params["phone"] ?? "") === "") return { exit: "notFound", value: [] };
  return asked(command, connector, key, house, signal);
};

/** Makes something new, unless this key has made it already. */
async function once(command: Ask, connector: ConnectorRow, key: string, house: House, signal: AbortSignal): Promise<Reply> {
  const { crmRecords } = house.store;
  const { method } = command;
  const fingerprint = fingerprintOf(command.params);
  const made = await crmRecords.find(connector.name, method, key);
  if (made && made.fingerprint !== fingerprint) return failed("bad-value", `key "${key}" has already created another record: give the node its own key`);
  if (made) return { exit: "ok", value: made.value };
  const reply = await asked(command, connector, key, house, signal);
  if (reply.exit === "ok") await crmRecords.keep({ key, connector: connector.name, method, fingerprint, value: reply.value ?? null, at: house.clock.now() });
  return reply;
}

async function asked({ method, params, timeoutMs }: Ask, connector: ConnectorRow, key: string, house: House, signal: AbortSignal): Promise<Reply> {
  const reply = await house.crm.ask({ connector, method, params, key, timeoutMs, signal });
  if ("code" in reply) return failed(reply.code, reply.message);
  if (reply.exit !== "ok") return { exit: reply.exit, ...(reply.value === undefined ? {} : { value: reply.value }) };
  const value = method === "findByPhone" ? clientsOf(reply.value ?? null) : (reply.value ?? null);
  return { exit: crmExit(method, value), value };
}

/** `demo` is there without being made. */
async function connectorOf(store: Store, name: string): Promise<ConnectorRow | null> {
  const found = await store.connectors.find(name);
  return found ?? (name === "demo" ? { name, title: {}, kind: "demo", url: "", secret: "" } : null);
}

/** Found clients are a list, however the CRM says it. */
const clientsOf = (value: Value): Value => (Array.isArray(value) ? value : value === null || value === "" ? [] : [value]);

/** The same parameters in any order give the same sum. */
const fingerprintOf = (params: Record<string, Value>): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(params)))
    .digest("hex");

function sorted(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]!)]),
  );
}
