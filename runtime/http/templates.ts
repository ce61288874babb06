import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { calendarSchema } from "../../flows/schema/calendar.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { idSchema } from "../../flows/schema/ids.ts";
import { inputProblems } from "../../flows/schema/input-value.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { localizedSchema, valueSchema, type Localized } from "../../flows/schema/values.ts";
import { listKinds, type NewFlowTest } from "../ports/store.ts";
import type { HttpDeps } from "./deps.ts";
import { createFlow, taken } from "./flows.ts";
import { body, describe, notFound, problem } from "./problem.ts";
import { seedSymbols, symbolsSchema } from "./seed-symbols.ts";

const cloneBody = z.object({
  id: idSchema.optional(),
  title: z.union([z.string().max(200), localizedSchema]).optional(),
  inputs: z.record(z.string(), valueSchema).default({}),
});
const demoSchema = symbolsSchema.extend({
  inputs: z.record(z.string(), valueSchema).default({}),
  calendars: z.record(idSchema, calendarSchema).default({}),
  lists: z.record(idSchema, z.array(z.string().max(60)).max(1000)).default({}),
  listKinds: z.record(idSchema, z.enum(listKinds)).default({}),
  listTitles: z.record(idSchema, localizedSchema).default({}),
});
export type Demo = z.infer<typeof demoSchema>;
/** `names` are those of the conversations' files, without `.json`. */
export type Template = { slug: string; flow: Flow; readme: string; demo: Demo; conversations: unknown[]; names: string[] };

/** The conversations of a template as tests of a flow made from it. */
export const testsOf = ({ conversations, names }: Template): NewFlowTest[] =>
  conversations.map((conversation, index) => ({ id: names[index]!, origin: "template", conversation: conversation as NewFlowTest["conversation"] }));

/** All templates of a folder by name; a broken one is skipped and logged. */
export async function readTemplates(folder: string, log: (message: string) => void): Promise<Template[]> {
  const slugs = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const all = await Promise.all(slugs.map((slug) => readTemplate(folder, slug).catch((error: unknown) => void log(`template ${slug}: ${String(error)}`))));
  return all.filter((template) => template !== undefined);
}

async function readTemplate(folder: string, slug: string): Promise<Template> {
  const path = join(folder, slug);
  const parsed = parseFlow(await readFile(join(path, "flow.json"), "utf8"));
  if (!parsed.flow) throw new Error(parsed.issues[0]?.message.en);
  const text = (name: string) => readFile(join(path, name), "utf8").catch(() => "");
  const demo = demoSchema.parse(JSON.parse((await text("demo.json")) || "{}"));
  const files = (await readdir(join(path, "conversations")).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  const conversations = await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(path, "conversations", name), "utf8")) as unknown));
  return { slug, flow: parsed.flow, readme: await text("README.md"), demo, conversations, names: files.map((name) => name.slice(0, -".json".length)) };
}

/** Creates a flow from a template: inputs become defaults, and missing calendars, lists, tables, switches and connectors are created. */
export async function cloneTemplate(
  template: Template,
  wish: z.infer<typeof cloneBody>,
  deps: HttpDeps,
): Promise<{ id: string } | { taken: string } | { wrong: { name: string; message: { ru: string; en: string } }[] }> {
  const { store, clock } = deps.calls;
  const wrong = inputProblems(template.flow.inputs, wish.inputs);
  if (wrong.length > 0) return { wrong };
  const wanted = wish.id ?? template.flow.id;
  if (wish.id && (await store.flows.draft(wish.id))) return { taken: wish.id };
  const given = { ...template.demo.inputs, ...wish.inputs };
  const inputs = Object.fromEntries(
    Object.entries(template.flow.inputs).map(([name, input]) => [name, name in given ? { ...input, default: given[name]! } : input]),
  );
  const title = titleOf(template.flow, wish.title);
  const calendars = await store.calendars.all();
  for (const [name, calendar] of Object.entries(template.demo.calendars)) if (!(name in calendars)) await store.calendars.put(name, calendar);
  const lists = new Set((await store.lists.all()).map((list) => list.name));
  for (const [name, numbers] of Object.entries(template.demo.lists)) {
    if (lists.has(name)) continue;
    await store.lists.put(name, template.demo.listTitles[name] ?? { ru: name, en: name }, template.demo.listKinds[name] ?? "other");
    for (const number of numbers) await store.lists.add({ list: name, number, reason: "demo", addedAt: clock.now(), expiresAt: null });
  }
  await seedSymbols(template.demo, deps.calls);
  const create = (free: string) => store.flows.create({ ...template.flow, id: free, title, inputs }, clock.now(), template.slug);
  const id = await createFlow(wanted, wish.id === undefined, store.flows, create);
  if (id === null) return { taken: wanted };
  await store.flowTests.add(id, testsOf(template), clock.now());
  return { id };
}

/** The template's title with the wished words in their language; words without one are in the flow's first language. */
function titleOf({ title, languages }: Flow, wish: string | Localized | undefined): Localized {
  if (!wish) return title;
  return typeof wish === "string" ? { [languages[0] ?? "ru"]: wish } : { ...title, ...wish };
}

export function templateRoutes(deps: HttpDeps) {
  const all = () => readTemplates(deps.templates, deps.calls.log);
  const find = async (slug: string) => (await all()).find((template) => template.slug === slug);
  return new Hono()
    .get("/", describe("templates", "The template library"), async (c) => {
      const templates = (await all()).map(({ slug, flow, conversations }) => ({
        slug,
        id: flow.id,
        kind: flow.kind,
        title: flow.title,
        description: flow.description ?? {},
        tags: flow.tags ?? [],
        languages: flow.languages,
        inputs: flow.inputs,
        nodes: Object.keys(flow.nodes).length,
        conversations: conversations.length,
      }));
      return c.json({ templates });
    })
    .get("/:slug", describe("templates", "One template with its readme, demo data and conversations"), async (c) => {
      const template = await find(c.req.param("slug"));
      if (!template) return notFound(c);
      const { flow, readme, demo, conversations } = template;
      return c.json({
        document: flow,
        readme,
        demo: { inputs: demo.inputs, calendars: demo.calendars, lists: demo.lists, tables: demo.tables, switches: demo.switches },
        conversations,
      });
    })
    .post("/:slug/clone", describe("templates", "Create a flow from a template"), body(cloneBody), async (c) => {
      const template = await find(c.req.param("slug"));
      if (!template) return notFound(c);
      const made = await cloneTemplate(template, c.req.valid("json"), deps);
      if ("wrong" in made) {
        const { name, message } = made.wrong[0]!;
        return problem(c, 422, "bad-input", message.ru, message.en, { input: name, problems: made.wrong });
      }
      return "taken" in made ? taken(c, made.taken) : c.json({ id: made.id, revision: 1 }, 201);
    });
}
