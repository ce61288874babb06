import { afterAll, beforeAll, expect, test } from "vitest";
import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

test("the phone keeps its speed and its side tab over a reload; silence and wrong keys stand before the repeated question", async () => {
  await journey.server.api("POST", "/api/flows", { document: { ...example, id: "opening-hours" } });
  const page = await journey.open("/flows/opening-hours");
  await page.getByRole("tab", { name: "Телефон" }).click();
  const call = () => page.getByRole("tabpanel", { name: "Телефон" }).getByRole("button", { name: "Позвонить" }).click();
  await call();
  await page.getByText("сразу", { exact: true }).click();
  await page.getByRole("tab", { name: "Сервисы" }).click();
  await page.reload();
  await call();
  await page.locator("[data-testid=phone-state]").waitFor();
  expect(await page.getByRole("radio", { name: "сразу" }).isChecked()).toBe(true);
  expect(await page.getByRole("tab", { name: "Сервисы" }).getAttribute("aria-selected")).toBe("true");
  await page.locator("[data-live]").first().waitFor();
  await page.getByTestId("phone-state").click();
  await page.keyboard.press("7");
  const talk = page.getByRole("log");
  await talk.getByText("Не подошло: 7").waitFor();
  const lines = (await talk.innerText()).split("\n").filter((line) => !/^\d+:\d\d$/.test(line.trim()) && line.trim());
  const pressed = lines.findIndex((line) => line.includes("нажато"));
  expect(lines[pressed + 1]).toContain("Не подошло");
});
