/**
 * Calling law that can be seen in a flow. An engineering input with its source, not legal advice; the ids are those of
 * the rule tables of outbound calling.
 */
export const laws = {
  "RU-38-18": {
    ru: "38-ФЗ, ст. 18",
    en: "Russian law 38-FZ, art. 18",
    source: "38-FZ art. 18(1),(2): prior consent; no selection or dialling without a human for advertising",
  },
  "RU-41-MASS": {
    ru: "41-ФЗ, массовые вызовы",
    en: "Russian law 41-FZ, mass calls",
    source: "41-FZ of 1 Apr 2025, 126-FZ: consent proved by the organiser, refusal at any time, since 1 Sep 2025",
  },
  "RU-41-LBL": {
    ru: "постановление 1300, маркировка",
    en: "decree 1300, call label",
    source: "Government decree 1300 of 28 Aug 2025: name and category, at most 32 characters",
  },
  "RU-230-HRS": {
    ru: "230-ФЗ, часы звонков",
    en: "Russian law 230-FZ, hours",
    source: "230-FZ art. 7: workdays 8-22, weekends and holidays 9-20, callee's local time",
  },
  "RU-230-FRQ": { ru: "230-ФЗ, частота звонков", en: "Russian law 230-FZ, frequency", source: "230-FZ art. 7, 467-FZ: calls 1 a day, 2 a week, 8 a month" },
  "RU-230-3P": {
    ru: "230-ФЗ, третьи лица",
    en: "Russian law 230-FZ, third parties",
    source: "230-FZ art. 6: no word about the debt to anyone else without consent",
  },
  "US-TSR-ABN": {
    ru: "16 CFR 310.4(b)(4)",
    en: "16 CFR 310.4(b)(4)",
    source: "FTC Telemarketing Sales Rule: a live answer is connected within 2 s of its greeting, abandoned calls at most 3 %",
  },
} as const;

export type LawId = keyof typeof laws;

/** Legal limits used by the rules. */
export const labelLength = 32;
export const debtCallsAMonth = 8;
export const debtMinutesBetweenCalls = 24 * 60;
export const connectSeconds = 2;

/** A sentence followed by its regulation. */
export function byLaw(id: LawId, ru: string, en: string): { ru: string; en: string } {
  return { ru: `${ru} (${id}: ${laws[id].ru})`, en: `${en} (${id}: ${laws[id].en})` };
}
