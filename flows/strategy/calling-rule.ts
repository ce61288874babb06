import { z } from "zod";

export const purposes = ["information", "survey", "reminder", "debt", "advertising"] as const;
export const audiences = ["consumer", "business", "debtor"] as const;
/** The consent of a contact, from none to a signed document that names the caller. Each level includes the previous ones. */
export const consents = ["none", "given", "specific", "written"] as const;
/** Results of earlier calls that rules consider. */
export const callEvents = ["abandoned", "machine", "conversation", "refusal", "optOut"] as const;

export type Purpose = (typeof purposes)[number];
export type Audience = (typeof audiences)[number];
export type Consent = (typeof consents)[number];
export type CallEvent = (typeof callEvents)[number];

const span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "HH:MM-HH:MM");
const hours = z.array(span).max(6);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "YYYY-MM-DD");
const week = z.record(z.string().regex(/^[1-7](-[1-7])?$/, "a weekday 1–7 or a range such as 1-5"), hours);

/** Weekday 1 is Monday; absent: no hours. On a holiday its own hours hold, none when absent. Days: "MM-DD" or "easter+1" (western Easter). */
const hoursParameter = z
  .object({
    kind: z.literal("hours"),
    week,
    holidays: z
      .object({ days: z.array(z.string().regex(/^\d\d-\d\d$|^easter[+-]\d{1,3}$/, "MM-DD or easter+N")).max(60), hours })
      .strict()
      .optional(),
    /** A production calendar: its days off have the `holidays` hours, its working weekends those of Monday. */
    production: z
      .object({ country: z.literal("ru"), off: hours })
      .strict()
      .optional(),
    /** Consent of this kind lifts the hours. */
    liftedBy: z.enum(consents).optional(),
  })
  .strict();

const period = z.union([
  z.object({ calendar: z.enum(["day", "week", "month"]) }).strict(),
  z
    .object({
      rollingHours: z
        .number()
        .int()
        .min(1)
        .max(24 * 366),
    })
    .strict(),
]);

const capParameter = z
  .object({
    kind: z.literal("cap"),
    max: z.number().int().min(1).max(1000),
    period,
    per: z.enum(["number", "campaign"]),
    /** Calls that reached the network, or only those that were answered. Messages and meetings are not counted here. */
    counts: z.enum(["attempts", "answered", "messages", "meetings"]),
    /** Only for calls that a machine talks in, or that a person talks in. */
    voice: z.enum(["any", "machine", "person"]).default("any"),
  })
  .strict();

/** Cool-off after an event. */
const coolOffParameter = z
  .object({
    kind: z.literal("coolOff"),
    after: z.enum(callEvents),
    hours: z
      .number()
      .int()
      .min(1)
      .max(24 * 366),
    unlessOperatorHeld: z.boolean().default(false),
  })
  .strict();

const parameter = z.discriminatedUnion("kind", [
  hoursParameter,
  capParameter,
  coolOffParameter,
  /** A machine must not choose or dial the number. */
  z.object({ kind: z.literal("refuseAutomatic") }).strict(),
  /** At least this consent; `voice` "machine": only when a machine talks. */
  z.object({ kind: z.literal("consent"), atLeast: z.enum(consents), voice: z.enum(["any", "machine"]).default("any") }).strict(),
  /** For pacing: largest share of live answers that find nobody (null: no safe share), the window it is counted in, when an answer counts as abandoned. */
  z
    .object({
      kind: z.literal("abandonment"),
      cap: z.number().min(0).max(1).nullable(),
      window: period.nullable(),
      connectSeconds: z.number().min(0).max(60),
      falseMachinesCount: z.boolean().default(false),
    })
    .strict(),
  z.object({ kind: z.literal("ringTime"), seconds: z.number().int().min(1).max(120) }).strict(),
  /** Text shown to the called person by the operator of the network. */
  z.object({ kind: z.literal("label"), maxLength: z.number().int().min(1).max(200) }).strict(),
  /** Lists for screening numbers, with their maximum age in days. */
  z.object({ kind: z.literal("screening"), registers: z.array(z.string().max(40)).min(1).max(10), freshDays: z.number().int().min(1).max(366) }).strict(),
  /** Other duties of the caller; not checked here. */
  z.object({ kind: z.literal("duty"), text: z.string().min(1).max(400) }).strict(),
]);

/** One rule of one jurisdiction. `jurisdiction`: ISO 3166 country, "US-FL" for a state, "*" for everywhere. */
const ruleSchema = z
  .object({
    id: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,30}$/),
    jurisdiction: z.string().regex(/^([A-Z]{2}(-[A-Z]{2})?|\*)$/),
    purposes: z.array(z.enum(purposes)).min(1),
    audiences: z.array(z.enum(audiences)).min(1),
    /** First and last day it is in force; null: no end. */
    validFrom: day,
    validTo: day.nullable(),
    title: z.object({ ru: z.string().min(1).max(400), en: z.string().min(1).max(400) }).strict(),
    source: z.string().min(1).max(400),
    /** False: read in a secondary source, to be confirmed. */
    confirmed: z.boolean().default(true),
    parameters: z.array(parameter).min(1).max(12),
  })
  .strict();

/** Rules read from data of unknown shape. Throws a ZodError that names the place. */
export const readCallingRules = (data: unknown): CallingRule[] => z.array(ruleSchema).max(1000).parse(data);

export type CallingRule = z.infer<typeof ruleSchema>;
export type Parameter = CallingRule["parameters"][number];
export type ParameterOf<Kind extends Parameter["kind"]> = Extract<Parameter, { kind: Kind }>;
export type Period = z.infer<typeof period>;

/** A stored audience; "consumer" if it is not valid. */
export const audienceOf = (text: string): Audience => audiences.find((each) => each === text) ?? "consumer";
/** A stored consent; "none" if it is not valid. */
export const consentOf = (text: string): Consent => consents.find((each) => each === text) ?? "none";
