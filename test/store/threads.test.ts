import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql, openDatabase } from "../../runtime/store/database.ts";
import { lastingThread } from "../../runtime/store/lasting-thread.ts";
import { promptWorker } from "../../runtime/audio/prompt-worker.ts";
import { startThread } from "../../runtime/store/sqlite-thread.ts";

/** Nothing waits for a thread that has ended. */
const file = () => join(mkdtempSync(join(tmpdir(), "sufler-threads-")), "sufler.sqlite");
const mortal = new URL("./children/mortal-thread.ts", import.meta.url);
async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  for (let tried = 0; tried < 200; tried++) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain: ${what}`);
}
const killer = new URL("./children/dying-thread.ts", import.meta.url);

test("a request that was waiting and one that comes later are refused when the thread has ended", async () => {
  const thread = await startThread({ file: file(), role: "writer" }, killer);
  const waiting = thread.ask({ write: [] });
  await expect(waiting).rejects.toMatchObject({ name: "StoreError", code: "THREAD_ENDED" });
  expect(await thread.died).toContain("exit 3");
  await expect(thread.ask({ write: [] })).rejects.toMatchObject({ code: "THREAD_ENDED" });
  await thread.stop();
});

test("a thread that ends by itself is started again with everything it had kept", async () => {
  const logged: string[] = [];
  const thread = await lastingThread({ file: file(), role: "writer" }, { script: mortal, pausesMs: [0, 0, 0], log: (line) => void logged.push(line) });
  const write = (key: string) => thread.ask({ write: [{ sql: `INSERT INTO settings (key, value) VALUES ('${key}', '1')`, parameters: [] }] });
  await write("before");
  await expect(thread.ask({ read: { sql: "die", parameters: [] } })).rejects.toMatchObject({ code: "THREAD_ENDED" });
  await until("it is back", () =>
    write("after").then(
      () => true,
      () => false,
    ),
  );
  expect((await thread.ask({ read: { sql: "SELECT key FROM settings ORDER BY key", parameters: [] } })).rows).toEqual([[{ key: "after" }, { key: "before" }]]);
  expect(logged.join()).toContain("exit 3");
  await thread.stop();
});

test("one that does not start again says so in a sentence, and refuses what comes", async () => {
  const dead: string[] = [];
  const thread = await lastingThread({ file: file(), role: "writer" }, { script: mortal, pausesMs: [], onDead: (sentence) => void dead.push(sentence) });
  await expect(thread.ask({ read: { sql: "die", parameters: [] } })).rejects.toMatchObject({ code: "THREAD_ENDED" });
  await until("it is said", async () => dead.length > 0);
  expect(dead[0]).toContain("Sufler is stopping");
  await expect(thread.ask({ write: [] })).rejects.toMatchObject({ code: "THREAD_ENDED" });
  await thread.stop();
});

test("an audio thread that ends fails its job at once and takes the next one", async () => {
  const worker = promptWorker({ script: new URL("./children/leaving-thread.ts", import.meta.url) });
  await expect(worker.prepare(new Uint8Array(1))).rejects.toMatchObject({ code: "corrupt" });
  await expect(worker.prepare(new Uint8Array(2))).rejects.toMatchObject({ code: "corrupt" });
  await worker.stop();
});

test("a closed database refuses at once, and closing twice is no harm", async () => {
  const database = await openDatabase(file());
  await database.close();
  await database.close();
  await expect(database.all(sql.selectFrom("flows").selectAll())).rejects.toMatchObject({ code: "THREAD_ENDED" });
  await expect(database.write(sql.deleteFrom("flows"))).rejects.toMatchObject({ code: "THREAD_ENDED" });
});

test("one folder has one server: also within one process; a close gives it back", async () => {
  const where = file();
  const first = await openDatabase(where);
  await expect(openDatabase(where)).rejects.toMatchObject({ code: "FOLDER_HELD" });
  await first.close();
  await (await openDatabase(where)).close();
});
