import { z } from "zod";

/** Node and flow ids: no dots (a state machine would read them as paths), a letter first (integer-like keys reorder). */
export const idPattern = /^[a-z][a-z0-9-]{0,49}$/;
/** Names usable in expressions: variables, inputs, fields. */
export const namePattern = /^[a-z][A-Za-z0-9_]{0,49}$/;
/** Prompt keys. */
export const promptKeyPattern = /^[a-z][A-Za-z0-9_-]{0,63}$/;

/** How names are written, in both languages: a pattern of zod carries one message. */
export const nameForms = {
  id: { en: "a letter, then letters, digits or hyphens (at most 50)", ru: "латинская буква, затем буквы, цифры или дефисы (до 50 знаков)" },
  name: { en: "a lower-case letter, then letters, digits or _ (at most 50)", ru: "строчная латинская буква, затем буквы, цифры или _ (до 50 знаков)" },
  promptKey: { en: "a lower-case letter, then letters, digits, - or _", ru: "строчная латинская буква, затем буквы, цифры, - или _" },
} as const;
export const idSchema = z.string().regex(idPattern, nameForms.id.en);
export const nameSchema = z.string().regex(namePattern, nameForms.name.en);
export const promptKeySchema = z.string().regex(promptKeyPattern, nameForms.promptKey.en);
