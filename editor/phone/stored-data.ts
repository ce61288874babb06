import type { Given } from "../../flows/simulate/conversation.ts";

/** Stored data of this installation used by a flow, with its time zone and number country. */
export type StoredData = Pick<Given, "tables" | "switches" | "contacts" | "counters"> & { place?: { zone: string; country: string } };
export const noStoredData: StoredData = { tables: {}, switches: {}, contacts: {}, counters: {} };
