import { z } from "zod";

/** The key of these settings in the store. */
export const notifySettingsKey = "notify";

const address = z
  .string()
  .max(2_000)
  .refine((url) => /^https?:\/\/\S+$/.test(url), "a URL that starts with http:// or https://");

/**
 * Where messages of one channel go. `{to}`, `{text}`, `{subject}`, `{id}` in the address are filled in URL-encoded, in the
 * body as JSON text; `{data}` in the body as JSON. An empty body of a POST is the message itself as JSON.
 */
export const gatewaySchema = z
  .object({
    url: address,
    method: z.enum(["GET", "POST"]).default("POST"),
    body: z.string().max(10_000).default(""),
    /** The whole Authorization header, "Bearer …". */
    authorization: z.string().max(2_000).default(""),
    /** Signs the body, see sign-body.ts. */
    secret: z.string().max(200).default(""),
  })
  .strict();
export type Gateway = z.infer<typeof gatewaySchema>;

export const notifySettingsSchema = z.object({
  sms: gatewaySchema.nullable().default(null),
  email: gatewaySchema.nullable().default(null),
  messenger: gatewaySchema.nullable().default(null),
  webhook: gatewaySchema.nullable().default(null),
});
export type NotifySettings = z.infer<typeof notifySettingsSchema>;

/** Stored settings, whatever is in the store; nothing configured when they cannot be read. */
export function readNotifySettings(stored: unknown): NotifySettings {
  const parsed = notifySettingsSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : notifySettingsSchema.parse({});
}
