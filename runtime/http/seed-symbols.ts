import { z } from "zod";
import { idSchema } from "../../flows/schema/ids.ts";
import { localizedSchema, valueSchema, type Localized } from "../../flows/schema/values.ts";
import type { CallDeps } from "../calls/call-registry.ts";

/** Tables, switches and connectors required by a template, in addition to calendars and lists. */
export const symbolsSchema = z.object({
  /** Rows by key. */
  tables: z.record(idSchema, z.record(z.string().max(200), z.record(z.string().max(60), valueSchema))).default({}),
  switches: z.record(idSchema, z.boolean()).default({}),
  /** Answered by demo clients until a real CRM is set. */
  connectors: z.array(idSchema).max(20).default([]),
  /** Titles of them all, by name. */
  titles: z.record(idSchema, localizedSchema).default({}),
});
export type DemoSymbols = z.infer<typeof symbolsSchema>;

/** Creates missing objects; existing ones do not change. */
export async function seedSymbols(demo: DemoSymbols, { store, clock }: Pick<CallDeps, "store" | "clock">): Promise<void> {
  const titleOf = (name: string): Localized => demo.titles[name] ?? { ru: name, en: name };
  for (const [name, rows] of Object.entries(demo.tables)) {
    if (await store.tables.find(name)) continue;
    const columns = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
    await store.tables.put(name, titleOf(name), columns);
    await store.tables.replace(
      name,
      Object.entries(rows).map(([key, values]) => ({ key, values })),
      clock.now(),
    );
  }
  for (const [name, on] of Object.entries(demo.switches)) {
    if (await store.switches.find(name)) continue;
    await store.switches.put(name, titleOf(name));
    if (on) await store.switches.turn(name, "on", clock.now(), "");
  }
  for (const name of demo.connectors) {
    if (name !== "demo" && !(await store.connectors.find(name))) await store.connectors.put({ name, title: titleOf(name), kind: "demo", url: "", secret: "" });
  }
}
