import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { shot, startJourney, type Journey } from "./browser.ts";
import { typicalOffice, type Office } from "./typical-office.ts";

/** Every screen with typical data, in both languages and both themes: axe finds nothing serious, nothing is cut at 780 px. */
let journey: Journey;
let office: Office;
let axe: string;
beforeAll(async () => {
  journey = await startJourney();
  office = await typicalOffice(journey);
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
}, 120_000);
afterAll(() => journey?.stop());

type Violation = { id: string; impact: string | null; nodes: { html: string; target: string[] }[] };

/** What axe finds serious or critical, one line a kind. */
async function seriousOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> } };
    return (await checker.run(document, { resultTypes: ["violations"] })).violations;
  });
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id} ×${nodes.length}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(" | ")}`,
    );
}

/** Waits until nothing is loading and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.locator("main").waitFor();
  // Live screens keep a stream open, so the network is never idle: what is loading says so itself.
  await page.waitForTimeout(300);
  await page.locator(".mantine-Loader-root:visible").first().waitFor({ state: "hidden" });
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
}

/** Opens a tab of the drawer of the flow screen, or a dialog: views that have no address. */
const views: Record<string, { at: string; open(page: Page): Promise<void> }> = {
  "flow-node": { at: "flow", open: async (page) => void (await page.locator("[data-node]").nth(3).click({ force: true })) },
  "flows-new": { at: "flows", open: async (page) => void (await page.locator("main header button").last().click()) },
  "campaign-new": { at: "campaigns", open: async (page) => void (await page.locator("main header button").last().click()) },
  "campaign-import": { at: "campaign", open: async (page) => void (await page.locator("main header button").first().click()) },
  "list-new": { at: "lists", open: async (page) => void (await page.locator("main header button").last().click()) },
  "library-template": { at: "library", open: async (page) => void (await page.locator("main button").nth(4).click()) },
};
for (const [index, tab] of ["problems", "phone", "tests", "code", "machine", "history"].entries())
  views[`flow-${tab}`] = { at: "flow", open: async (page) => void (await page.getByRole("tab").nth(index).click()) };
const looks = (["ru", "en"] as const).flatMap((language) => (["light", "dark"] as const).map((scheme) => ({ language, scheme })));
const main = ["library", "flows", "flow", "calls", "call", "desk", "run", "campaigns", "campaign", "lists", "list", "people"];
const names = main.concat(["numbers", "calendars", "switches", "tables", "connectors", "messages", "recordings", "about"].map((tab) => `settings-${tab}`));

/** Opens every screen, then every view on one, and looks. */
async function lookAtAll(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const name of names) {
    await page.goto(journey.server.url + office.screens[name]);
    await look(name);
  }
  for (const [name, view] of Object.entries(views)) {
    await page.goto(journey.server.url + office.screens[view.at]);
    await settled(page);
    await view.open(page);
    await look(name);
  }
}

describe.each(looks)("$language, $scheme", ({ language, scheme }) => {
  test("axe finds nothing serious on any screen", async () => {
    const page = await journey.open("/library", { language, scheme });
    const found: Record<string, string[]> = {};
    const look = async (name: string) => {
      await settled(page);
      await shot(page, `${name}-${language}-${scheme}`);
      const serious = await seriousOf(page);
      if (serious.length > 0) found[name] = serious;
    };
    await lookAtAll(page, look);
    await page.context().close();
    expect(found).toEqual({});
  });
});

/** Controls that reach out of the window, and buttons whose words are cut. */
const cutOf = (page: Page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = (item: Element): boolean => {
      for (let up = item.parentElement; up; up = up.parentElement) {
        const { overflowX } = getComputedStyle(up);
        if ((overflowX === "auto" || overflowX === "scroll") && up.scrollWidth > up.clientWidth) return true;
      }
      return false;
    };
    const squeezed = (item: Element) => item.scrollWidth > item.clientWidth + 1 && getComputedStyle(item).overflowX === "hidden";
    const clipped = (item: Element): boolean => {
      const { left, right } = item.getBoundingClientRect();
      for (let up = item.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflowX === "visible") continue;
        const box = up.getBoundingClientRect();
        if (left < box.left - 1 || right > box.right + 1) return true;
      }
      return false;
    };
    return [...document.querySelectorAll("button, a[href], input, select, textarea, [role=tab]")]
      .filter((item) => item.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !item.closest(".react-flow, .monaco-editor"))
      .filter((item) => {
        const { left, right, width, height } = item.getBoundingClientRect();
        if (width <= 2 || height <= 2) return false;
        if (left < -1 || right > wide + 1 || clipped(item)) return !scrolls(item);
        return item.matches("button, [role=tab]") && [item, ...item.querySelectorAll("*")].some(squeezed) && !item.hasAttribute("title");
      })
      .map((item) => `${item.tagName.toLowerCase()} ${item.getAttribute("aria-label") ?? item.textContent?.slice(0, 40) ?? ""}`);
  });

test.each(["ru", "en"] as const)("780 px wide: no control is cut on any screen (%s)", async (language) => {
  const page = await journey.open("/library", { language });
  await page.setViewportSize({ width: 780, height: 768 });
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    await settled(page);
    await shot(page, `${name}-${language}-780`);
    const cut = await cutOf(page);
    if (cut.length > 0) found[name] = cut;
  };
  await lookAtAll(page, look);
  await page.context().close();
  expect(found).toEqual({});
});
