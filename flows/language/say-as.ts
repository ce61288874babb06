export type Language = "ru" | "en";
export type Gender = "m" | "f" | "n";
export type GrammaticalCase = "nom" | "gen" | "dat" | "acc" | "ins" | "pre";

/** Bad input never throws: every method returns `String(value)` for what it cannot read. */
export interface SayAs {
  /** Integers to ±9,007,199,254,740,991 and decimals. English ignores the options. */
  cardinal(n: number, options?: { gender?: Gender; case?: GrammaticalCase; animate?: boolean }): string;
  ordinal(n: number, options?: { gender?: Gender; case?: GrammaticalCase; plural?: boolean }): string;
  /** One digit at a time; `+ * #` are named, everything else is dropped. */
  digits(text: string): string;
  /** Letters, digits and signs one at a time, with a comma (a pause) between. */
  code(text: string): string;
  /** Rounds half away from zero to minor units; an unknown currency is the number and the code. */
  money(amount: number, currency: string): string;
  /** `2026-11-22` or a full ISO datetime, whose written day is taken as it stands. */
  date(iso: string, options?: { year?: boolean; case?: GrammaticalCase }): string;
  /** `09:05`, `9:05`, `09:05:30` or a full ISO datetime; seconds are not read. */
  time(hhmm: string): string;
  /** Days, hours, minutes and seconds, zero parts left out. */
  duration(seconds: number): string;
  /** Country code, then groups of two and three digits with a comma between. */
  phone(e164: string): string;
  /** The form that agrees with `n`. ru: one, few, many; en: one, other. */
  plural(n: number, forms: readonly string[]): string;
}
