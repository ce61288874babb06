import type { Value } from "../../flows/schema/values.ts";
import type { Given } from "../../flows/simulate/conversation.ts";
import { api } from "../api/index.ts";
import { dataApi } from "../api/data.ts";
import type { AskedWorld } from "./asked-world.ts";
import type { StoredData } from "./stored-data.ts";

const mostRows = 200;
const mostPeople = 50;

/** Loads stored data; missing data is empty. */
export async function loadStoredData(asked: AskedWorld): Promise<StoredData> {
  const [place, tables, switches, contacts, counters] = await Promise.all([
    api.settings().catch(() => null),
    Promise.all(asked.tables.map(async (name): Promise<[string, Given["tables"][string]]> => [name, await rowsOf(name)])),
    asked.switches.length === 0 ? [] : orEmpty(dataApi.switches()),
    asked.contacts ? peopleOf() : {},
    Promise.all(asked.counters.map(async (name): Promise<[string, Record<string, number>]> => [name, await countedOf(name, asked.windows[name] ?? 0)])),
  ]);
  return {
    ...(place ? { place: { zone: place.zone, country: place.country } } : {}),
    tables: Object.fromEntries(tables),
    switches: Object.fromEntries(switches.map((each) => [each.name, each.on])),
    contacts,
    counters: Object.fromEntries(counters.filter(([, keys]) => Object.keys(keys).length > 0)),
  };
}

const orEmpty = <T>(asked: Promise<T[]>): Promise<T[]> => asked.catch(() => []);

const countedOf = (name: string, windowMs: number): Promise<Record<string, number>> => dataApi.counted(name, windowMs).catch(() => ({}));

async function rowsOf(name: string): Promise<Record<string, Record<string, Value>>> {
  const rows = await orEmpty(dataApi.rows(name, { limit: mostRows }).then((answer) => answer.rows));
  return Object.fromEntries(rows.map((row) => [row.key, row.values]));
}

async function peopleOf(): Promise<Given["contacts"]> {
  const people = await orEmpty(dataApi.people({ limit: mostPeople }).then((answer) => answer.people));
  return Object.fromEntries(
    people.map(({ phone, name, groups, fields }) => [phone, { ...fields, ...(name ? { name } : {}), ...(groups.length > 0 ? { groups } : {}) }]),
  );
}
