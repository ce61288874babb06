export type Language = "ru" | "en";
/** `said`: words a synthesizer cannot get wrong. `shown`: figures and signs for a screen, a letter or an SMS. */
export type Form = "said" | "shown";
export type Gender = "m" | "f" | "n";
export type GrammaticalCase = "nom" | "gen" | "dat" | "acc" | "ins" | "pre";
export type Agreement = { gender?: Gender; case?: GrammaticalCase; animate?: boolean };
/** `weekday`: said before the date; a case gives it a case of its own: «в среду, двадцать пятого ноября». */
export type DateOptions = { year?: boolean; case?: GrammaticalCase; weekday?: boolean | GrammaticalCase };

/** Bad input never throws: every method returns `String(value)` for what it cannot read. English ignores gender and case. */
export interface SayAs {
  /** Integers to ±9,007,199,254,740,991 and decimals. */
  cardinal(n: number, options?: Agreement): string;
  ordinal(n: number, options?: { gender?: Gender; case?: GrammaticalCase; plural?: boolean }): string;
  /** The number with its noun: `forms` as in `plural`; other cases are derived from these, or given as [one, other] of that case. */
  count(n: number, forms: readonly string[], options?: Agreement): string;
  /** One digit at a time; `+ * #` are named, everything else is dropped. */
  digits(text: string): string;
  /** Letters, digits and signs one at a time, with a comma (a pause) between. */
  code(text: string): string;
  /** Rounds half away from zero to minor units; an unknown currency is the number and the code. */
  money(amount: number, currency: string, options?: { case?: GrammaticalCase }): string;
  /** `2026-11-22` or a full ISO datetime, whose written day is used unchanged. */
  date(iso: string, options?: DateOptions): string;
  /** The day of the week of a date. */
  weekday(iso: string, options?: { case?: GrammaticalCase }): string;
  /** `09:05`, `9:05`, `09:05:30` or a full ISO datetime; seconds are not read. */
  time(hhmm: string, options?: { case?: GrammaticalCase }): string;
  /** Days, hours, minutes and seconds, zero parts left out. */
  duration(seconds: number, options?: { case?: GrammaticalCase }): string;
  /** Country code, then groups of two and three digits with a comma between. */
  phone(e164: string): string;
  /** The form that agrees with `n`. ru: one, few, many; en: one, other. */
  plural(n: number, forms: readonly string[], options?: Agreement): string;
  /** «А, Б и В»; empty items are left out. */
  joined(items: readonly string[], last?: "and" | "or"): string;
}
