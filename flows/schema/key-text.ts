import type { Value } from "./values.ts";

/** A key that an expression gave, as text: numbers and yes/no count, anything else is empty. */
export const keyText = (key: Value): string => (typeof key === "string" ? key.trim() : typeof key === "number" || typeof key === "boolean" ? String(key) : "");
