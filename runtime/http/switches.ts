import { Hono } from "hono";
import { z } from "zod";
import { idSchema } from "../../flows/schema/ids.ts";
import { localizedSchema } from "../../flows/schema/values.ts";
import type { HttpDeps } from "./deps.ts";
import { body, describe, notFound, query } from "./problem.ts";
import { badName } from "./tables.ts";

/** Manual switches: turned here, read by flows at once. */
export function switchRoutes({ calls }: HttpDeps) {
  const { switches } = calls.store;
  return new Hono()
    .get("/", describe("switches", "All switches, with who changed them and when"), async (c) => c.json({ switches: await switches.all() }))
    .put("/:name", describe("switches", "Create or rename a switch"), body(z.object({ title: localizedSchema })), async (c) => {
      const name = idSchema.safeParse(c.req.param("name"));
      if (!name.success) return badName(c);
      await switches.put(name.data, c.req.valid("json").title);
      return c.body(null, 204);
    })
    .post("/:name/turn", describe("switches", "Turn it"), body(z.object({ action: z.enum(["on", "off", "flip"]) })), async (c) => {
      const name = c.req.param("name");
      const on = await switches.turn(name, c.req.valid("json").action, calls.clock.now(), "");
      return on === null ? notFound(c) : c.json({ on });
    })
    .delete("/:name", describe("switches", "Delete a switch"), async (c) => {
      await switches.remove(c.req.param("name"));
      return c.body(null, 204);
    });
}

const mostKeys = 200;
/** Milliseconds back from now; 0 = ever. */
const keysQuery = z.object({ windowMs: z.coerce.number().int().min(0).default(0) });

/** Counters of the rate-limit nodes. */
export function counterRoutes({ calls }: HttpDeps) {
  const { counters } = calls.store;
  return new Hono()
    .get("/", describe("counters", "Counters"), async (c) => c.json({ counters: await counters.all() }))
    .get("/:name", describe("counters", "Recent counts by key"), query(keysQuery), async (c) => {
      const { windowMs } = c.req.valid("query");
      return c.json({ keys: await counters.keys(c.req.param("name"), windowMs, calls.clock.now(), mostKeys) });
    })
    .delete("/:name", describe("counters", "Reset a counter"), async (c) => {
      await counters.reset(c.req.param("name"));
      return c.body(null, 204);
    });
}
