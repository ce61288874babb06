import type { Value } from "./values.ts";

/** The value of a key expression as text: numbers and booleans are converted, anything else is empty. */
export const keyText = (key: Value): string => (typeof key === "string" ? key.trim() : typeof key === "number" || typeof key === "boolean" ? String(key) : "");
