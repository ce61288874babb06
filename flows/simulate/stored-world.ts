import type { Value } from "../schema/values.ts";
import type { Given } from "./conversation.ts";
import { demoCrm, type DemoCrm } from "./demo-crm.ts";
import { phoneKey } from "./same-phone.ts";

type Row = Record<string, Value>;

/** Stored data of the installation: tables, the contact book, switches, counters, demo customers. One per run. */
export type StoredWorld = {
  tables: Record<string, Record<string, Row>>;
  switches: Record<string, boolean>;
  /** By digits of the number. */
  contacts: Record<string, Row>;
  counters: Given["counters"];
  /** What this run has counted. */
  counted: { counter: string; key: string; at: number }[];
  demoCrm: DemoCrm;
};

/** A copy of what the conversation gives: runs share nothing. */
export function storedWorld(given: Given): StoredWorld {
  const { zone } = given;
  const kept = { tables: given.tables, switches: given.switches, contacts: given.contacts, counters: given.counters };
  const { tables, switches, contacts, counters } = JSON.parse(JSON.stringify(kept)) as typeof kept;
  return {
    tables: tables ?? {},
    switches: switches ?? {},
    contacts: Object.fromEntries(Object.entries(contacts ?? {}).map(([phone, fields]) => [phoneKey(phone), { phone, ...fields }])),
    counters: counters ?? {},
    counted: [],
    demoCrm: demoCrm(zone),
  };
}

/** How often a key was counted within the window (0 = ever), with what the conversation says was counted before. */
export function countOf(world: StoredWorld, counter: string, key: string, windowMs: number, at: number): number {
  const given = world.counters[counter];
  const before = typeof given === "number" ? given : (given?.[key] ?? 0);
  const since = windowMs > 0 ? at - windowMs : Number.NEGATIVE_INFINITY;
  return before + world.counted.filter((hit) => hit.counter === counter && hit.key === key && hit.at > since).length;
}
