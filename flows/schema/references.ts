import type { z } from "zod";
import { formOf, type FormField } from "./fields.ts";

/** References of a config to its own flow: the key of a prompt, a node of the same graph, a part. */
export type ReferenceKind = "prompt" | "node" | "part";
export type Reference = { kind: ReferenceKind; name: string };

const forms = new WeakMap<z.ZodObject, readonly FormField[]>();

function fieldsOf(schema: z.ZodObject): readonly FormField[] {
  let form = forms.get(schema);
  if (!form) forms.set(schema, (form = formOf(schema)));
  return form;
}

function kindOf({ kind, symbol }: FormField): ReferenceKind | null {
  if (kind === "prompt" || kind === "node") return kind;
  return kind === "symbol" && symbol === "part" ? "part" : null;
}

/** All references of a config to its own flow, according to its schema; an invalid config is read as far as possible. */
export function referencesOf(schema: z.ZodObject, config: unknown): Reference[] {
  const found: Reference[] = [];
  mapReferences(schema, config, (reference) => {
    found.push(reference);
    return reference.name;
  });
  return found;
}

/** The keys of the prompts that a config names, in the order of its form. */
export const promptKeys = (schema: z.ZodObject, config: unknown): string[] =>
  referencesOf(schema, config).flatMap(({ kind, name }) => (kind === "prompt" ? [name] : []));

/** A copy of the config with other names in the places that its schema marks as references; all else is the same. */
export function mapReferences(schema: z.ZodObject, config: unknown, rename: (reference: Reference) => string): unknown {
  return mapFields(fieldsOf(schema), config, rename);
}

function mapFields(form: readonly FormField[], value: unknown, rename: (reference: Reference) => string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const record = value as Record<string, unknown>;
  const copy: Record<string, unknown> = { ...record };
  for (const field of form) {
    const own = record[field.name];
    const kind = kindOf(field);
    if (kind && typeof own === "string" && own !== "") copy[field.name] = rename({ kind, name: own });
    else if (field.items && Array.isArray(own)) copy[field.name] = own.map((item) => mapFields(field.items!, item, rename));
  }
  return copy;
}
