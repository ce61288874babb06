import { z } from "zod";
import { calendarSchema, knownZone } from "../schema/calendar.ts";
import { problemWords } from "../schema/problem-words.ts";
import { momentOf } from "../strategy/moment-of.ts";
import { endings } from "../result.ts";
import { valueSchema } from "../schema/values.ts";

/** Responses of a scripted service: one for all requests, or a list used in order (the last one repeats). */
const answerSchema = z
  .object({
    exit: z.string().max(60).optional(),
    status: z.number().int().min(100).max(599).optional(),
    body: valueSchema.optional(),
    value: valueSchema.optional(),
    delay: z.number().min(0).max(600).optional(),
    /** Seconds of talk time after the answer ("bridge", "queue"); the delay before it is the wait. */
    talk: z.number().min(0).max(14_400).optional(),
    fault: z.string().max(60).optional(),
    /** What the flow behind `run-flow` came to. */
    result: z.record(z.string(), valueSchema).optional(),
    ended: z.enum(["flow", "caller-hangup"]).optional(),
    outcome: z.string().max(60).optional(),
  })
  .strict();
const serviceSchema = z.union([answerSchema, z.array(answerSchema).min(1)]);
export type ServiceAnswer = z.infer<typeof answerSchema>;

const givenSchema = z
  .object({
    caller: z.string().max(60).default("+79990000001"),
    dialled: z.string().max(60).default("1000"),
    now: z
      .string()
      .max(40)
      .refine((text) => momentOf(text, "UTC") !== null, {
        error: "not a date and time: write 2026-11-23T10:00:00+03:00",
        params: { ru: "не дата и время: 2026-11-23T10:00:00+03:00" },
      })
      .default("2026-11-23T10:00:00+03:00"),
    zone: z
      .string()
      .max(60)
      .refine(knownZone, { error: "unknown time zone", params: { ru: "такого часового пояса нет" } })
      .default("Europe/Moscow"),
    /** ISO 3166 country of numbers without +; RU when not given. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    language: z.enum(["ru", "en"]).optional(),
    inputs: z.record(z.string(), valueSchema).default({}),
    contact: z.record(z.string(), valueSchema).default({}),
    calendars: z.record(z.string(), calendarSchema).default({}),
    /** Numbers on each list. */
    lists: z.record(z.string(), z.array(z.string())).default({}),
    /** Rows of each table by key. */
    tables: z.record(z.string(), z.record(z.string(), z.record(z.string(), valueSchema))).default({}),
    /** Manual switches: on or off. */
    switches: z.record(z.string(), z.boolean()).default({}),
    /** The contact book: fields by phone number. */
    contacts: z.record(z.string(), z.record(z.string(), valueSchema)).default({}),
    /** Current counts: one number for every key, or a number per key. */
    counters: z.record(z.string(), z.union([z.number(), z.record(z.string(), z.number())])).default({}),
    /**
     * By service name (http), or by command: "bridge", "refer", "dial", "schedule", "crm:bitrix", "crm:bitrix:slots", "notify:sms",
     * "table:prices", "switch:night", "count:quota", "contact", "caller-info".
     */
    services: z.record(z.string(), serviceSchema).default({}),
  })
  .strict();
export type Given = z.infer<typeof givenSchema>;

const seconds = z
  .number()
  .min(0)
  .max(7 * 86_400);
const talkItem = z.union([
  z.object({ hear: z.string(), for: seconds.optional() }).strict(),
  z.object({ press: z.string().regex(/^[0-9*#]+$/), gap: seconds.optional(), when: z.literal("asked").optional() }).strict(),
  /** `goesOn`: the recording continues after these words, and the following actions are recorded. */
  z.object({ say: z.string(), seconds: seconds.optional(), confidence: z.number().min(0).max(1).optional(), goesOn: z.literal(true).optional() }).strict(),
  z.object({ wait: seconds }).strict(),
  z.object({ silence: z.literal(true) }).strict(),
  z.object({ hangup: z.literal(true) }).strict(),
  z.object({ answer: z.string(), fields: z.record(z.string(), valueSchema).optional() }).strict(),
  z.object({ fill: z.record(z.string(), valueSchema) }).strict(),
  z.object({ back: z.literal(true) }).strict(),
  z.object({ fault: z.string(), code: z.string().optional() }).strict(),
  z.object({ clock: z.string() }).strict(),
]);
export type TalkItem = z.infer<typeof talkItem>;

/** A test conversation. */
export const conversationSchema = z
  .object({
    title: z.union([z.string(), z.object({ ru: z.string(), en: z.string() }).strict()]),
    given: givenSchema.prefault({}),
    talk: z.array(talkItem).max(1000),
    expect: z
      .object({
        path: z.array(z.string()).optional(),
        result: z.record(z.string(), valueSchema).optional(),
        vars: z.record(z.string(), valueSchema).optional(),
        outcome: z.string().nullable().optional(),
        ended: z.enum(endings).optional(),
        exits: z.record(z.string(), z.string()).optional(),
        said: z.array(z.string()).optional(),
        /** Texts whispered to the answering party; `♪` stands for the caller's recording. */
        whispered: z.array(z.string()).optional(),
        faults: z.array(z.string()).optional(),
      })
      .strict(),
  })
  .strict();
export type Conversation = z.infer<typeof conversationSchema>;

/** Parses a conversation from JSON; the error message names the place. */
export function parseConversation(value: unknown): { conversation: Conversation } | { error: string; words: { ru: string; en: string } } {
  const parsed = conversationSchema.safeParse(value);
  if (parsed.success) return { conversation: parsed.data };
  const first = parsed.error.issues[0]!;
  const place = first.path.join(".") || "conversation";
  const say = (language: string) => `${place}: ${problemWords({ ...first, path: [] }, language)}`;
  return { error: say("en"), words: { ru: say("ru"), en: say("en") } };
}
