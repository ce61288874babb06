import type { Crm } from "../ports/crm.ts";
import type { ConnectorKind } from "../ports/data-store.ts";

/** Calls the adapter for the kind of the connector. */
export const crmByKind = (adapters: Record<ConnectorKind, Crm>): Crm => ({ ask: (request) => adapters[request.connector.kind].ask(request) });
