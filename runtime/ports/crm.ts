import type { CrmMethod } from "../../flows/commands.ts";
import type { FaultCode } from "../../flows/events.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { ConnectorRow } from "./data-store.ts";

export type CrmRequest = {
  connector: ConnectorRow;
  method: CrmMethod;
  params: Record<string, Value>;
  /** One key is one record: a repeat must give the same answer. */
  key: string;
  timeoutMs: number;
  signal?: AbortSignal;
};
export type CrmReply = { exit: "ok" | "conflict" | "timeout"; value?: Value } | { code: FaultCode; message: string };

/** The connector contract. Never throws. `conflict`: the slot is taken, and nothing was created. */
export interface Crm {
  ask(request: CrmRequest): Promise<CrmReply>;
}
