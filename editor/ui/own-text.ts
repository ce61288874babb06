import type { Label, Localized } from "../../flows/schema/values.ts";

/** What a label says in a language, without falling back to the other one: a field shows what it writes. */
export function ownText(label: Label | undefined, language: "ru" | "en"): string {
  return (typeof label === "string" ? label : label?.[language]) ?? "";
}

/** The label with its words in one language; the other language stays, an emptied one is taken away. */
export function withOwn(label: Label | undefined, language: "ru" | "en", text: string): Localized {
  const before: Localized = typeof label === "string" ? { ru: label, en: label } : (label ?? {});
  const { [language]: _old, ...rest } = before;
  return text === "" ? rest : { ...before, [language]: text };
}

/** The same for a label that may be one string for all languages; an empty label is removed. */
export function relabelled(label: Label | undefined, language: "ru" | "en", text: string): Label | undefined {
  if (typeof label !== "object") return text || undefined;
  const next = withOwn(label, language, text);
  return Object.keys(next).length > 0 ? next : undefined;
}
