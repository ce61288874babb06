import type { Given } from "../../flows/simulate/conversation.ts";

/** What this installation keeps of what a flow asks about. */
export type StoredData = Pick<Given, "tables" | "switches" | "contacts" | "counters">;
export const noStoredData: StoredData = { tables: {}, switches: {}, contacts: {}, counters: {} };
