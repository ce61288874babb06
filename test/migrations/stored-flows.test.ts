import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flowFormat, type Flow } from "../../flows/schema/flow.ts";
import type { CallRow, StoredLine } from "../../runtime/ports/store.ts";
import { migrations } from "../../runtime/store/tables.ts";
import { eventually } from "../journeys/office.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { SipPeer } from "../telephony/peer.ts";

/** A database as the first release left it, with drafts and published versions of format 1, opened by this program. */
const old = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "format-1", `${name}.json`), "utf8")) as Record<string, unknown>;

const noted = {
  sufler: 1,
  id: "noted",
  kind: "ivr",
  title: { ru: "С заметкой" },
  languages: ["ru"],
  prompts: { hi: { ru: "Да" } },
  outcomes: ["done"],
  start: "say",
  nodes: {
    say: { type: "say", config: { prompt: "hi" }, exits: { next: "log" } },
    log: { type: "log", config: { message: "звонит {{ caller.number }}" }, exits: { next: "end" } },
    end: { type: "hangup", config: { outcome: "done" }, exits: {} },
  },
};
const script = old("first-line");
const future = { ...noted, id: "future", sufler: 99 };

function oldDatabase(folder: string): void {
  const database = new Database(join(folder, "sufler.sqlite"));
  for (const statement of migrations[0]!) database.exec(statement);
  database.pragma("user_version = 1");
  const flow = database.prepare("INSERT INTO flows VALUES (?, ?, ?, ?, 7, NULL, 1, 1)");
  const version = database.prepare("INSERT INTO flow_versions VALUES (?, ?, ?, 'old', 1)");
  const alias = database.prepare("INSERT INTO aliases VALUES (?, 'live', ?)");
  for (const document of [noted, script, future]) {
    const id = String(document["id"]);
    flow.run(id, document["kind"], JSON.stringify(document["title"]), JSON.stringify(document));
    for (const number of [1, 2, 3]) version.run(id, number, JSON.stringify(document));
    alias.run(id, 3);
  }
  database.prepare("INSERT INTO numbers VALUES ('1234', 'noted', 'live', '')").run();
  database.prepare("INSERT INTO numbers VALUES ('9999', 'future', 'live', '')").run();
  database.close();
}

type Shown = { kind: string; answers: { value: string }[]; fields: { name: string; type: string; required: boolean }[] };
type Run = { id: string; done: boolean; outcome: string | null; shown: { step: Shown } | null };
const samples: Record<string, string> = { phone: "+79990000001", date: "2026-11-24" };

let server: TestServer;
let peer: SipPeer;
const data = mkdtempSync(join(tmpdir(), "sufler-format-1-"));
beforeAll(async () => {
  oldDatabase(data);
  server = await startTestServer({ data });
  peer = await SipPeer.open();
});
afterAll(async () => {
  peer.close();
  await server.stop();
});

type Details = { document: Flow; revision: number; live: number; versions: { version: number }[] };

describe("a database of format 1", () => {
  test.each([noted, script])("draft and versions of $id open in today's format with their ids, numbers and revision", async (document) => {
    const id = String(document["id"]);
    const details = await server.api<Details>("GET", `/api/flows/${id}`);
    expect(details).toMatchObject({ revision: 7, live: 3, document: { sufler: flowFormat, id } });
    expect(details.versions.map((row) => row.version)).toEqual([3, 2, 1]);
    const version = await server.api<{ document: Flow }>("GET", `/api/flows/${id}/versions/2`);
    for (const { nodes } of [details.document, version.document]) {
      expect(Object.keys(nodes)).toEqual(Object.keys(document["nodes"] as object));
      expect(Object.values(nodes).filter((node) => ["log", "disposition"].includes(node.type))).toEqual([]);
    }
    const { issues } = await server.api<{ issues: { severity: string }[] }>("POST", `/api/flows/${id}/check`, { document: details.document });
    expect(issues.filter((issue) => issue.severity === "error")).toEqual([]);
  });

  test("a call on a version published then plays it and leaves the note", async () => {
    await peer.call({ to: "1234", port: server.sip.port, from: "89161110001" });
    const call = await eventually("the call to end", async () =>
      (await server.api<{ calls: CallRow[] }>("GET", "/api/calls?search=79161110001")).calls.find((row) => row.endedAt !== null),
    );
    expect(call).toMatchObject({ flow: "noted", version: 3, outcome: "done", ended: "flow" });
    expect(call.path.map((visit) => visit.node)).toEqual(["say", "log", "end"]);
    const { lines } = await server.api<{ lines: StoredLine[] }>("GET", `/api/calls/${call.id}/journal`);
    expect(lines.find((line) => line.node === "log" && line.kind === "note")?.data).toEqual({ milestone: "", message: "звонит +79161110001", data: {} });
  });

  test("an operator plays a script published then to its wrap-up", async () => {
    let run = await server.api<Run>("POST", "/api/desk/runs", { flow: "first-line", operator: "Оля" });
    const kinds: string[] = [];
    for (let tries = 0; tries < 10 && run.shown; tries++) {
      const { step } = run.shown;
      kinds.push(step.kind);
      const fields = Object.fromEntries(step.fields.filter((field) => field.required).map((field) => [field.name, samples[field.type] ?? "да"]));
      run = await server.api<Run>("POST", `/api/desk/runs/${run.id}/choose`, { answer: step.answers[0]?.value ?? "next", fields });
    }
    expect(kinds.at(-1)).toBe("disposition");
    expect(run).toMatchObject({ done: true, outcome: "answered" });
  });

  test("a draft is saved back in today's format", async () => {
    const { document, revision } = await server.api<Details>("GET", "/api/flows/noted");
    expect(await server.api("PUT", "/api/flows/noted", { document, revision })).toMatchObject({ revision: 8 });
    const { version } = await server.api<{ version: number }>("POST", "/api/flows/noted/publish", { revision: 8 });
    expect(version).toBe(4);
  });

  test("a document of a newer format is refused in words, and the server works on", async () => {
    expect(await server.api("GET", "/api/flows/future", undefined, 422)).toMatchObject({
      error: { code: "unreadable-flow", message: { ru: expect.stringContaining("более новой версией Суфлёра"), en: expect.stringContaining("newer version") } },
    });
    expect(server.logged.join("\n")).toContain('stored flow "future" cannot be read');
  });
});
