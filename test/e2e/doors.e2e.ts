import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { startJourney, type Journey } from "./browser.ts";

/** The editor under its Content-Security-Policy: everything works, and nothing asks for what is forbidden. */
let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

const watch = (page: Page) =>
  page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener("securitypolicyviolation", (event) => seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`));
  });
const violations = (page: Page) => page.evaluate(() => (window as unknown as { violations: string[] }).violations);

test("every screen, the code editor with its workers and the phone with its sound ask for nothing forbidden", async () => {
  const page = await journey.open("/library", { language: "en" });
  await watch(page);
  for (const screen of ["/library", "/flows", "/calls", "/desk", "/campaigns", "/lists", "/settings"]) {
    await page.goto(journey.server.url + screen);
    await page.waitForLoadState("networkidle").catch(() => {});
    expect(await violations(page), screen).toEqual([]);
  }
  await page.goto(`${journey.server.url}/flows/nps-survey`);
  await page.locator("[data-node=start]").waitFor();
  await page.getByRole("tab", { name: "Code" }).click();
  await page.locator(".monaco-editor textarea, .monaco-editor .native-edit-context").first().waitFor({ state: "attached" });
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("{ broken");
  // The mark under the broken place comes from Monaco's worker of JSON.
  await page.locator(".monaco-editor .squiggly-error").first().waitFor({ state: "attached" });
  expect(await violations(page)).toEqual([]);

  const sound = page.waitForResponse((response) => /\/api\/prompts\/[a-f0-9]{64}\.wav/.test(response.url()));
  await page.goto(`${journey.server.url}/flows/main-menu`);
  await page.locator("[data-node=start]").waitFor();
  await page.getByRole("button", { name: "Make a test call" }).click();
  await page.getByRole("button", { name: "Make a test call" }).click();
  expect((await sound).status()).toBe(200);
  expect(await violations(page)).toEqual([]);
  expect(journey.errors).toEqual([]);
});

test("a script in the page and code made of a text are refused by the browser", async () => {
  const page = await journey.open("/library");
  await page.getByRole("button", { name: /Главное меню/ }).waitFor();
  // From a timer: what the test itself runs in the page is above its policy.
  await page.evaluate(() =>
    setTimeout(() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.body.append(script);
      try {
        Object.assign(window, { evaluated: new Function("return true")() });
      } catch {
        Object.assign(window, { evaluated: false });
      }
    }, 0),
  );
  await page.waitForFunction(() => "evaluated" in window);
  expect(await page.evaluate(() => ({ injected: "injected" in window, evaluated: Reflect.get(window, "evaluated") as unknown }))).toEqual({
    injected: false,
    evaluated: false,
  });
  journey.errors.splice(0);
});
