export type PluralCategory = "one" | "few" | "many";

/** CLDR's Russian rule, with fractions counted as few: они требуют родительного единственного (полтора рубля). */
export function pluralCategory(n: number): PluralCategory {
  const absolute = Math.abs(n);
  if (!Number.isInteger(absolute)) return Number.isFinite(absolute) ? "few" : "many";
  const [last, lastTwo] = [absolute % 10, absolute % 100];
  if (lastTwo >= 11 && lastTwo <= 14) return "many";
  if (last === 1) return "one";
  return last >= 2 && last <= 4 ? "few" : "many";
}

const formIndex: Record<PluralCategory, number> = { one: 0, few: 1, many: 2 };

/** Picks of [one, few, many]; a short list gives its last form. */
export function plural(n: number, forms: readonly string[]): string {
  return forms[formIndex[pluralCategory(n)]] ?? forms.at(-1) ?? "";
}
