import { Hono } from "hono";
import { z } from "zod";
import { idSchema } from "../../flows/schema/ids.ts";
import { localizedSchema } from "../../flows/schema/values.ts";
import { connectorKinds, type ConnectorRow } from "../ports/data-store.ts";
import type { HttpDeps } from "./deps.ts";
import { badUrl, isHttpUrl } from "./http-url.ts";
import { body, describe, notFound } from "./problem.ts";
import { badName } from "./tables.ts";

const connectorBody = z.object({
  title: localizedSchema,
  kind: z.enum(connectorKinds),
  url: z.string().max(2_000).default(""),
  /** Absent: as it was. Empty: none. It is never shown again. */
  secret: z.string().max(200).optional(),
});
const tryTimeoutMs = 10_000;

const shown = ({ secret, ...row }: ConnectorRow) => ({ ...row, hasSecret: secret !== "" });

/** CRM connectors by the names used in flows. */
export function connectorRoutes({ calls }: HttpDeps) {
  const { connectors } = calls.store;
  return new Hono()
    .get("/", describe("connectors", "All CRM connectors"), async (c) => c.json({ connectors: (await connectors.all()).map(shown) }))
    .put("/:name", describe("connectors", "Save a connector"), body(connectorBody), async (c) => {
      const name = idSchema.safeParse(c.req.param("name"));
      if (!name.success) return badName(c);
      const { title, kind, url, secret } = c.req.valid("json");
      if (kind === "webhook" && !isHttpUrl(url)) return badUrl(c);
      const before = await connectors.find(name.data);
      await connectors.put({ name: name.data, title, kind, url, secret: secret ?? before?.secret ?? "" });
      return c.body(null, 204);
    })
    .post("/:name/try", describe("connectors", "Look up a number to test the connector"), body(z.object({ phone: z.string().max(60) })), async (c) => {
      const connector = await connectors.find(c.req.param("name"));
      if (!connector) return notFound(c);
      const reply = await calls.crm.ask({ connector, method: "findByPhone", params: { phone: c.req.valid("json").phone }, key: "", timeoutMs: tryTimeoutMs });
      return c.json(reply);
    })
    .delete("/:name", describe("connectors", "Delete a connector"), async (c) => {
      await connectors.remove(c.req.param("name"));
      return c.body(null, 204);
    });
}
