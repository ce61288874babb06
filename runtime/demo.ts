import { staticItems } from "./calls/static-prompts.ts";
import type { HttpDeps } from "./http/deps.ts";
import { cloneTemplate, readTemplates } from "./http/templates.ts";

/** Demo flows by number for new users. */
const bound: Record<string, string> = { "main-menu": "1000", "after-hours": "1003", "nuisance-caller": "1010", "nps-survey": "1034" };
export const demoBlacklisted = "+79990000666";

/** Fills an empty database with the library, published, and with the demo number and lists. */
export async function seedDemo(deps: HttpDeps): Promise<void> {
  const { store, clock, machines, prompts, log } = deps.calls;
  if ((await store.flows.page({ after: null, limit: 1 })).length > 0) return;
  await store.lists.put("blacklist", { ru: "Чёрный список", en: "Blacklist" }, "black");
  await store.lists.put("do-not-call", { ru: "Не звонить", en: "Do-not-call list" }, "do-not-call");
  await store.lists.add({ list: "blacklist", number: demoBlacklisted, reason: "demo", addedAt: clock.now(), expiresAt: null });
  const templates = await readTemplates(deps.templates, log);
  for (const template of templates) {
    const made = await cloneTemplate(template, { inputs: {} }, deps);
    if (!("id" in made)) continue;
    const draft = await store.flows.draft(made.id);
    const version = await store.flows.publish(draft!.flow, "demo", clock.now());
    await machines.put(draft!.flow, version);
    const number = bound[template.slug];
    if (number) await store.numbers.put({ number, flow: made.id, alias: "live", note: "demo" });
    void prompts.warm(staticItems(draft!.flow));
  }
}
