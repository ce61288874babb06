import type { Given } from "../../flows/simulate/conversation.ts";

/** What this installation keeps of what a flow asks about, and where it stands: its zone and the country of its numbers. */
export type StoredData = Pick<Given, "tables" | "switches" | "contacts" | "counters"> & { place?: { zone: string; country: string } };
export const noStoredData: StoredData = { tables: {}, switches: {}, contacts: {}, counters: {} };
