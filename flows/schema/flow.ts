import { z } from "zod";
import { idSchema, nameSchema, promptKeySchema } from "./ids.ts";
import { limits } from "./limits.ts";
import { localizedSchema, valueSchema, valueTypes } from "./values.ts";

/** The document format; `flows/migrations` converts older ones. */
export const flowFormat = 2;
export const flowKinds = ["ivr", "script", "strategy"] as const;
export type FlowKind = (typeof flowKinds)[number];
export const flowLanguages = ["ru", "en"] as const;
export type FlowLanguage = (typeof flowLanguages)[number];

const variableSchema = z
  .object({
    type: z.enum(valueTypes),
    title: localizedSchema.optional(),
    help: localizedSchema.optional(),
    required: z.boolean().optional(),
    default: valueSchema.optional(),
    /** Provided by the flow that hands over the call instead of the form: data the caller has already given. */
    handover: z.boolean().optional(),
    /** Bounds of a number in the form. */
    min: z.number().optional(),
    max: z.number().optional(),
    /** The allowed values, shown as a list to choose from. */
    options: z
      .array(z.object({ value: z.union([z.string().max(200), z.number()]), title: localizedSchema.optional() }).strict())
      .max(50)
      .optional(),
  })
  .strict();

/** A prompt: text to synthesise, or the hash of an uploaded recording (the text is then its caption). */
const promptSchema = z.union([
  z.string().max(limits.textLength),
  z
    .object({
      text: z.string().max(limits.textLength).optional(),
      audio: z
        .string()
        .regex(/^[a-f0-9]{64}$/)
        .optional(),
    })
    .strict(),
]);

const nodeSchema = z
  .object({
    type: z.string().max(50),
    title: z.union([z.string().max(200), localizedSchema]).optional(),
    note: z.string().max(2000).optional(),
    enabled: z.boolean().optional(),
    /** Number of retries before the node leaves by `error`. */
    retries: z.number().int().min(0).max(limits.nodeRetries).optional(),
    analytics: z.string().max(100).optional(),
    config: z.record(z.string(), z.unknown()).default({}),
    exits: z.record(z.string().max(60), z.string().max(50)).default({}),
  })
  .strict();

const nodesSchema = z.record(idSchema, nodeSchema);
const layoutSchema = z.record(z.string(), z.tuple([z.number(), z.number()])).default({});

/**
 * An inner graph of a flow: a branch of `parallel` and `race`, or a part played by `subflow`. It shares the flow's
 * prompts, inputs and variables; no edge crosses its border, it ends by `finish`.
 */
const partSchema = z.object({ title: localizedSchema.optional(), start: z.string().max(50), nodes: nodesSchema, layout: layoutSchema }).strict();

/** Purposes of a call that the law tells apart (outbound calling). */
export const flowPurposes = ["advertising", "information", "reminder", "survey", "debt", "service", "fundraising"] as const;
export type FlowPurpose = (typeof flowPurposes)[number];

/**
 * Purpose, consent basis and call label. The calling rules read them; an inbound flow
 * needs none. A label longer than the legal 32 characters can be saved, but the check rejects it.
 */
const passportSchema = z
  .object({ purpose: z.enum(flowPurposes).optional(), consent: z.string().max(200).optional(), label: z.string().max(200).optional() })
  .strict();

/** The document of one flow. Node configs are checked by their own schemas (see `parseFlow`). */
export const flowSchema = z
  .object({
    sufler: z.literal(flowFormat),
    id: idSchema,
    kind: z.enum(flowKinds),
    title: localizedSchema,
    description: localizedSchema.optional(),
    tags: z.array(z.string().max(50)).max(30).optional(),
    languages: z.array(z.enum(flowLanguages)).min(1),
    inputs: z.record(nameSchema, variableSchema).default({}),
    variables: z.record(nameSchema, variableSchema).default({}),
    outcomes: z.array(idSchema).max(100).default([]),
    passport: passportSchema.optional(),
    /** Script: hours after which a card that nobody touched is closed as unfinished. */
    untouchedHours: z.number().int().min(1).max(limits.untouchedHoursMost).optional(),
    prompts: z.record(promptKeySchema, z.partialRecord(z.enum(flowLanguages), promptSchema)).default({}),
    start: z.string().max(50),
    nodes: nodesSchema,
    parts: z.record(idSchema, partSchema).default({}),
    /** Set at publish: which version of each other flow is inlined ("price" or "price@alias" → 3). */
    pins: z.record(z.string().max(120), z.number().int().min(1)).optional(),
    layout: layoutSchema,
  })
  .strict();

export type Flow = z.infer<typeof flowSchema>;
export type FlowNode = Flow["nodes"][string];
export type FlowPart = Flow["parts"][string];
export type Prompt = z.infer<typeof promptSchema>;
export type FlowPassport = z.infer<typeof passportSchema>;
export type FlowVariable = z.infer<typeof variableSchema>;

/** The text of a prompt in a language, with fallback to the other languages of the flow; null if there is none. */
export function promptFor(flow: Pick<Flow, "prompts" | "languages">, key: string, language: string) {
  const prompt = flow.prompts[key];
  if (!prompt) return null;
  for (const tag of [language, ...flow.languages]) {
    const entry = prompt[tag as FlowLanguage];
    if (entry === undefined) continue;
    const { text = "", audio } = typeof entry === "string" ? { text: entry } : entry;
    return { language: tag, text, audio };
  }
  return null;
}
