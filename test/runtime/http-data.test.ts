import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cellValue, readTable } from "../../runtime/campaigns/contacts/read-table.ts";
import { seedSymbols, symbolsSchema } from "../../runtime/http/seed-symbols.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { systemClock } from "../../runtime/system.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { outsideServer } from "./house.ts";

/** The resources behind the settings screens, over HTTP. */
let server: TestServer;
let outside: Awaited<ReturnType<typeof outsideServer>>;
beforeAll(async () => {
  server = await startTestServer();
  outside = await outsideServer();
});
afterAll(async () => {
  await outside?.close();
  await server?.stop();
});
beforeEach(() => void (outside.asked.length = 0));

type Answer = { status: number; json: ReturnType<typeof JSON.parse>; text: string };
async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  return { status: response.status, text, json: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : null };
}

test("a table: made, filled from a CSV with bad rows, changed by hand, exported, deleted", async () => {
  expect((await ask("PUT", "/tables/prices", { title: { ru: "Цены" }, columns: [] })).status).toBe(204);
  const csv = "Артикул;price;Код.места;есть\ntea;120;007;true\nrum;9.5;+7;нет\n;1;1;1\ntea;5;5;5\nx;1;1;1;1";
  const preview = await ask("POST", "/tables/prices/preview", { csv });
  expect(preview.json.columns).toEqual(["Артикул", "price", "Код.места", "есть"]);
  const imported = await ask("POST", "/tables/prices/import", { csv, key: "Артикул" });
  expect(imported.json).toMatchObject({
    taken: 2,
    bad: 3,
    errors: [{ line: 4, reason: "no key" }, { line: 5, reason: "the same key as in line 2" }, { line: 6 }],
  });
  expect((await ask("PUT", "/tables/prices/rows/sugar%2F1", { values: { price: 3 } })).status).toBe(204);
  const rows = (await ask("GET", "/tables/prices/rows?search=")).json;
  expect(rows).toMatchObject({ total: 3, rows: [{ key: "rum" }, { key: "sugar/1" }, { key: "tea", values: { price: 120, Код_места: "007", есть: true } }] });
  const exported = (await ask("GET", "/tables/prices/rows.csv")).text;
  expect(exported.replaceAll("\r", "").split("\n")[1]).toBe(`rum,9.5,'+7,нет`);
  expect((await ask("POST", "/tables/prices/import", { csv: exported, key: "key" })).json).toMatchObject({ taken: 3, bad: 0 });
  expect((await ask("GET", "/tables/prices/rows?search=rum")).json.rows[0].values).toEqual({ price: 9.5, Код_места: "+7", есть: "нет" });
  const prices = async () => ((await ask("GET", "/tables")).json.tables as { name: string }[]).find(({ name }) => name === "prices");
  expect(await prices()).toMatchObject({ columns: ["price", "Код_места", "есть"], rows: 3 });
  expect((await ask("POST", "/tables/prices/import", { csv: "k;a\n1;2", key: "k", replace: true })).json).toMatchObject({ taken: 1 });
  expect(await prices()).toMatchObject({ columns: ["a"], rows: 1 });
  expect((await ask("DELETE", "/tables/prices")).status).toBe(204);
});

test.each([
  ["PUT", "/tables/campaign", { title: {}, columns: [] }, 400],
  ["PUT", "/tables/Ñ", { title: {}, columns: [] }, 400],
  ["PUT", "/tables/t", { title: {}, columns: ["a.b"] }, 400],
  ["PUT", "/tables/none/rows/1", { values: {} }, 404],
  ["POST", "/tables/none/import", { csv: "a\n1", key: "a" }, 404],
  ["POST", "/switches/none/turn", { action: "on" }, 404],
  ["POST", "/switches/none/turn", { action: "burn" }, 400],
  ["PUT", "/connectors/crm", { title: {}, kind: "webhook", url: "ftp://x" }, 422],
  ["POST", "/connectors/none/try", { phone: "1" }, 404],
  ["PUT", "/messages/gateways/pigeon", { url: "http://x" }, 404],
  ["PUT", "/messages/gateways/sms", { url: "javascript:alert(1)" }, 400],
  ["POST", "/messages/none/retry", {}, 404],
  ["PUT", "/contacts/abc", {}, 422],
])("%s %s with trouble is %i, in two languages", async (method, path, body, status) => {
  const answer = await ask(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.json.error.message).toEqual({ ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
});

test("a CSV without its key column is refused in words", async () => {
  await ask("PUT", "/tables/t", { title: {}, columns: [] });
  const answer = await ask("POST", "/tables/t/import", { csv: "a\n1", key: "b" });
  expect(answer).toMatchObject({ status: 422, json: { error: { code: "csv-no-key-column" } } });
});

test("a switch tells who turned it and when", async () => {
  await ask("PUT", "/switches/night", { title: { ru: "Ночь" } });
  expect((await ask("POST", "/switches/night/turn", { action: "flip" })).json).toEqual({ on: true });
  const switches = (await ask("GET", "/switches")).json.switches as { name: string }[];
  expect(switches.find(({ name }) => name === "night")).toMatchObject({ on: true, changedAt: expect.any(Number), changedBy: "" });
});

test("a connector keeps its secret to itself, and can be tried", async () => {
  outside.says({ body: { value: [{ id: 5 }] } });
  const connector = { title: { ru: "CRM" }, kind: "webhook", url: `${outside.url}/crm` };
  await ask("PUT", "/connectors/bitrix", { ...connector, secret: "тайна" });
  await ask("PUT", "/connectors/bitrix", connector);
  const listed = await ask("GET", "/connectors");
  expect(listed.json.connectors).toMatchObject([{ name: "bitrix", hasSecret: true }]);
  expect(listed.text).not.toContain("тайна");
  expect((await ask("POST", "/connectors/bitrix/try", { phone: "+7999" })).json).toEqual({ exit: "ok", value: [{ id: 5 }] });
  expect(outside.asked[0]!.headers["x-sufler-signature"]).toBeDefined();
});

test("a gateway keeps its secrets, sends a trial, and a failed message can be sent again", async () => {
  await ask("PUT", "/messages/gateways/sms", { url: `${outside.url}/sms`, method: "POST", body: "", authorization: "Bearer abc", secret: "s" });
  await ask("PUT", "/messages/gateways/sms", { url: `${outside.url}/sms`, method: "POST", body: "" });
  const gateways = await ask("GET", "/messages/gateways");
  expect(gateways.json.gateways).toMatchObject({ sms: { hasAuthorization: true, hasSecret: true }, email: null });
  expect(gateways.text).not.toContain("abc");
  outside.says({ status: 400 }, {});
  const tried = (await ask("POST", "/messages/gateways/sms/try", { to: "+7999", text: "Проба" })).json;
  expect(tried).toMatchObject({ state: "failed", error: expect.stringContaining("400") });
  expect((await ask("POST", `/messages/${tried.id}/retry`, {})).json).toMatchObject({ state: "sent" });
  expect((await ask("GET", "/messages?state=sent")).json).toMatchObject({
    total: 1,
    counts: { sent: 1, failed: 0 },
    messages: [{ to: "+7999", text: "Проба" }],
  });
  expect(outside.asked[1]!.headers.authorization).toBe("Bearer abc");
  await ask("DELETE", "/messages/gateways/sms");
  expect((await ask("GET", "/messages/gateways")).json.gateways.sms).toBeNull();
});

test("the contacts book: saved, found, grouped, exported", async () => {
  expect((await ask("PUT", "/contacts/8%20(999)%20000-00-01", { name: "Анна", fields: { city: "Казань" }, groups: ["vip", "vip"] })).json).toEqual({
    phone: "+79990000001",
  });
  expect((await ask("GET", "/contacts?group=vip&search=Казань")).json).toMatchObject({
    total: 1,
    people: [{ phone: "+79990000001", name: "Анна", fields: { city: "Казань" }, groups: ["vip"] }],
    groups: [{ name: "vip", people: 1 }],
  });
  expect((await ask("GET", "/contacts.csv")).text).toContain("Казань");
  await ask("DELETE", "/contacts/%2B79990000001");
  expect((await ask("GET", "/contacts")).json.total).toBe(0);
});

test("a mask goes on a list as it is written", async () => {
  await ask("PUT", "/lists/areas", { title: { ru: "Города" }, kind: "other" });
  expect((await ask("PUT", "/lists/areas/entries/%2B7%20495*", {})).json).toEqual({ number: "+7495*" });
});

test("the check knows tables, switches and connectors of this installation", async () => {
  await ask("PUT", "/switches/day", { title: {} });
  const node = (type: string, config: object) => ({ type, config, exits: {} });
  const document = {
    sufler: 2,
    id: "t",
    kind: "ivr",
    title: { ru: "t" },
    languages: ["ru"],
    prompts: {},
    start: "a",
    nodes: {
      a: node("manual-switch", { switch: "day" }),
      b: node("manual-switch", { switch: "dya" }),
      c: node("table", { table: "prcies" }),
      d: node("crm", { connector: "bitirx" }),
      e: node("crm", { connector: "demo" }),
      f: node("table", { table: "campaign" }),
    },
  };
  const { issues } = (await ask("POST", "/flows/t/check", { document })).json;
  const unknown = issues.filter((issue: { code: string }) => issue.code === "unknown-symbol");
  expect(unknown.map((issue: { node: string }) => issue.node)).toEqual(["b", "c", "d"]);
  expect(unknown[1].message.ru).toBe("нет таблицы «prcies»: создайте её в настройках");
});

test("a template brings its tables, switches and connectors, and changes none that are there", async () => {
  const store = await sqliteStore(":memory:", readStoredFlow);
  const demo = symbolsSchema.parse({
    tables: { prices: { tea: { price: 120 } }, old: { a: { b: 1 } } },
    switches: { night: true, off: false },
    connectors: ["clinic", "demo"],
    titles: { prices: { ru: "Цены" } },
  });
  await store.tables.put("old", { ru: "Старая" }, []);
  await seedSymbols(demo, { store, clock: systemClock });
  await seedSymbols(demo, { store, clock: systemClock });
  expect(await store.tables.all()).toEqual([
    { name: "old", title: { ru: "Старая" }, columns: [], rows: 0 },
    { name: "prices", title: { ru: "Цены" }, columns: ["price"], rows: 1 },
  ]);
  expect((await store.switches.all()).map(({ name, on }) => [name, on])).toEqual([
    ["night", true],
    ["off", false],
  ]);
  expect((await store.connectors.all()).map(({ name, kind }) => [name, kind])).toEqual([["clinic", "demo"]]);
  await store.close();
});

describe("cells of a CSV", () => {
  test.each<[string, unknown]>([
    ["120", 120],
    ["-3.5", -3.5],
    ["007", "007"],
    ["+79990000001", "+79990000001"],
    ["1e5", "1e5"],
    ["12,5", "12,5"],
    ["12345678901234567890", "12345678901234567890"],
    ["false", false],
    [" да ", "да"],
  ])("%s", (text, value) => expect(cellValue(text)).toEqual(value));
  test("columns without a name get one, and dots go", () => {
    expect(readTable("k;a.b;\n1;2;3", "k")).toMatchObject({ columns: ["a_b", "column3"], rows: [{ key: "1", values: { a_b: 2, column3: 3 } }] });
  });
});

test("a check knows the flows that are played: an exit for no outcome of theirs, and a circle of two flows", async () => {
  const flowOf = (id: string, nodes: object) => ({ sufler: 2, id, kind: "ivr", title: { ru: id }, languages: ["ru"], outcomes: ["done"], start: "a", nodes });
  const end = { type: "hangup", config: { outcome: "done" }, exits: {} };
  const plays = (flow: string, exit: string) => ({
    type: "subflow",
    config: { flow, outcomes: [{ exit }] },
    exits: { [exit]: "b", next: "b", error: "b" },
  });
  const make = async (document: { id: string }) => {
    expect((await ask("POST", "/flows", { document })).status).toBe(201);
    return ask("POST", `/flows/${document.id}/publish`, { revision: 1, note: "" });
  };
  expect((await make(flowOf("inner-one", { a: { type: "finish", config: { outcome: "done" }, exits: {} } }))).status).toBe(200);
  const outer = flowOf("outer-one", { a: plays("inner-one", "other"), b: end });
  const { issues } = (await ask("POST", "/flows/outer-one/check", { document: outer })).json;
  expect(issues).toContainEqual(expect.objectContaining({ code: "subflow-outcomes", node: "a", severity: "warning" }));
  const good = flowOf("outer-one", { a: plays("inner-one", "done"), b: end });
  expect((await make(good)).status).toBe(200);
  const circle = flowOf("inner-one", { a: plays("outer-one", "done"), b: end });
  expect((await ask("POST", "/flows/inner-one/check", { document: circle })).json.issues).toContainEqual(expect.objectContaining({ code: "plays-itself" }));
});

test("a template is not made with a setting that does not fit, and the answer names the field and what there is", async () => {
  const clone = (inputs: object) => ask("POST", "/templates/front-desk-overflow/clone", { id: "desk-of-mine", inputs });
  const refused = await clone({ mode: "sometimes", ringSeconds: 500 });
  expect(refused).toMatchObject({ status: 422, json: { error: { code: "bad-input", input: "mode" } } });
  expect(refused.json.error.message.en).toContain("noAnswer, busy, always");
  expect(refused.json.error.problems.map((problem: { name: string }) => problem.name)).toEqual(["mode", "ringSeconds"]);
  expect((await clone({ mode: "busy", ringSeconds: 20 })).status).toBe(201);
  const { json } = await ask("GET", "/flows/desk-of-mine");
  expect(json.document.inputs.mode).toMatchObject({ default: "busy", options: [{ value: "noAnswer" }, { value: "busy" }, { value: "always" }] });
});

test("a flow of the library brings its tests; others are added, renewed, refused with the place, and deleted", async () => {
  const path = "/flows/nuisance-caller/tests";
  const first = (await ask("GET", path)).json.tests;
  expect(first.length).toBeGreaterThan(20);
  expect(first[0]).toMatchObject({ origin: "template", conversation: { title: { ru: expect.any(String) } } });
  const mine = { title: "моё", given: { caller: "+79990000001" }, talk: [{ wait: 1 }], expect: { outcome: "busied" } };
  const added = (await ask("POST", path, { conversations: [mine] })).json.tests;
  expect(added.at(-1)).toMatchObject({ origin: "own", conversation: mine });
  const refused = await ask("POST", path, { conversations: [mine, { ...mine, talk: [{ sing: 1 }] }] });
  expect(refused).toMatchObject({ status: 422, json: { error: { code: "bad-test", index: 1 } } });
  expect(refused.json.error.message.ru).toContain("тест 2 не читается: talk.0");
  expect((await ask("POST", path, { conversations: Array.from({ length: 999 }, () => mine) })).json.error.code).toBe("too-many");
  expect((await ask("DELETE", `${path}/${first[0].id}`)).status).toBe(204);
  expect((await ask("DELETE", `${path}/${first[0].id}`)).status).toBe(404);
  const renewed = (await ask("POST", `${path}/template`, {})).json.tests;
  expect(renewed.length).toBe(first.length + 1);
  expect((await ask("POST", "/flows/nobody/tests", { conversations: [mine] })).status).toBe(404);
  expect((await ask("POST", "/flows/nobody/tests/template", {})).status).toBe(404);
});

test("the contacts book takes a CSV: what a column is, bad rows with their lines, its own export back again", async () => {
  const csv =
    "Телефон;ФИО;Группы;Город;visits;Код\n8 (999) 111-00-01;Анна;vip, москва;Москва;4;007\nнет;Пётр;;;;\n+79991110001;Анна Вторая;;;;\n89991110002;;;Тверь;;";
  const preview = (await ask("POST", "/contacts/preview", { csv })).json;
  expect(preview.guess).toEqual({ phone: "Телефон", name: "ФИО", groups: "Группы" });
  const taken = (await ask("POST", "/contacts/import", { csv, mapping: preview.guess, group: "осень" })).json;
  expect(taken).toMatchObject({ taken: 2, bad: 2 });
  expect(taken.errors.map((error: { line: number; reason: string }) => [error.line, error.reason])).toEqual([
    [3, '"нет" is not a phone number'],
    [4, "the same number as in line 2"],
  ]);
  const found = async (search: string) => (await ask("GET", `/contacts?search=${encodeURIComponent(search)}`)).json.people;
  expect(await found("+79991110001")).toMatchObject([{ name: "Анна", fields: { Город: "Москва", visits: 4, Код: "007" }, groups: ["vip", "москва", "осень"] }]);
  // An empty cell leaves what was known.
  const again = "phone,name,visits,Город\n+79991110001,,5,";
  await ask("POST", "/contacts/import", { csv: again, mapping: { phone: "phone", name: "name" } });
  expect(await found("+79991110001")).toMatchObject([{ name: "Анна", fields: { Город: "Москва", visits: 5 } }]);
  const exported = (await ask("GET", "/contacts.csv?group=%D0%BE%D1%81%D0%B5%D0%BD%D1%8C")).text;
  const back = await ask("POST", "/contacts/import", { csv: exported, mapping: { phone: "phone", name: "name", groups: "groups" } });
  expect(back.json).toMatchObject({ taken: 2, bad: 0 });
  expect(await found("+79991110001")).toMatchObject([{ name: "Анна", fields: { Город: "Москва", visits: 5, Код: "007" } }]);
  expect((await ask("POST", "/contacts/import", { csv, mapping: { phone: "Номер" } })).status).toBe(422);
});

test("what was counted lately is told by key", async () => {
  expect((await ask("GET", "/counters/nobody-counted?windowMs=60000")).json).toEqual({ keys: {} });
  expect((await ask("GET", "/counters/nobody-counted?windowMs=-1")).status).toBe(400);
});
