import { z } from "zod";

/** Node and flow ids: no dots (a state machine would read them as paths), a letter first (integer-like keys reorder). */
export const idPattern = /^[a-z][a-z0-9-]{0,49}$/;
/** Names usable in expressions: variables, inputs, fields. */
export const namePattern = /^[a-z][A-Za-z0-9_]{0,49}$/;
/** Prompt keys. */
export const promptKeyPattern = /^[a-z][A-Za-z0-9_-]{0,63}$/;

export const idSchema = z.string().regex(idPattern, "a letter, then letters, digits or hyphens (at most 50)");
export const nameSchema = z.string().regex(namePattern, "a lower-case letter, then letters, digits or _ (at most 50)");
export const promptKeySchema = z.string().regex(promptKeyPattern, "a lower-case letter, then letters, digits, - or _");
