import { Worker } from "node:worker_threads";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable, type InferResult } from "kysely";
import type { Ask, Reply, Statement, WorkerRole } from "./sqlite-worker.ts";
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

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: string;
  constructor(message: string, code = "") {
    super(message);
    this.code = code;
  }
}

/** Opens (and migrates) a database file. ":memory:" keeps one thread for both, for tests. */
export async function openDatabase(file: string): Promise<Database> {
  const writer = await connect({ file, role: "writer" });
  const reader = file === ":memory:" ? writer : await connect({ file, role: "reader" });
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

type Connection = { ask(ask: Omit<Ask, "id">): Promise<Reply>; stop(): Promise<void> };

function connect(role: WorkerRole): Promise<Connection> {
  const worker = new Worker(new URL("./sqlite-worker.ts", import.meta.url), { workerData: role });
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  let last = 0;
  const lost = (error: Error) => {
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  };
  worker.on("message", (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) asked?.resolve(reply);
    else asked?.reject(new StoreError(reply.error, reply.code));
  });
  worker.on("error", lost);
  worker.on("exit", () => lost(new StoreError("the database thread has ended")));
  const promise = (id: number) => new Promise<Reply>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const connection: Connection = {
    ask(ask) {
      last += 1;
      const answer = promise(last);
      worker.postMessage({ id: last, ...ask } satisfies Ask);
      return answer;
    },
    async stop() {
      await Promise.allSettled([...waiting.keys()].length > 0 ? [connection.ask({ write: [] })] : []);
      await worker.terminate();
    },
  };
  return promise(0).then(() => connection);
}
