import { z } from "zod";
import { limits } from "./limits.ts";
import { idSchema, nameSchema, promptKeySchema } from "./ids.ts";
import { patternProblem } from "../waiting/pattern.ts";
import { localizedSchema, type Localized } from "./values.ts";

/**
 * Field kinds of node forms. A node's config is a zod object whose fields carry this metadata;
 * the editor's form, the JSON Schema, the document check and the docs are all drawn from it.
 */
export type FieldKind = "prompt" | "expression" | "template" | "text" | "number" | "flag" | "choice" | "name" | "symbol" | "list" | "pairs" | "digits" | "node";

export type FieldMeta = {
  kind: FieldKind;
  title: Required<Localized>;
  help?: Required<Localized>;
  /** Unit behind a number: "s", "ms", "%". */
  unit?: string;
  /** The kind of a symbol: "list", "calendar", "flow", "trunk". */
  symbol?: string;
  /** Type an expression must have: "bool", "double", "string", or "dyn". */
  type?: string;
  options?: { value: string; title: Required<Localized> }[];
  multiline?: boolean;
  /** Text in the screen languages: `{ ru, en }`, or one string for all. */
  localized?: boolean;
  /** Several of the options at once. */
  many?: boolean;
  /** A number, with bounds, that can also be a CEL expression, for example from an input. */
  tunable?: { min: number; max: number };
  /** Shown only under "more". */
  advanced?: boolean;
};

type Extra = Omit<FieldMeta, "kind" | "title" | "options">;
type Title = Required<Localized>;

const meta = <S extends z.ZodType>(schema: S, kind: FieldKind, title: Title, extra: Extra & { options?: FieldMeta["options"] } = {}): S =>
  schema.meta({ field: { kind, title, ...extra } satisfies FieldMeta });

export const field = {
  prompt: (title: Title, extra: Extra = {}) => meta(promptKeySchema, "prompt", title, extra),
  optionalPrompt: (title: Title, extra: Extra = {}) => meta(promptKeySchema.optional(), "prompt", title, extra),
  expression: (title: Title, extra: Extra = {}) => meta(z.string().min(1).max(limits.expressionLength), "expression", title, { type: "dyn", ...extra }),
  optionalExpression: (title: Title, extra: Extra = {}) =>
    meta(z.string().max(limits.expressionLength).optional(), "expression", title, { type: "dyn", ...extra }),
  template: (title: Title, extra: Extra = {}) => meta(z.string().max(limits.textLength).default(""), "template", title, extra),
  requiredTemplate: (title: Title, extra: Extra = {}) => meta(z.string().min(1).max(limits.textLength), "template", title, extra),
  text: (title: Title, extra: Extra = {}) => meta(z.string().max(2000).default(""), "text", title, extra),
  /** Text for screens, per language; never played. */
  label: (title: Title, extra: Extra = {}) => meta(z.union([z.string().max(200), localizedSchema]).default(""), "text", title, { ...extra, localized: true }),
  number: (title: Title, range: { min: number; max: number; default: number }, extra: Extra = {}) =>
    meta(z.number().min(range.min).max(range.max).default(range.default), "number", title, extra),
  /** A tunable number: a literal, or a CEL expression within the same bounds. */
  tunable: (title: Title, range: { min: number; max: number; default: number }, extra: Extra = {}) => {
    const { min, max } = range;
    const schema = z.union([z.number().min(min).max(max), z.string().min(1).max(limits.expressionLength)]).default(range.default);
    return meta(schema, "number", title, { ...extra, tunable: { min, max } });
  },
  optionalNumber: (title: Title, range: { min: number; max: number }, extra: Extra = {}) =>
    meta(z.number().min(range.min).max(range.max).optional(), "number", title, extra),
  flag: (title: Title, initial: boolean, extra: Extra = {}) => meta(z.boolean().default(initial), "flag", title, extra),
  choice: <const V extends string>(title: Title, options: Record<V, Title>, initial: NoInfer<V>, extra: Extra = {}) => {
    const values = Object.keys(options) as [V, ...V[]];
    const schema = z.enum(values).default(initial as never);
    return meta(schema, "choice", title, { ...extra, options: values.map((value) => ({ value, title: options[value] })) });
  },
  /** Any of the options, none included. */
  choices: <const V extends string>(title: Title, options: Record<V, Title>, extra: Extra = {}) => {
    const values = Object.keys(options) as [V, ...V[]];
    const schema = z.array(z.enum(values)).max(values.length).default([]);
    return meta(schema, "choice", title, { ...extra, many: true, options: values.map((value) => ({ value, title: options[value] })) });
  },
  name: (title: Title, extra: Extra = {}) => meta(nameSchema, "name", title, extra),
  optionalName: (title: Title, extra: Extra = {}) => meta(nameSchema.optional(), "name", title, extra),
  symbol: (title: Title, symbol: string, extra: Extra = {}) => meta(idSchema, "symbol", title, { ...extra, symbol }),
  optionalSymbol: (title: Title, symbol: string, extra: Extra = {}) => meta(idSchema.optional(), "symbol", title, { ...extra, symbol }),
  digits: (title: Title, initial: string, extra: Extra = {}) =>
    meta(
      z
        .string()
        .regex(/^[0-9*#]*$/)
        .max(4)
        .default(initial),
      "digits",
      title,
      extra,
    ),
  /** A bounded regular expression on digits. */
  digitsPattern: (title: Title, extra: Extra = {}) =>
    meta(
      z
        .string()
        .max(100)
        .refine((pattern) => patternProblem(pattern) === null, "use digits, [ ], ( | ), \\d and at most three of ? + * {n,m}, none after a group")
        .default(""),
      "text",
      title,
      extra,
    ),
  /** A node of the same graph. */
  node: (title: Title, extra: Extra = {}) => meta(idSchema, "node", title, extra),
  /** The name of an exit that the author invents. */
  exit: (title: Title, extra: Extra = {}) => meta(idSchema, "text", title, extra),
  /** Names with CEL expressions: inputs of another flow, columns of a table. */
  expressions: (title: Title, extra: Extra = {}) =>
    meta(z.record(nameSchema, z.string().min(1).max(limits.expressionLength)).default({}), "pairs", title, { type: "dyn", ...extra }),
  list: <S extends z.ZodObject>(title: Title, item: S, extra: Extra & { min?: number; max?: number } = {}) =>
    meta(
      z
        .array(item)
        .min(extra.min ?? 0)
        .max(extra.max ?? limits.listItems)
        .default([]),
      "list",
      title,
      extra,
    ),
  pairs: (title: Title, extra: Extra = {}) => meta(z.record(z.string().max(100), z.string().max(limits.textLength)).default({}), "pairs", title, extra),
};

export type FormField = FieldMeta & {
  name: string;
  required: boolean;
  default?: unknown;
  min?: number;
  max?: number;
  /** Fields of one item, for `list`. */
  items?: FormField[];
};

/** The form of a config schema for the editor: one entry per field, in order. */
export function formOf(schema: z.ZodObject): FormField[] {
  return Object.entries(schema.shape).map(([name, value]) => describe(name, value as z.ZodType));
}

function describe(name: string, schema: z.ZodType): FormField {
  const found = (schema.meta()?.["field"] ?? { kind: "text", title: { ru: name, en: name } }) as FieldMeta;
  const inner = unwrap(schema);
  const initial = schema instanceof z.ZodDefault ? { default: schema.def.defaultValue } : {};
  const range = inner instanceof z.ZodNumber ? { min: inner.minValue ?? undefined, max: inner.maxValue ?? undefined } : {};
  const items = inner instanceof z.ZodArray && inner.element instanceof z.ZodObject ? { items: formOf(inner.element) } : {};
  return { ...found, name, required: !schema.isOptional(), ...initial, ...range, ...found.tunable, ...items };
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}
