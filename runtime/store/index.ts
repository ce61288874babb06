import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ReadFlow, Store } from "../ports/store.ts";
import { SqliteCalls } from "./calls.ts";
import { SqliteCampaigns } from "./campaigns.ts";
import { openDatabase } from "./database.ts";
import { calendarStore, numberStore, uploadStore } from "./environment.ts";
import { SqliteFlows } from "./flows.ts";
import { SqliteLists } from "./lists.ts";

/** The SQLite store: one writer thread (group commit, FULL, acknowledged after commit), one reader thread. */
export async function sqliteStore(file: string, readFlow: ReadFlow): Promise<Store> {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = await openDatabase(file);
  return {
    flows: new SqliteFlows(database, readFlow),
    numbers: numberStore(database),
    calendars: calendarStore(database),
    lists: new SqliteLists(database),
    calls: new SqliteCalls(database),
    uploads: uploadStore(database),
    campaigns: new SqliteCampaigns(database),
    close: () => database.close(),
  };
}
