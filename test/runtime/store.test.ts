import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { storeContract } from "../contracts/store.ts";

let file = "";
const fresh = () => (file = join(mkdtempSync(join(tmpdir(), "sufler-store-")), "sufler.sqlite"));

storeContract({
  name: "SQLite file, writer and reader threads",
  make: () => sqliteStore(fresh(), readStoredFlow),
  reopen: () => sqliteStore(file, readStoredFlow),
});
storeContract({ name: "SQLite in memory", make: () => sqliteStore(":memory:", readStoredFlow) });

test("a database of a newer program is refused with a reason", async () => {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(fresh());
  database.pragma("user_version = 999");
  database.close();
  await expect(sqliteStore(file, readStoredFlow)).rejects.toThrow("newer version");
});
