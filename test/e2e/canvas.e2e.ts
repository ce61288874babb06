import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Flow } from "../../flows/schema/flow.ts";
import { shot, startJourney, type Journey } from "./browser.ts";

/** The drawing table: what is seen on opening, the keys, the selection box, its words. */
let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

const stored = async (id: string) => await journey.server.api<{ document: Flow; revision: number }>("GET", `/api/flows/${id}`);
const say = (next: string | null) => ({ type: "say", config: { prompt: "hello" }, exits: next ? { next } : {} });

/** A chain of nodes, with places or without. */
async function chain(id: string, count: number, place: ((index: number) => [number, number]) | null): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  const document = {
    sufler: 2,
    id,
    kind: "ivr",
    title: { ru: `Цепочка ${id}` },
    languages: ["ru"],
    inputs: {},
    variables: {},
    outcomes: [],
    prompts: { hello: { ru: "Здравствуйте!" } },
    start: "start",
    nodes: {
      start: { type: "start", config: {}, exits: { next: "n0" } },
      ...Object.fromEntries(names.map((name, index) => [name, say(names[index + 1] ?? null)])),
    },
    parts: {},
    layout: place ? { start: place(0), ...Object.fromEntries(names.map((name, index) => [name, place(index + 1)])) } : {},
  };
  await journey.server.api("POST", "/api/flows", { document });
}

/** How many of the cards lie wholly within the canvas. */
const inSight = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector(".react-flow")!.getBoundingClientRect();
    return [...document.querySelectorAll("[data-node]")].filter((card) => {
      const { left, top, right, bottom } = card.getBoundingClientRect();
      return left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom;
    }).length;
  });
const untilSeen = (page: Page, count: number) =>
  page.waitForFunction((wanted) => {
    const box = document.querySelector(".react-flow")?.getBoundingClientRect();
    const whole = [...document.querySelectorAll("[data-node]")].filter((card) => {
      const { left, top, right, bottom } = card.getBoundingClientRect();
      return box && left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom;
    });
    return whole.length === wanted;
  }, count);

test("a flow opens with all of it in sight; the button and F bring it back", async () => {
  await chain("wide", 40, (index) => [index * 340, (index % 5) * 260]);
  const page = await journey.open("/flows/wide");
  await untilSeen(page, 41);
  await shot(page, "canvas-fit");
  for (const fit of [() => page.getByRole("button", { name: "Показать весь сценарий (F)" }).click(), () => page.keyboard.press("f")]) {
    await page.mouse.move(600, 300);
    await page.mouse.wheel(0, -2_000);
    await page.waitForFunction(() => document.querySelectorAll("[data-node]").length < 41);
    expect(await inSight(page)).toBeLessThan(41);
    await fit();
    await untilSeen(page, 41);
  }
  expect(journey.errors).toEqual([]);
});

test("opening moves nothing and saves nothing: neither cards that lie on each other nor cards without a place", async () => {
  await chain("stacked", 6, (index) => [0, index * 20]);
  await chain("placeless", 6, null);
  const before = { stacked: await stored("stacked"), placeless: await stored("placeless") };
  const page = await journey.open("/flows/stacked");
  await page.locator("[data-node=n5]").waitFor();
  const tops = await page.locator("[data-node]").evaluateAll((cards) => cards.map((card) => Math.round(card.getBoundingClientRect().top)));
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThanOrEqual(140);
  await page.goto(`${journey.server.url}/flows/placeless`);
  await page.waitForFunction(() => {
    const lefts = new Set([...document.querySelectorAll("[data-node]")].map((card) => Math.round(card.getBoundingClientRect().left)));
    return lefts.size === 7;
  });
  expect(await page.getByTestId("saved-state").getAttribute("data-saved")).toBe("saved");
  expect(await page.getByRole("button", { name: "Отменить" }).isDisabled()).toBe(true);
  await page.goto(`${journey.server.url}/flows`);
  await page.getByRole("heading", { name: "Сценарии" }).waitFor();
  expect(await stored("stacked")).toEqual(before.stacked);
  expect(await stored("placeless")).toEqual(before.placeless);
});

test("the box takes cards only: Delete removes them, not the cards and edges around", async () => {
  await chain("boxed", 5, (index) => [index * 340, 0]);
  const page = await journey.open("/flows/boxed");
  await untilSeen(page, 6);
  const [first, last] = [await page.locator("[data-node=n1]").boundingBox(), await page.locator("[data-node=n2]").boundingBox()];
  await page.keyboard.down("Shift");
  await page.mouse.move(first!.x - 12, first!.y - 30);
  await page.mouse.down();
  await page.mouse.move(last!.x + last!.width + 12, last!.y + last!.height + 20, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  expect(await page.locator("[data-node][data-selected]").count()).toBe(2);
  expect(await page.locator(".react-flow__edge.selected").count()).toBe(0);
  await page.keyboard.press("Delete");
  await page.locator("[data-node=n1]").waitFor({ state: "detached" });
  await page.getByTestId("saved-state").filter({ hasText: "сохранено" }).waitFor();
  const { nodes } = (await stored("boxed")).document;
  expect(Object.keys(nodes)).toEqual(["start", "n0", "n3", "n4"]);
  expect([nodes["start"]!.exits, nodes["n0"]!.exits, nodes["n3"]!.exits]).toEqual([{ next: "n0" }, {}, { next: "n4" }]);
});

test("Ctrl and the key labelled Z take back on German, French and Russian keyboards; no key labelled Z does again", async () => {
  await chain("keyed", 3, (index) => [index * 340, 0]);
  const page = await journey.open("/flows/keyed");
  await untilSeen(page, 4);
  const press = ({ key, code }: { key: string; code: string }) =>
    page.evaluate(
      ([name, place]) =>
        void document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name!, code: place!, ctrlKey: true, bubbles: true, cancelable: true })),
      [key, code],
    );
  for (const [undo, redo] of [
    [
      { key: "z", code: "KeyY" },
      { key: "y", code: "KeyZ" },
    ],
    [
      { key: "z", code: "KeyW" },
      { key: "y", code: "KeyY" },
    ],
    [
      { key: "я", code: "KeyZ" },
      { key: "н", code: "KeyY" },
    ],
  ] as const) {
    await page.locator("[data-node=n2]").click();
    await page.keyboard.press("Delete");
    await page.locator("[data-node=n2]").waitFor({ state: "detached" });
    await press(undo);
    await page.locator("[data-node=n2]").waitFor();
    await press(redo);
    await page.locator("[data-node=n2]").waitFor({ state: "detached" });
    await press(undo);
    await page.locator("[data-node=n2]").waitFor();
  }
});

test.each(["ru", "en"] as const)("what the canvas says to a screen reader is in the language of the screen (%s)", async (language) => {
  await chain(`words-${language}`, 8, (index) => [index * 340, 0]);
  const page = await journey.open(`/flows/words-${language}`, { language });
  await untilSeen(page, 9);
  const words = await page.evaluate(() => {
    const canvas = document.querySelector(".react-flow")!;
    const named = [...canvas.querySelectorAll("[aria-label], [aria-roledescription], [title]")];
    return [
      ...named.flatMap((item) => ["aria-label", "aria-roledescription", "title"].map((name) => item.getAttribute(name) ?? "")),
      ...[...canvas.querySelectorAll("[id^=react-flow__], title")].map((item) => item.textContent ?? ""),
    ].filter((text) => text && text !== "React Flow");
  });
  expect(words.length).toBeGreaterThan(10);
  const foreign = language === "ru" ? /[a-z]{2,}/i : /(?!Цепочка|Здравствуйте)[а-яё]{3,}/i;
  expect(words.map((text) => text.replaceAll(/\((F)\)|Enter|Delete|Escape|«.*?»/g, "")).filter((text) => foreign.test(text))).toEqual([]);
});
