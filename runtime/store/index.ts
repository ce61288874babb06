import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ReadFlow, Store } from "../ports/store.ts";
import { SqliteCalls } from "./calls.ts";
import { SqliteCampaigns } from "./campaigns.ts";
import { openDatabase, type DatabaseOptions } from "./database.ts";
import { calendarStore, numberStore, uploadStore } from "./environment.ts";
import { connectorStore } from "./connectors.ts";
import { SqliteCounters } from "./counters.ts";
import { crmRecordStore } from "./crm-records.ts";
import { SqliteDataTables } from "./data-tables.ts";
import { SqliteFlowTests } from "./flow-tests.ts";
import { SqliteFlows } from "./flows.ts";
import { SqliteLists } from "./lists.ts";
import { SqliteOutbox } from "./outbox.ts";
import { SqlitePeople } from "./people.ts";
import { sessionStore } from "./sessions.ts";
import { settingStore } from "./settings.ts";
import { SqliteSwitches } from "./switches.ts";

/** The SQLite store: one writer thread (group commit, FULL, acknowledged after commit), one reader thread. */
export async function sqliteStore(file: string, readFlow: ReadFlow, options: DatabaseOptions = {}): Promise<Store> {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = await openDatabase(file, options);
  return {
    flows: new SqliteFlows(database, readFlow),
    flowTests: new SqliteFlowTests(database),
    numbers: numberStore(database),
    calendars: calendarStore(database),
    lists: new SqliteLists(database),
    calls: new SqliteCalls(database),
    uploads: uploadStore(database),
    campaigns: new SqliteCampaigns(database),
    tables: new SqliteDataTables(database),
    people: new SqlitePeople(database),
    counters: new SqliteCounters(database),
    switches: new SqliteSwitches(database),
    connectors: connectorStore(database),
    outbox: new SqliteOutbox(database),
    crmRecords: crmRecordStore(database),
    settings: settingStore(database),
    sessions: sessionStore(database),
    close: () => database.close(),
  };
}
