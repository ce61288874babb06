import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { sqliteStore } from "../../runtime/store/index.ts";
import { migrations } from "../../runtime/store/tables.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";

test("rows of a database of 0.4.0 are found as new ones are, and its bad rows are kept", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "sufler-old-")), "sufler.sqlite");
  const old = new Database(file);
  for (const statements of migrations.slice(0, 6)) for (const statement of statements) old.exec(statement);
  old.pragma("user_version = 6");
  old.exec(`INSERT INTO people VALUES ('+71', 'ПЁТР', '{"city":"Тверь_1"}', 1)`);
  old.exec(`INSERT INTO list_entries VALUES ('l', '+71', 'Назойливый', 1, NULL, 0, NULL)`);
  old.exec(`INSERT INTO import_errors VALUES ('k', 4, 'плохо', 'x')`);
  old.exec(`INSERT INTO contacts VALUES ('c1', 'k', '+71', '', 'Алёна', '', '{}', 'new', 0, NULL, NULL, NULL, 0, NULL, '{}', 1)`);
  old
    .prepare("INSERT INTO flow_tests VALUES ('f', 't', 'own', ?, 1)")
    .run(JSON.stringify({ title: "t", talk: [{ hear: "a" }, { wait: 2 }, { press: "1" }, { hangup: true }], expect: {} }));
  old.close();
  const store = await sqliteStore(file, readStoredFlow);
  const people = async (search: string) => (await store.people.list({ limit: 5, offset: 0, search, group: "" })).total;
  expect(await Promise.all([people("петр"), people("тверь_"), people("тверьx1")])).toEqual([1, 1, 0]);
  expect(await store.lists.entries("l", { limit: 5, offset: 0, search: "НАЗОЙ" })).toHaveLength(1);
  expect((await store.campaigns.contacts("k", { limit: 5, offset: 0, search: "алена" })).total).toBe(1);
  expect(await store.campaigns.importErrorsAfter("k", { after: null, limit: 5 })).toMatchObject([{ line: 4, import: "", at: 0 }]);
  const [kept] = await store.flowTests.all("f");
  expect(kept!.conversation).toMatchObject({ talk: [{ hear: "a", for: 2 }, { press: "1" }, { wait: 0.2 }, { hangup: true }] });
  await store.close();
});
