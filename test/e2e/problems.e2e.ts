import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "../../flows/schema/flow.ts";
import { goodFlow } from "../../flows/check/examples/index.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

test("a broken flow: its mark, its problems by keyboard, a fix in a part, undo, all safe ones, publishing", async () => {
  const document = goodFlow();
  document.id = "mended";
  document.outcomes.push("never");
  document.parts = {
    talk: {
      start: "hi",
      nodes: { hi: { type: "say", config: { prompt: "hello" }, exits: {} }, end: { type: "finish", config: { outcome: "told" }, exits: {} } },
    },
  };
  document.nodes["it"] = { type: "subflow", config: { part: "talk" }, exits: { next: "say" } };
  document.start = "it";
  await journey.server.api("POST", "/api/flows", { document });
  const page = await journey.open("/flows/mended");
  const score = page.getByTestId("score");
  await page.locator("[data-testid=score][data-band=poor]").waitFor();

  // The badge opens the problems with its reasons; arrows walk them, Enter goes to the node in its part.
  await score.click();
  const problem = page.locator("[data-problem][data-code=dangling-exit]");
  await problem.focus();
  await page.keyboard.press("ArrowDown");
  expect(await problem.evaluate((row) => row === row.ownerDocument.activeElement)).toBe(false);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator("[data-node=hi]").waitFor();

  // One click mends, one undo takes it back.
  await problem
    .locator("..")
    .getByRole("button", { name: /Исправить/ })
    .click();
  await problem.waitFor({ state: "detached" });
  await page.locator("[data-testid=score][data-band=poor]").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Отменить" }).click();
  await problem.waitFor();
  await problem
    .locator("..")
    .getByRole("button", { name: /Исправить/ })
    .click();
  await problem.waitFor({ state: "detached" });

  await page.getByRole("button", { name: /Исправить все безопасные/ }).click();
  await page.locator("[data-problem][data-code=unused-outcome]").waitFor({ state: "detached" });
  await page.getByTestId("saved-state").filter({ hasText: "сохранено" }).waitFor();
  const stored = (await journey.server.api<{ document: Flow }>("GET", "/api/flows/mended")).document;
  expect(stored.parts["talk"]!.nodes["hi"]!.exits).toEqual({ next: "end" });
  expect(stored.outcomes).toEqual(["done"]);

  await page.getByRole("button", { name: "Опубликовать" }).first().click();
  await page.getByRole("dialog").getByLabel("Оценка сценария").waitFor();
  expect(journey.errors).toEqual([]);
});
