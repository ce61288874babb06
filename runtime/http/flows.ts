import { Hono, type Context } from "hono";
import { z } from "zod";
import { checkFlow } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import { flowKinds, type Flow } from "../../flows/schema/flow.ts";
import { idPattern } from "../../flows/schema/ids.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { FlowStore } from "../ports/store.ts";
import { normalizeNumber } from "../routing/normalize-number.ts";
import { staticItems } from "../calls/static-prompts.ts";
import { inlinedFlows, pinsOf } from "../calls/inlined-flows.ts";
import { missingCommands } from "../calls/perform/not-available.ts";
import type { HttpDeps } from "./deps.ts";
import { numberTaken } from "./environment.ts";
import { flowTestRoutes } from "./flow-tests.ts";
import { body, describe, notFound, problem, query } from "./problem.ts";

const documentBody = z.object({ document: z.record(z.string(), z.unknown()) });
const draftBody = documentBody.extend({ revision: z.number().int() });
const publishBody = z.object({
  revision: z.number().int(),
  note: z.string().max(500).default(""),
  number: z.string().min(1).max(60).optional(),
  numberFrom: z.string().max(60).optional(),
});

const liveBody = z.object({ from: z.number().int().nullable().optional().catch(undefined) }).catch({});

/** `<updatedAt>.<id>` of the last flow of the page before. */
const cursorText = z
  .string()
  .regex(/^\d{1,16}\.[a-z][a-z0-9-]*$/)
  .transform((text) => ({ updatedAt: Number(text.split(".")[0]), id: text.slice(text.indexOf(".") + 1) }));
const flowsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  cursor: cursorText.nullable().default(null),
  search: z.string().max(100).default(""),
  kind: z.enum(flowKinds).optional(),
  live: z
    .literal("1")
    .transform(() => true)
    .optional(),
  ids: z
    .string()
    .max(12_000)
    .transform((text) => text.split(",").slice(0, 200))
    .optional(),
});
const newBody = documentBody.extend({ rename: z.boolean().default(false) });

/** Drafts, versions, check and publish. */
export function flowRoutes(deps: HttpDeps) {
  return new Hono().route("/", draftRoutes(deps)).route("/", versionRoutes(deps)).route("/", flowTestRoutes(deps));
}

function draftRoutes(deps: HttpDeps) {
  const { store, clock, bus } = deps.calls;
  return new Hono()
    .get(
      "/",
      describe(
        "flows",
        "Flows, most recently changed first; `next` is the cursor of the next page; `kind`, `live=1` and `ids` (comma-separated) filter the list",
      ),
      query(flowsQuery),
      async (c) => {
        const { cursor, ...wanted } = c.req.valid("query");
        const { limit } = wanted;
        const flows = await store.flows.page({ after: cursor, ...wanted });
        const last = flows.length === limit ? flows.at(-1) : undefined;
        return c.json({ flows, next: last ? `${last.updatedAt}.${last.id}` : null });
      },
    )
    .get("/live", describe("flows", "IDs and kinds of all flows with a live version"), async (c) => c.json({ flows: await store.flows.live() }))
    .post("/", describe("flows", "Create a flow; `rename` gives it the next free ID if its own is taken"), body(newBody), async (c) => {
      const { document, rename } = c.req.valid("json");
      const parsed = parseFlow(document);
      if (!parsed.flow) return malformed(c, parsed.issues);
      const { flow } = parsed;
      const id = await createFlow(flow.id, rename, store.flows, (free) => store.flows.create({ ...flow, id: free }, clock.now(), null));
      return id === null ? taken(c, flow.id) : c.json({ id, revision: 1 }, 201);
    })
    .get("/:id", describe("flows", "A draft with its versions"), async (c) => {
      const id = c.req.param("id");
      const draft = await store.flows.draft(id);
      if (!draft) return notFound(c);
      const [live, versions, numbers] = await Promise.all([store.flows.alias(id, "live"), store.flows.versions(id), store.numbers.all()]);
      const { flow: document, revision, template } = draft;
      return c.json({ document, revision, template, live, versions, numbers: numbers.filter((row) => row.flow === id) });
    })
    .put("/:id", describe("flows", "Save a draft"), body(draftBody), async (c) => {
      const { document, revision } = c.req.valid("json");
      const parsed = parseFlow(document);
      if (!parsed.flow) return malformed(c, parsed.issues);
      if (parsed.flow.id !== c.req.param("id")) return problem(c, 422, "other-id", "в документе другой id", "the document has a different ID");
      const saved = await store.flows.saveDraft(parsed.flow, revision, clock.now());
      const stored = saved ? null : await store.flows.draft(parsed.flow.id);
      if (!saved) return stored ? conflict(c, stored) : notFound(c);
      bus.publish({ type: "flow", flow: parsed.flow.id, revision: revision + 1, live: null });
      return c.json({ revision: revision + 1, issues: checkFlow(parsed.flow, await environmentOf(deps, parsed.flow)) });
    })
    .delete("/:id", describe("flows", "Delete a flow and its bindings; published versions are kept for the calls that used them"), async (c) => {
      await store.flows.remove(c.req.param("id"));
      return c.body(null, 204);
    });
}

/** Creates under this id, or, with `rename`, the next free one, whoever else creates at the same moment. Null when the id is taken. */
export async function createFlow(wanted: string, rename: boolean, flows: FlowStore, create: (id: string) => Promise<boolean>): Promise<string | null> {
  for (let tries = 0; tries < (rename ? 20 : 1); tries++) {
    const id = rename ? await freeId(wanted, flows) : wanted;
    if (await create(id)) return id;
  }
  return null;
}

/** The id itself, or with the first number that makes it free: `menu`, `menu-2`. */
async function freeId(wanted: string, flows: { draft(id: string): Promise<unknown> }): Promise<string> {
  for (let n = 1; n < 1000; n++) {
    const id = n === 1 ? wanted : `${wanted.slice(0, 45)}-${n}`;
    if (idPattern.test(id) && !(await flows.draft(id))) return id;
  }
  return wanted;
}

function versionRoutes(deps: HttpDeps) {
  const { store } = deps.calls;
  return new Hono()
    .post("/:id/check", describe("flows", "Check a document against this environment"), body(documentBody), async (c) => {
      const parsed = parseFlow(c.req.valid("json").document);
      return c.json({ issues: parsed.flow ? checkFlow(parsed.flow, await environmentOf(deps, parsed.flow)) : parsed.issues });
    })
    .post("/:id/inlined", describe("flows", "Other flows that a document plays, by id or id@version, for the simulator"), body(documentBody), async (c) => {
      const parsed = parseFlow(c.req.valid("json").document);
      if (!parsed.flow) return malformed(c, parsed.issues);
      return c.json({ flows: (await inlinedFlows(store.flows, parsed.flow)).flows });
    })
    .post("/:id/publish", describe("flows", "Publish the draft as an immutable version"), body(publishBody), (c) =>
      publish(c, c.req.param("id"), c.req.valid("json"), deps),
    )
    .get("/:id/versions/:version", describe("flows", "A published version"), async (c) => {
      const document = await store.flows.version(c.req.param("id"), Number(c.req.param("version")));
      return document ? c.json({ document }) : notFound(c);
    })
    .post(
      "/:id/versions/:version/live",
      describe("flows", "Make a version live; `from` is the version that was live when the decision was made"),
      async (c) => {
        const { id, version } = c.req.param();
        const { from } = liveBody.parse(await c.req.json().catch(() => ({})));
        if (!(await store.flows.version(id, Number(version)))) return notFound(c);
        return (await store.flows.setAlias(id, "live", Number(version), from)) ? c.body(null, 204) : meanwhile(c);
      },
    );
}

/** Errors block it; texts are synthesised; the version is immutable; the number is bound to `live`. */
async function publish(c: Context, id: string, input: z.infer<typeof publishBody>, deps: HttpDeps) {
  const { store, clock, machines, bus, country } = deps.calls;
  const draft = await store.flows.draft(id);
  if (!draft) return notFound(c);
  if (draft.revision !== input.revision) return conflict(c, draft);
  const newest = (await store.flows.versions(id))[0]?.version ?? 0;
  const held = await holderOf(input, id, deps.calls);
  if (held) return numberTaken(c, held);
  const issues = checkFlow(draft.flow, await environmentOf(deps, draft.flow));
  if (issues.some((issue) => issue.severity === "error")) {
    return problem(c, 422, "has-errors", "в сценарии есть ошибки: исправьте их и опубликуйте снова", "the flow has errors: fix them and publish again", {
      issues,
    });
  }
  const prompts = await deps.calls.prompts.warm(staticItems(draft.flow));
  const pins = await pinsOf(store.flows, draft.flow);
  const published: Flow = Object.keys(pins).length > 0 ? { ...draft.flow, pins } : draft.flow;
  const version = await store.flows.publishSeen(published, input.note, clock.now(), { revision: draft.revision, newest });
  if (version === null) return meanwhile(c);
  await machines.put(published, version);
  const holder = input.number
    ? await store.numbers.take({ number: normalizeNumber(input.number, country), flow: id, alias: "live", note: "" }, input.numberFrom)
    : null;
  bus.publish({ type: "flow", flow: id, revision: draft.revision, live: version });
  return holder ? numberTaken(c, holder, { version }) : c.json({ version, prompts });
}

/** The flow that holds the number of a publish and has not given it up. */
async function holderOf({ number, numberFrom }: z.infer<typeof publishBody>, flow: string, { store, country }: HttpDeps["calls"]) {
  const holder = number ? await store.numbers.find(normalizeNumber(number, country)) : null;
  return holder && holder.flow !== flow && holder.flow !== numberFrom ? holder : null;
}

const meanwhile = (c: Context) =>
  problem(c, 409, "published-meanwhile", "сценарий тем временем опубликовал кто-то другой", "someone else has published the flow in the meantime");

/** The symbols of this installation and the live versions of subflows, for the checker. */
async function environmentOf(deps: HttpDeps, flow: Flow): Promise<Environment> {
  const { store } = deps.calls;
  const played = Object.values((await inlinedFlows(store.flows, flow)).flows);
  const [lists, calendars, flows] = await Promise.all([store.lists.all(), store.calendars.all(), store.flows.live()]);
  const [tables, switches, connectors] = await Promise.all([store.tables.all(), store.switches.all(), store.connectors.all()]);
  return {
    tables: tables.map((table) => table.name),
    switches: switches.map((each) => each.name),
    connectors: ["demo", ...connectors.map((connector) => connector.name)],
    lists: lists.map((list) => list.name),
    calendars: Object.keys(calendars),
    trunks: deps.config.trunks.map((trunk) => trunk.name),
    flows,
    voices: [...deps.voices()],
    missingCommands,
    documents: Object.fromEntries(played.map((each) => [each.id, each])),
  };
}

const malformed = (c: Context, issues: unknown[]) => problem(c, 422, "malformed", "документ сценария испорчен", "the flow document is malformed", { issues });
export const taken = (c: Context, id: string) => problem(c, 409, "taken", `сценарий «${id}» уже есть`, `flow "${id}" already exists`);
const conflict = (c: Context, stored: { flow: Flow; revision: number }) =>
  problem(c, 409, "conflict", "сценарий тем временем сохранил кто-то другой", "someone else has saved the flow in the meantime", {
    revision: stored.revision,
    document: stored.flow,
  });
