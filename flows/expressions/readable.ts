/** What a failed import writes instead of nothing. */
const junk = /^(null|NULL|undefined|NaN|\[object \w+\])$/;

/** A value as a line of text: no value, no words. Spaces are trimmed and doubled ones made one. */
export function readableText(value: unknown): string {
  if (value === null || value === undefined || typeof value === "object") return "";
  if (typeof value === "number" && !Number.isFinite(value)) return "";
  const text = String(value)
    .replace(/\uFDD0/g, "")
    .replace(/[^\S\n]{2,}/g, " ")
    .trim();
  return junk.test(text) ? "" : text;
}

const figures = /^[-−]?\d[\d\s]*([.,]\d+)?$/;

/** A number, or a text of figures as tables write them: "1 250,50". Null when it is neither. */
export function readableNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !figures.test(value.trim())) return null;
  return Number(value.replace(/\s/g, "").replace(",", ".").replace("−", "-"));
}
