import { getFirstnameGender, getLastnameGender, getMiddlenameGender } from "lvovich";
import type { Person, PersonGender } from "../names.ts";
import { listedGender } from "./first-names.ts";
import { readGender } from "./read-gender.ts";
import { type NameParts, splitRussian } from "./split-name.ts";

const nobody: Person = { first: "", patronymic: "", last: "", gender: null, lastFirst: false, whole: "" };
const longestName = 200;
const company = /(^|\s)(ООО|ОАО|ЗАО|ПАО|АО|НКО|ИП|ТСЖ|ТОО|LLC|Ltd\.?|Inc\.?|GmbH)(\s|$)/i;
const titles: Record<string, PersonGender> = {
  mr: "m",
  mister: "m",
  sir: "m",
  mrs: "f",
  ms: "f",
  miss: "f",
  madam: "f",
  господин: "m",
  госпожа: "f",
  "г-н": "m",
  "г-жа": "f",
};

/** Reads «Иванов Пётр Сергеевич», "Mr John Smith" or a map; anything else is nobody. */
export function readPerson(value: unknown): Person {
  if (typeof value === "string") return personOfText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return nobody;
  const map: Record<string, unknown> = value instanceof Map ? Object.fromEntries(value) : { ...value };
  const text = (...keys: string[]): string => tidyWord(keys.map((key) => map[key]).find((item) => typeof item === "string" && item.trim() !== ""));
  const [first, patronymic, last] = [text("first", "firstName"), text("patronymic", "middle"), text("last", "lastName")];
  const given = readGender(map["gender"]);
  if (!first && !patronymic && !last) {
    const named = personOfText(text("name", "fullName"));
    return given ? { ...named, gender: given } : named;
  }
  const parts = { first, patronymic, last, lastFirst: true };
  return { ...parts, whole: "", gender: given ?? genderOfParts(parts) };
}

const tidyWord = (value: unknown): string => (typeof value === "string" ? value.trim().replace(/\s+/g, " ").slice(0, longestName) : "");

function personOfText(text: string): Person {
  const whole = tidyWord(text);
  if (/[^\p{L}\p{M}\s.,'’‑–-]/u.test(whole) || company.test(whole)) return { ...nobody, whole };
  const comma = /^([^,]+),\s*([^,]+)$/.exec(whole);
  const written = whole
    .replaceAll(",", " ")
    .replace(/(\p{L}\.)(?=\p{L})/gu, "$1 ")
    .split(/\s+/)
    .filter(Boolean);
  const title = titles[(written[0] ?? "").toLowerCase().replace(/\.$/, "")];
  const words = (title ? written.slice(1) : written).map(capitalised);
  if (words.length === 0) return nobody;
  const parts = words.some((word) => /\p{Script=Cyrillic}/u.test(word)) ? splitRussian(words) : splitEnglish(words, comma !== null, title !== undefined);
  return parts ? { ...parts, whole: "", gender: title ?? genderOfParts(parts) } : { ...nobody, whole };
}

/** "John Smith", "Smith, John", "John Fitzgerald Kennedy", "Mr Smith". */
function splitEnglish(words: readonly string[], lastFirst: boolean, titled: boolean): NameParts | null {
  if (words.length > 4) return null;
  if (words.length === 1) return { first: titled ? "" : words[0]!, patronymic: "", last: titled ? words[0]! : "", lastFirst: false };
  if (lastFirst) return { last: words[0]!, first: words[1]!, patronymic: words.slice(2).join(" "), lastFirst };
  return { first: words[0]!, patronymic: words.slice(1, -1).join(" "), last: words.at(-1)!, lastFirst: false };
}

/** ИВАНОВ and иванов → Иванов; McDonald, initials and particles stay. */
function capitalised(word: string): string {
  const upper = word.length > 1 && word === word.toUpperCase() && !word.includes(".");
  const lower = word === word.toLowerCase() && !/^(оглы|оглу|угли|улы|кызы|кизи|гызы|де|фон|ван|да|ди|de|von|van|da|di)$/.test(word);
  if (!upper && !lower) return word;
  return word.toLowerCase().replace(/(^|[-‑–])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

const genders: Record<string, PersonGender> = { male: "m", female: "f", androgynous: null };
const toGender = (found: string | null): PersonGender => (found ? (genders[found] ?? null) : null);
/** Endings of surnames that only men or only women have; others say nothing. */
const surnameGender: [RegExp, PersonGender][] = [
  [/(ов|ев|ёв|ин|ын|ский|цкий|ской|цкой)$/i, "m"],
  [/(ова|ева|ёва|ина|ына|ская|цкая)$/i, "f"],
];

/** The patronymic knows best, then the list of first names, then endings. */
function genderOfParts({ first, patronymic, last }: NameParts): PersonGender {
  const byPatronymic = patronymic && /\p{Script=Cyrillic}{4}/u.test(patronymic) ? toGender(getMiddlenameGender(patronymic)) : null;
  if (byPatronymic) return byPatronymic;
  const listed = first ? listedGender(first) : undefined;
  if (listed) return listed;
  const bySurname = surnameGender.find(([ending]) => ending.test(last))?.[1] ?? null;
  if (bySurname || !first || listed === null) return bySurname;
  if (!/^\p{Script=Cyrillic}{3,}/u.test(first)) return null;
  return toGender(getFirstnameGender(first)) ?? (last ? toGender(getLastnameGender(last)) : null);
}
