import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Store } from "../ports/store.ts";
import { callStore } from "./calls.ts";
import { campaignStore } from "./campaigns.ts";
import { openDatabase } from "./database.ts";
import { calendarStore, numberStore, uploadStore } from "./environment.ts";
import { flowStore } from "./flows.ts";
import { listStore } from "./lists.ts";

/** The SQLite store: one writer thread (group commit, FULL, acknowledged after commit), one reader thread. */
export async function sqliteStore(file: string): Promise<Store> {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = await openDatabase(file);
  return {
    flows: flowStore(database),
    numbers: numberStore(database),
    calendars: calendarStore(database),
    lists: listStore(database),
    calls: callStore(database),
    uploads: uploadStore(database),
    campaigns: campaignStore(database),
    close: () => database.close(),
  };
}
