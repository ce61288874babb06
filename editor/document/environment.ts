import type { Environment } from "../../flows/check/rule.ts";
import type { Calendar } from "../../flows/schema/calendar.ts";
import { dataApi } from "../api/data.ts";
import { api } from "../api/index.ts";

/** Symbols that flows refer to by name, for checks, form choices and the Phone. */
export type Surroundings = Environment & { calendarsByName: Record<string, Calendar>; outcomes?: string[] };

export async function loadSurroundings(): Promise<Surroundings> {
  const [lists, calendars, flows, settings] = await Promise.allSettled([api.lists(), api.calendars(), api.liveFlows(), api.settings()]);
  const [tables, switches, connectors] = await Promise.allSettled([dataApi.tables(), dataApi.switches(), dataApi.connectors()]);
  const value = <T>(of: PromiseSettledResult<T>): T | undefined => (of.status === "fulfilled" ? of.value : undefined);
  const known = value(settings);
  const live = value(flows);
  return {
    ...(value(lists) ? { lists: value(lists)!.map((list) => list.name) } : {}),
    ...namesOf("tables", value(tables)),
    ...namesOf("switches", value(switches)),
    ...namesOf("connectors", value(connectors) && [{ name: "demo" }, ...value(connectors)!]),
    ...(value(calendars) ? { calendars: Object.keys(value(calendars)!) } : {}),
    ...(live ? { flows: live } : {}),
    ...(known
      ? { trunks: known.trunks.map((trunk) => trunk.trunk), voices: known.voices, ...(known.missingCommands ? { missingCommands: known.missingCommands } : {}) }
      : {}),
    calendarsByName: value(calendars) ?? {},
  };
}

const namesOf = (kind: "tables" | "switches" | "connectors", rows: readonly { name: string }[] | undefined) =>
  rows ? { [kind]: rows.map((row) => row.name) } : {};
