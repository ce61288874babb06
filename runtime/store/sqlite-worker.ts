import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { holdFolder } from "./hold-folder.ts";
import { searchFunctions } from "./search.ts";
import { retold } from "../ports/retold.ts";
import { migrations } from "./tables.ts";

/** One SQLite connection on its own thread. The writer groups commits; readers answer at once. */
export type Statement = { sql: string; parameters: readonly unknown[] };
export type Ask = { id: number; read?: Statement; write?: readonly Statement[]; close?: true };
export type Reply = { id: number; rows?: unknown[][]; error?: string; code?: string };
export type WorkerRole = { file: string; role: "writer" | "reader" };

const { file, role } = workerData as WorkerRole;
const port = parentPort!;
const groupLimit = 100;
const groupWaitMs = 5;

try {
  // The writer holds the folder before it looks at the database: two servers never migrate it at once.
  const lock = role === "writer" && file !== ":memory:" ? holdFolder(dirname(file)) : null;
  const database = new Database(file, { readonly: role === "reader" && file !== ":memory:" });
  for (const [name, run] of Object.entries(searchFunctions)) database.function(name, { deterministic: true }, run);
  database.function("retold", { deterministic: true }, (text) => retold(String(text)));
  if (role === "writer") prepareWriter(database);
  serve(database, () => lock?.close());
  port.postMessage([{ id: 0 }] satisfies Reply[]);
} catch (error) {
  port.postMessage([failure(0, error)]);
}

function prepareWriter(database: Database.Database): void {
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("busy_timeout = 5000");
  const applied = Number(database.pragma("user_version", { simple: true }));
  if (applied > migrations.length) throw new Error(`the database is from a newer version (${applied}); this program supports ${migrations.length}`);
  for (const [index, statements] of migrations.entries()) {
    if (index < applied) continue;
    database.transaction(() => {
      for (const sql of statements) database.exec(sql);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
}

function serve(database: Database.Database, letGo: () => void): void {
  const prepared = new Map<string, Database.Statement>();
  let waiting: Ask[] = [];
  let timer: NodeJS.Timeout | null = null;

  port.on("message", (asks: readonly Ask[]) => {
    const replies = asks.flatMap((ask) => take(ask) ?? []);
    if (replies.length > 0) port.postMessage(replies);
  });

  /** The reply, unless it comes with the group's. */
  function take(ask: Ask): Reply | undefined {
    if (ask.read) return attempt(ask.id, () => ({ id: ask.id, rows: [run(ask.read!)] }));
    if (ask.close) return attempt(ask.id, () => close(ask.id));
    waiting.push(ask);
    if (waiting.length >= groupLimit) flush();
    else timer ??= setTimeout(flush, groupWaitMs);
    return undefined;
  }

  /** What waits is written first. */
  function close(id: number): Reply {
    flush();
    database.close();
    letGo();
    return { id };
  }

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const group = waiting;
    waiting = [];
    const replies: Reply[] = [];
    try {
      database.transaction(() => {
        for (const ask of group) {
          const reply = attempt(ask.id, () => unit(ask));
          // A full disk makes SQLite roll back the whole transaction: nothing of the group is kept.
          if (!database.inTransaction) throw Object.assign(new Error(reply.error), { code: reply.code });
          replies.push(reply);
        }
      })();
      port.postMessage(replies);
    } catch (error) {
      port.postMessage(group.map((ask) => failure(ask.id, error)));
    }
  }

  /** All statements of one write or none; a failing one does not spoil its group. */
  function unit(ask: Ask): Reply {
    return { id: ask.id, rows: database.transaction(() => (ask.write ?? []).map(run))() };
  }

  function run({ sql, parameters }: Statement): unknown[] {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size > 500) prepared.clear();
      prepared.set(sql, (statement = database.prepare(sql)));
    }
    if (statement.reader) return statement.all(...parameters);
    statement.run(...parameters);
    return [];
  }
}

function attempt(id: number, work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    return failure(id, error);
  }
}

function failure(id: number, error: unknown): Reply {
  const { message, code } = error as Error & { code?: string };
  return { id, error: message, ...(code ? { code } : {}) };
}
