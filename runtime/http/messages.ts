import { Hono } from "hono";
import { z } from "zod";
import type { Value } from "../../flows/schema/values.ts";
import { badUrl, isHttpUrl } from "./http-url.ts";
import { gatewaySchema, notifySettingsKey, readNotifySettings, type Gateway } from "../outside/gateway-settings.ts";
import { channels } from "../ports/data-store.ts";
import type { HttpDeps } from "./deps.ts";
import { pageQuery } from "./environment.ts";
import { body, describe, notFound, query } from "./problem.ts";

const channelSchema = z.enum(channels);
/** Absent: as it was. Empty: none. Neither is shown again. */
const gatewayBody = gatewaySchema.omit({ authorization: true, secret: true }).extend({
  authorization: z.string().max(2_000).optional(),
  secret: z.string().max(200).optional(),
});
const messageQuery = pageQuery.extend({ state: z.enum(["queued", "sent", "failed"]).optional() });
const tryBody = z.object({ to: z.string().max(200), text: z.string().max(1_000) });

const shown = (gateway: Gateway | null) =>
  gateway && { url: gateway.url, method: gateway.method, body: gateway.body, hasAuthorization: gateway.authorization !== "", hasSecret: gateway.secret !== "" };

/** Messages sent by flows: their gateways and their states. */
export function messageRoutes(deps: HttpDeps) {
  const { outbox } = deps.calls.store;
  return new Hono()
    .get("/", describe("messages", "Messages, newest first"), query(messageQuery), async (c) => {
      const { state, ...page } = c.req.valid("query");
      const [found, counts] = await Promise.all([outbox.list({ ...page, ...(state ? { state } : {}) }), outbox.counts()]);
      return c.json({ ...found, counts });
    })
    .post("/:id/retry", describe("messages", "Resend a message now"), async (c) => {
      const posted = await deps.calls.outbox.retry(c.req.param("id"));
      return posted ? c.json(posted) : notFound(c);
    })
    .route("/gateways", gatewayRoutes(deps));
}

function gatewayRoutes({ calls }: HttpDeps) {
  const { settings } = calls.store;
  const read = async () => readNotifySettings(await settings.read(notifySettingsKey));
  return new Hono()
    .get("/", describe("messages", "Gateways by channel"), async (c) => {
      const all = await read();
      return c.json({ gateways: Object.fromEntries(channels.map((channel) => [channel, shown(all[channel])])) });
    })
    .put("/:channel", describe("messages", "Set the gateway of a channel"), body(gatewayBody), async (c) => {
      const channel = channelSchema.safeParse(c.req.param("channel"));
      if (!channel.success) return notFound(c);
      const all = await read();
      const { authorization, secret, ...plain } = c.req.valid("json");
      if (!isHttpUrl(plain.url.replaceAll(/\{\w+\}/g, "x"))) return badUrl(c);
      const before = all[channel.data];
      const gateway = { ...plain, authorization: authorization ?? before?.authorization ?? "", secret: secret ?? before?.secret ?? "" };
      await settings.write(notifySettingsKey, { ...all, [channel.data]: gateway } as Value);
      return c.body(null, 204);
    })
    .delete("/:channel", describe("messages", "Remove the gateway of a channel"), async (c) => {
      const channel = channelSchema.safeParse(c.req.param("channel"));
      if (!channel.success) return notFound(c);
      await settings.write(notifySettingsKey, { ...(await read()), [channel.data]: null } as Value);
      return c.body(null, 204);
    })
    .post("/:channel/try", describe("messages", "Send a test message"), body(tryBody), async (c) => {
      const channel = channelSchema.safeParse(c.req.param("channel"));
      if (!channel.success) return notFound(c);
      const { to, text } = c.req.valid("json");
      return c.json(await calls.outbox.post({ key: `try:${calls.ids.next()}`, channel: channel.data, to, subject: "", text, data: {}, callId: "" }));
    });
}
