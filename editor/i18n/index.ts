import i18next from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { localize, type Localized } from "../../flows/schema/values.ts";
import en from "./en.json";
import ru from "./ru.json";

export const screenLanguages = ["ru", "en"] as const;
export type ScreenLanguage = (typeof screenLanguages)[number];
const storageKey = "sufler.language";

function firstLanguage(): ScreenLanguage {
  const kept = localStorage.getItem(storageKey);
  if (kept === "ru" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { ru: { translation: ru }, en: { translation: en } },
});
document.documentElement.lang = i18next.language;

export function setLanguage(language: ScreenLanguage): void {
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Screen texts: `t` for our own texts, `say` for texts of documents, and language formats. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language = (i18n.language === "ru" ? "ru" : "en") as ScreenLanguage;
  return useMemo(
    () => ({
      t: t as Translate,
      language,
      say: (text: Localized | string | undefined, fallback = "") => (typeof text === "string" ? text : localize(text, language, fallback)),
      number: (value: number) => value.toLocaleString(language),
      moment: (at: number | null | undefined) =>
        at ? new Date(at).toLocaleString(language, { day: "2-digit", month: "2-digit", year: "2-digit", hour: "2-digit", minute: "2-digit" }) : "—",
      clock: (at: number) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }),
    }),
    [t, language],
  );
}

/** For code outside of components. */
export const translate: Translate = (key, values) => i18next.t(key, values ?? {}) as string;
export const currentLanguage = (): ScreenLanguage => (i18next.language === "ru" ? "ru" : "en");

/** 75 000 ms → "1:15". */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
