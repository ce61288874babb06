import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import en from "../../editor/i18n/en.json" with { type: "json" };
import ru from "../../editor/i18n/ru.json" with { type: "json" };

const tagged = z.object({ tags: z.array(z.string()).min(1) });
const folders = readdirSync("templates", { withFileTypes: true }).filter((entry) => entry.isDirectory());
const tags = folders.flatMap(({ name }) => tagged.parse(JSON.parse(readFileSync(`templates/${name}/flow.json`, "utf8"))).tags);

/** The industries that a client of the library names. */
const industries = ["e-shop", "booking", "services", "hotel", "restaurant", "car-service", "beauty", "law", "dental", "medicine"];

test.each([...new Set([...industries, ...tags])].map((tag) => [tag]))("%s: two ready flows at least, and a word in both languages", (tag) => {
  expect(tags.filter((each) => each === tag).length).toBeGreaterThanOrEqual(2);
  expect(Object.keys(en)).toContain(`tag.${tag}`);
  expect(Object.keys(ru)).toContain(`tag.${tag}`);
});
