import type { TestServer } from "../server.ts";

const day = [{ from: "00:00", to: "24:00" }];

/** Opens or closes the calendar that the demo flows use, whatever the time of this test. */
export async function setOffice(server: TestServer, open: boolean): Promise<void> {
  const week = open ? Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((weekday) => [weekday, day])) : {};
  await server.api("PUT", "/api/calendars/office", { zone: "Europe/Moscow", week, holidays: [], special: {} });
}

/** Polls until `check` gives something; fails after a generous while with what was being waited for. */
export async function eventually<T>(what: string, check: () => Promise<T | null | undefined | false> | T | null | undefined | false): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await check();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain for: ${what}`);
}
