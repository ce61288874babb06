import { z } from "zod";

/** The list of value types: inputs, variables, script fields, campaign columns. */
export const valueTypes = ["string", "number", "boolean", "date", "time", "datetime", "phone", "money", "list", "map"] as const;
export type ValueType = (typeof valueTypes)[number];

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(valueSchema), z.record(z.string(), valueSchema)]),
);

/** Text in the languages of the screens. */
export type Localized = { ru?: string; en?: string };
export const localizedSchema = z.object({ ru: z.string().max(500).optional(), en: z.string().max(500).optional() }).strict();

/** A label as one string for all languages, or each its own. */
export type Label = string | Localized;
export const labelText = (label: Label | undefined, language: string): string => (typeof label === "string" ? label : localize(label, language));

/** Text of `localized` in `language`, falling back to the other one, then to `fallback`. */
export function localize(localized: Localized | undefined, language: string, fallback = ""): string {
  if (!localized) return fallback;
  const own = language === "ru" ? localized.ru : localized.en;
  return own ?? localized.ru ?? localized.en ?? fallback;
}
