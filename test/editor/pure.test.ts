import { describe, expect, test } from "vitest";
import { deskAct } from "../../editor/desk/desk-keys.ts";
import { placeAfter } from "../../editor/document/insert-place.ts";
import { factsOf } from "../../editor/document/node-facts.ts";
import { exitRows, handleY, cardsOf } from "../../editor/canvas/canvas-model.ts";
import { neighbour } from "../../editor/flow/neighbour.ts";
import { talkToFlow } from "../../editor/flow/talk-to-flow.ts";
import { blankFlow, idOf } from "../../editor/library/blank-flow.ts";
import { joinDigits, talkOf } from "../../editor/phone/call-view.ts";
import { toConversation } from "../../editor/phone/to-conversation.ts";
import { perform, type Act } from "../../editor/phone/acts.ts";
import { parseRoute, pathOf } from "../../editor/ui/router.ts";
import { checkFlow } from "../../flows/check/index.ts";
import { parseConversation } from "../../flows/simulate/conversation.ts";
import { createPlayer } from "../../flows/simulate/player.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };

const flow = parseFlow(example).flow!;
const plain = { opened: new Set<string>(), language: "ru", exitLabel: (exit: string) => exit };

test("routes", () => {
  expect(parseRoute("/")).toEqual({ screen: "library", id: null });
  expect(parseRoute("/flows/main-menu")).toEqual({ screen: "flows", id: "main-menu" });
  expect(parseRoute(pathOf("calls", "a/b c"))).toEqual({ screen: "calls", id: "a/b c" });
  expect(parseRoute("/calls/%E0%A4%A")).toEqual({ screen: "calls", id: "%E0%A4%A" });
});

describe("cards", () => {
  test("happy exits first, unhappy ones folded until used or opened", () => {
    expect(exitRows(flow, "choose", plain).rows.map((row) => row.name)).toEqual(["1", "noInput", "invalid"]);
    expect(exitRows(flow, "choose", plain).folded).toBe(2);
    expect(exitRows(flow, "greet", plain).rows.map((row) => row.name)).toEqual(["next"]);
    expect(exitRows(flow, "greet", { ...plain, opened: new Set(["greet"]) }).rows.map((row) => row.name)).toEqual(["next", "error", "hangup"]);
  });
  test("sizes and handles are known before drawing", () => {
    const { data, handles, height } = cardsOf(flow, { ...plain, problems: new Map(), overlay: null }).get("choose")!;
    expect(handles.filter((handle) => handle.type === "source")).toHaveLength(3);
    expect(handles[1]!.y + 6).toBe(handleY(data, 0));
    expect(height).toBeGreaterThan(handleY(data, 2));
  });
  test("a config that is not sound yet is still shown", () => {
    const broken = structuredClone(flow);
    broken.nodes["choose"]!.config = { choices: [{ key: "1" }, { key: "2" }] };
    expect(factsOf(broken, "choose", "ru").exits).toEqual(["1", "2", "noInput", "invalid", "error", "hangup"]);
  });
});

test("arrow keys follow edges and places", () => {
  expect(neighbour(flow, null, "Right")).toBe("greet");
  expect(neighbour(flow, "greet", "Right")).toBe("choose");
  expect(neighbour(flow, "hours", "Down")).toBe("bye");
  expect(neighbour(flow, "choose", "Left")).toBe("greet");
});

test("a new node never lands on another", () => {
  const [x, y] = placeAfter(flow, "choose");
  expect(Object.values(flow.layout).every(([left, top]) => Math.abs(left - x) >= 248 || Math.abs(top - y) >= 100)).toBe(true);
});

test("a written talk becomes a flow without errors", () => {
  const text = "Здравствуйте! Часы — один, адрес — два.\n1 — часы\n  С девяти до шести.\n2 — адрес\n  Улица Мира, пять.";
  const made = { ...talkToFlow(blankFlow("talk", "ivr", "Разговор"), text, "ru"), languages: ["ru" as const] };
  expect(parseFlow(made).flow).not.toBeNull();
  expect(checkFlow(made).filter((issue) => issue.severity === "error")).toEqual([]);
  const script = {
    ...talkToFlow(blankFlow("talk", "script", "Разговор"), "Как вас зовут?\n- Анна\n  Очень приятно.\n- Не скажу", "ru"),
    languages: ["ru" as const],
  };
  expect(checkFlow(script).filter((issue) => issue.severity === "error")).toEqual([]);
});

test("ids are readable and free", () => {
  expect(idOf("Запись к врачу!", [])).toBe("zapis-k-vrachu");
  expect(idOf("Меню", ["menyu"])).toBe("menyu-2");
  expect(idOf("123", [])).toBe("flow");
});

test("a simulated call, saved as a test, passes on the same flow", () => {
  const given = {
    caller: "+79990000001",
    dialled: "1000",
    now: "2026-11-23T10:00:00+03:00",
    zone: "Europe/Moscow",
    inputs: { company: "Ромашка" },
    contact: {},
    calendars: {},
    lists: {},
    tables: {},
    switches: {},
    contacts: {},
    counters: {},
    services: {},
  };
  const at = Date.parse(given.now);
  for (const when of [600, 30_000]) {
    const player = createPlayer(flow, given);
    const acts: Act[] = [
      { at: at + when, event: { type: "digit", at: at + when, digit: when === 600 ? "9" : "1", leg: "A" } },
      ...(when === 600 ? [{ at: at + 900, event: { type: "digit", at: at + 900, digit: "1", leg: "A" } } as Act] : []),
    ];
    for (const act of acts) {
      player.advanceTo(act.at);
      perform(player, act);
    }
    player.advanceTo(at + 300_000);
    const conversation = toConversation("saved", given, acts, player);
    expect(parseConversation(conversation)).toHaveProperty("conversation");
    expect(runConversation(flow, conversation).failures).toEqual([]);
    expect(joinDigits(talkOf(player.journal)).some((line) => line.side === "flow")).toBe(true);
  }
});

test("desk keys: digits outside a field, Alt inside; letters by place", () => {
  const key = (change: object) => ({ key: "", code: "", altKey: false, ctrlKey: false, metaKey: false, ...change });
  expect(deskAct(key({ key: "2", code: "Digit2" }), false)).toEqual({ do: "answer", index: 1 });
  expect(deskAct(key({ key: "2", code: "Digit2" }), true)).toBeNull();
  expect(deskAct(key({ key: "2", code: "Digit2", altKey: true }), true)).toEqual({ do: "answer", index: 1 });
  expect(deskAct(key({ key: "Backspace", code: "Backspace" }), false)).toEqual({ do: "back" });
  expect(deskAct(key({ key: "Backspace", code: "Backspace" }), true)).toBeNull();
  expect(deskAct(key({ key: "л", code: "KeyK" }), false)).toEqual({ do: "know" });
});
