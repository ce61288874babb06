import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { startTestServer, type TestServer } from "../server.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--autoplay-policy=no-user-gesture-required",
];
const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export type Journey = {
  server: TestServer;
  /** A fresh window, as of another person; complaints of the page are gathered in `errors`. */
  open(path: string, look?: Look): Promise<Page>;
  errors: string[];
  stop(): Promise<void>;
};
export type Look = { language?: "ru" | "en"; scheme?: "light" | "dark"; page?: Page };

/** Server and browser of one journey, both its own. */
export async function startJourney(overrides: Parameters<typeof startTestServer>[0] = {}): Promise<Journey> {
  if (!program) throw new Error("these journeys need Chromium: apt-get install chromium");
  const server = await startTestServer(overrides);
  const browser: Browser = await chromium.launch({ executablePath: program, args: flags });
  const errors: string[] = [];
  return {
    server,
    errors,
    async open(path, { language = "ru", scheme = "light" } = {}) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, colorScheme: scheme, locale: language === "ru" ? "ru-RU" : "en-GB" });
      await context.addInitScript((value) => localStorage.getItem("sufler.language") ?? localStorage.setItem("sufler.language", value), language);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on("pageerror", (error) => errors.push(error.message));
      page.on(
        "console",
        (message) => message.type() === "error" && !/Failed to load resource|ERR_CONNECTION|ERR_INCOMPLETE/.test(message.text()) && errors.push(message.text()),
      );
      await page.goto(server.url + path);
      return page;
    },
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

const shots = process.env["SUFLER_SHOTS"];
/** Takes a picture of the page into the folder that SUFLER_SHOTS names, if it names one. */
export async function shot(page: Page, name: string) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}
