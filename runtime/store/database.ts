import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable, type InferResult } from "kysely";
import { lastingThread } from "./lasting-thread.ts";
import type { Statement } from "./sqlite-worker.ts";
import type { Tables } from "./tables.ts";

/** Builds SQL only; nothing runs on this thread. */
export const sql = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

export type Query<R> = Compilable<R>;

export type Database = {
  /** Rows of a query, from a reader thread. */
  all<R>(query: Query<R>): Promise<InferResult<Query<R>> & R[]>;
  first<R>(query: Query<R>): Promise<R | undefined>;
  /** All statements in one transaction, acknowledged after commit. Rows of each (RETURNING), in order. */
  write(...queries: Compilable<unknown>[]): Promise<unknown[][]>;
  close(): Promise<void>;
};

/** What every file of this room is built on: one aggregate over one database. */
export class Aggregate {
  protected readonly database: Database;
  constructor(database: Database) {
    this.database = database;
  }
}

export type DatabaseOptions = {
  log?: (message: string) => void;
  /** The writer has ended and cannot be started again: nothing more is kept. */
  onDead?: (sentence: string) => void;
};

/**
 * Opens (and migrates) a database file and holds its folder. ":memory:" keeps one thread for both, for tests. A thread
 * that ends by itself is started again; what was asked of it meanwhile is refused, not kept waiting.
 */
export async function openDatabase(file: string, options: DatabaseOptions = {}): Promise<Database> {
  const writer = await lastingThread({ file, role: "writer" }, options);
  const reader = file === ":memory:" ? writer : await lastingThread({ file, role: "reader" }, options);
  const read = async <R>(query: Query<R>) => (await reader.ask({ read: statement(query) })).rows?.[0] as R[];
  return {
    all: read as Database["all"],
    first: async (query) => (await read(query))[0],
    write: async (...queries) => (await writer.ask({ write: queries.map(statement) })).rows ?? [],
    async close() {
      await writer.stop();
      if (reader !== writer) await reader.stop();
    },
  };
}

function statement(query: Compilable<unknown>): Statement {
  const { sql: text, parameters } = query.compile();
  return { sql: text, parameters: parameters.map((value) => (typeof value === "boolean" ? Number(value) : (value ?? null))) };
}
