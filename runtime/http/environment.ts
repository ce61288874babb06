import { Hono, type Context } from "hono";
import { z } from "zod";
import { calendarSchema } from "../../flows/schema/calendar.ts";
import { idSchema } from "../../flows/schema/ids.ts";
import { localizedSchema } from "../../flows/schema/values.ts";
import { listKinds, type NumberRow } from "../ports/store.ts";
import { normalizeNumber, typedMask, typedNumber } from "../routing/normalize-number.ts";
import type { HttpDeps } from "./deps.ts";
import { body, describe, notFound, problem, query } from "./problem.ts";

const numberBody = z.object({
  flow: idSchema,
  alias: z.string().max(30).default("live"),
  note: z.string().max(200).default(""),
  /** The flow that has the number now and gives it up. */
  from: z.string().max(60).optional(),
});
const listBody = z.object({ title: localizedSchema, kind: z.enum(listKinds) });
const entryBody = z.object({ reason: z.string().max(500).default(""), days: z.number().min(0).max(3650).default(0) });
export const pageQuery = z.object({
  search: z.string().max(100).default(""),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

/** Numbers → flows. */
export function numberRoutes({ calls }: HttpDeps) {
  return new Hono()
    .get("/", describe("numbers", "Which number plays which flow"), async (c) => c.json({ numbers: await calls.store.numbers.all() }))
    .put("/:number", describe("numbers", "Bind a number"), body(numberBody), async (c) => {
      const { flow, alias, note, from } = c.req.valid("json");
      if (!(await calls.store.flows.draft(flow))) return problem(c, 422, "unknown-flow", `нет сценария «${flow}»`, `flow "${flow}" does not exist`);
      const holder = await calls.store.numbers.take({ number: normalizeNumber(c.req.param("number"), calls.country), flow, alias, note }, from);
      return holder ? numberTaken(c, holder) : c.body(null, 204);
    })
    .delete("/:number", describe("numbers", "Unbind a number"), async (c) => {
      await calls.store.numbers.remove(c.req.param("number"));
      return c.body(null, 204);
    });
}

/** The number belongs to another flow, which must be named to give it up. */
export const numberTaken = (c: Context, { number, flow }: NumberRow, more: object = {}) =>
  problem(c, 409, "number-taken", `номер ${number} занят сценарием «${flow}»`, `number ${number} is bound to flow "${flow}"`, { number, flow, ...more });

/** Opening hours, changed without changing a flow. */
export function calendarRoutes({ calls }: HttpDeps) {
  return new Hono()
    .get("/", describe("calendars", "All calendars"), async (c) => c.json({ calendars: await calls.store.calendars.all() }))
    .put("/:name", describe("calendars", "Save a calendar"), body(calendarSchema), async (c) => {
      const name = idSchema.safeParse(c.req.param("name"));
      if (!name.success) return problem(c, 400, "invalid", "имя: латинские буквы, цифры и дефис", "name: use lower-case letters, digits and hyphens");
      await calls.store.calendars.put(name.data, c.req.valid("json"));
      return c.body(null, 204);
    })
    .delete("/:name", describe("calendars", "Delete a calendar"), async (c) => {
      await calls.store.calendars.remove(c.req.param("name"));
      return c.body(null, 204);
    });
}

/** Black, white, VIP and do-not-call lists. */
/** The name of a SIP caller, "reception2": lists may hold it as it is. */
const nameOf = (text: string): string | null => (/^(?=.*\d)(?=.*[a-z])[\w.-]{2,60}$/i.test(text) ? text : null);

export function listRoutes({ calls }: HttpDeps) {
  const { lists } = calls.store;
  const known = async (name: string) => (await lists.all()).some((list) => list.name === name);
  return new Hono()
    .get("/", describe("lists", "All number lists"), async (c) => c.json({ lists: await lists.all() }))
    .put("/:name", describe("lists", "Create or rename a list"), body(listBody), async (c) => {
      const name = idSchema.safeParse(c.req.param("name"));
      if (!name.success) return problem(c, 400, "invalid", "имя: латинские буквы, цифры и дефис", "name: use lower-case letters, digits and hyphens");
      const { title, kind } = c.req.valid("json");
      await lists.put(name.data, title, kind);
      return c.body(null, 204);
    })
    .delete("/:name", describe("lists", "Delete a list"), async (c) => {
      await lists.remove(c.req.param("name"));
      return c.body(null, 204);
    })
    .get("/:name/entries", describe("lists", "Numbers of a list with call counts"), query(pageQuery), async (c) =>
      (await known(c.req.param("name"))) ? c.json({ entries: await lists.entries(c.req.param("name"), c.req.valid("query")) }) : notFound(c),
    )
    .put("/:name/entries/:number", describe("lists", "Add a number"), body(entryBody), async (c) => {
      const { name, number } = c.req.param();
      if (!(await known(name))) return notFound(c);
      const stored = /[*?]/.test(number) ? typedMask(number, calls.country) : (typedNumber(number, calls.country) ?? nameOf(number));
      if (stored === null)
        return problem(c, 422, "not-a-number", `«${number.slice(0, 60)}» — не один номер и не маска`, `"${number.slice(0, 60)}" is not one number or mask`);
      const { reason, days } = c.req.valid("json");
      const at = calls.clock.now();
      await lists.add({ list: name, number: stored, reason, addedAt: at, expiresAt: days > 0 ? at + days * 86_400_000 : null });
      return c.json({ number: stored });
    })
    .delete("/:name/entries/:number", describe("lists", "Remove a number"), async (c) => {
      await lists.drop(c.req.param("name"), c.req.param("number"));
      return c.body(null, 204);
    });
}
