import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "../../editor/api/client.ts";
import { autosave, type Conflict } from "../../editor/document/autosave.ts";
import { keptDraft } from "../../editor/document/draft-keeper.ts";
import { setFlowSettings } from "../../editor/document/edits/set-flow-settings.ts";
import { FlowStore } from "../../editor/document/flow-store.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };

/** No page: only its language is asked for. */
vi.mock("../../editor/i18n/index.ts", () => ({ currentLanguage: () => "ru", translate: (key: string) => key }));

const flow = parseFlow(example).flow!;
type Sent = { flow: Flow; revision: number; answer(): void; refuse(error: unknown): void };

/** A server that answers when the test says so. */
function slowServer() {
  const sent: Sent[] = [];
  const save = (document: Flow, revision: number) =>
    new Promise<{ revision: number }>((resolve, reject) =>
      sent.push({ flow: document, revision, answer: () => resolve({ revision: revision + 1 }), refuse: reject }),
    );
  return { sent, save };
}

const browser = new Map<string, string>();
beforeEach(() => {
  vi.useFakeTimers();
  browser.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => browser.get(key) ?? null,
    setItem: (key: string, value: string) => void browser.set(key, value),
    removeItem: (key: string) => void browser.delete(key),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  const store = new FlowStore(flow, 1, "ru", () => Date.now());
  const server = slowServer();
  const conflicts: Conflict[] = [];
  const saver = autosave(store, server.save, (conflict) => void conflicts.push(conflict));
  const name = (ru: string) => store.edit(setFlowSettings({ title: { ru } }));
  const titles = () => server.sent.map((each) => [each.flow.title.ru, each.revision]);
  return { store, saver, conflicts, name, titles, ...server };
}
const quiet = () => vi.advanceTimersByTimeAsync(60_000);

describe("a save while another is under way", () => {
  test("an edit made meanwhile is saved after it, on the new revision, and only then is all saved", async () => {
    const { store, sent, name, titles } = open();
    name("один");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(titles()).toEqual([["один", 1]]);
    name("два");
    await quiet();
    // One save at a time.
    expect(titles()).toEqual([["один", 1]]);
    sent[0]!.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.get().saved).toBe("dirty");
    expect(keptDraft(flow.id)).toMatchObject({ revision: 2, flow: { title: { ru: "два" } } });
    await quiet();
    expect(titles()).toEqual([
      ["один", 1],
      ["два", 2],
    ]);
    sent[1]!.answer();
    await quiet();
    expect(store.get()).toMatchObject({ saved: "saved", revision: 3 });
    expect(keptDraft(flow.id)).toBeNull();
    expect(sent).toHaveLength(2);
  });

  test("leaving the page waits for the save under way and sends the rest", async () => {
    const { saver, sent, name, titles } = open();
    name("один");
    await vi.advanceTimersByTimeAsync(1_000);
    name("два");
    saver.stop();
    sent[0]!.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(titles()).toEqual([
      ["один", 1],
      ["два", 2],
    ]);
  });

  test("an edit taken back meanwhile is sent, too: the server has the other one", async () => {
    const { store, sent, name, titles } = open();
    name("один");
    await vi.advanceTimersByTimeAsync(1_000);
    store.undo();
    sent[0]!.answer();
    await quiet();
    expect(titles()).toEqual([
      ["один", 1],
      [flow.title.ru, 2],
    ]);
  });
});

test("someone else's revision: nothing more is sent until the person has chosen; mine goes on theirs", async () => {
  const { store, saver, sent, conflicts, name, titles } = open();
  name("моё");
  await vi.advanceTimersByTimeAsync(1_000);
  const theirs = { ...flow, title: { ru: "чужое" } };
  sent[0]!.refuse(new ApiError(409, { code: "conflict", document: theirs, revision: 7 }));
  await quiet();
  expect(conflicts).toEqual([{ document: theirs, revision: 7 }]);
  await saver.flush();
  expect([store.get().saved, sent.length]).toEqual(["conflict", 1]);
  expect(keptDraft(flow.id)?.flow.title.ru).toBe("моё");
  saver.resolve("mine", conflicts[0]!);
  await quiet();
  expect(titles()).toEqual([
    ["моё", 1],
    ["моё", 7],
  ]);
});

test("someone else's revision taken: shown, nothing sent, the kept draft is gone", async () => {
  const { store, saver, sent, conflicts, name } = open();
  name("моё");
  await vi.advanceTimersByTimeAsync(1_000);
  sent[0]!.refuse(new ApiError(409, { code: "conflict", document: { ...flow, title: { ru: "чужое" } }, revision: 7 }));
  await quiet();
  saver.resolve("theirs", conflicts[0]!);
  await quiet();
  expect(store.get()).toMatchObject({ saved: "saved", revision: 7, whole: { title: { ru: "чужое" } } });
  expect([sent.length, keptDraft(flow.id)]).toEqual([1, null]);
});

test("without a connection it is kept here and tried again, with what was typed since", async () => {
  const { store, sent, name, titles } = open();
  name("один");
  await vi.advanceTimersByTimeAsync(1_000);
  sent[0]!.refuse(new TypeError("Failed to fetch"));
  await vi.advanceTimersByTimeAsync(0);
  expect(store.get().saved).toBe("offline");
  expect(keptDraft(flow.id)?.flow.title.ru).toBe("один");
  await vi.advanceTimersByTimeAsync(6_000);
  name("два");
  sent[1]!.answer();
  await quiet();
  sent[2]?.answer();
  await quiet();
  expect(titles()).toEqual([
    ["один", 1],
    ["один", 1],
    ["два", 2],
  ]);
  expect(store.get().saved).toBe("saved");
});

test("cards placed only to be looked at are not saved", async () => {
  const { store, saver, sent } = open();
  store.place({ extra: [5, 5] });
  await quiet();
  await saver.flush();
  expect([store.get().saved, sent.length]).toEqual(["saved", 0]);
});
