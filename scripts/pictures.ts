// npm run pictures: takes the pictures of README and docs from a server with demo data, in both languages.
import type { Page } from "playwright-core";
import buildEditor from "../test/e2e/build-editor.ts";
import { startJourney } from "../test/e2e/browser.ts";
import { typicalOffice } from "../test/e2e/typical-office.ts";

const folder = new URL("../docs/images/", import.meta.url).pathname;

await buildEditor();
const journey = await startJourney();
// Open at any hour, so that the caller hears the menu.
const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: "00:00", to: "24:00" }]]));
await journey.server.api("PUT", "/api/calendars/office", { zone: "Europe/Moscow", week: days });
const { screens } = await typicalOffice(journey, "1");

async function zoomIn(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  for (let n = 0; n < 6; n++) await page.mouse.wheel(0, -150);
  await page.waitForTimeout(600);
}

type View = { at: string; scheme?: "dark"; prepare?(page: Page): Promise<void> };
const views: Record<string, View> = {
  library: { at: screens["library"]! },
  flow: {
    at: screens["flow"]!,
    prepare: async (page) => {
      await zoomIn(page, 575, 300);
      await page.locator("[data-node=choose]").click({ position: { x: 30, y: 10 } });
    },
  },
  calls: { at: screens["call"]!, prepare: (page) => zoomIn(page, 560, 135) },
  desk: {
    at: "/desk",
    scheme: "dark",
    prepare: async (page) => {
      const run = await journey.server.api<{ id: string }>("POST", "/api/desk/runs", { flow: "first-line", caller: "+79161234567" });
      await page.goto(`${journey.server.url}/desk/${run.id}`);
      await page.locator("[data-field=name]").fill("Анна");
      await page.keyboard.press("Alt+1");
    },
  },
  campaign: { at: screens["campaign"]! },
};

for (const language of ["en", "ru"] as const) {
  for (const [name, { at, scheme = "light", prepare }] of Object.entries(views)) {
    const page = await journey.open(at, { language, scheme });
    await page.locator("main").waitFor();
    await page.locator(".mantine-Loader-root:visible").first().waitFor({ state: "hidden" });
    await prepare?.(page);
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: `${folder}${name}-${language}.png` });
    await page.context().close();
  }
}
await journey.stop();
process.exit(0);
