import type { Crm } from "../ports/crm.ts";
import type { ConnectorKind } from "../ports/data-store.ts";

/** Asks the adapter of the connector's kind. */
export const crmByKind = (adapters: Record<ConnectorKind, Crm>): Crm => ({ ask: (request) => adapters[request.connector.kind].ask(request) });
