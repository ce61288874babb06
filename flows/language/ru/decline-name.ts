import { inclineFirstname, inclineLastname, inclineMiddlename } from "lvovich";
import type { GrammaticalCase } from "../say-as.ts";
import { caseIndex } from "./numerals.ts";

type PersonGender = "m" | "f";
type Oblique = Exclude<GrammaticalCase, "nom">;

const lvovichCases = { gen: "genitive", dat: "dative", acc: "accusative", ins: "instrumental", pre: "prepositional" } as const;
const lvovichGenders = { m: "male", f: "female" } as const;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Endings of animate nouns: gen, dat, acc, ins, pre after a stem. */
type Endings = readonly [gen: string, dat: string, acc: string, ins: string, pre: string];
const hard: Endings = ["а", "у", "а", "ом", "е"];
const soft: Endings = ["я", "ю", "я", "ем", "е"];
const third: Endings = ["и", "и", "ь", "ью", "и"];
const feminine: Endings = ["ы", "е", "у", "ой", "е"];
const feminineSoft: Endings = ["и", "е", "у", "ей", "е"];

function withEndings(stem: string, endings: Endings, grammaticalCase: Oblique): string {
  return stem + endings[caseIndex[grammaticalCase] - 1]!;
}

type Rule = { when(word: string, gender: PersonGender): boolean; cut: number; add?: string; endings: Endings | null };

const men = (pattern: RegExp) => (word: string, gender: PersonGender) => gender === "m" && pattern.test(word);
const women = (pattern: RegExp) => (word: string, gender: PersonGender) => gender === "f" && pattern.test(word);
const either = (words: ReadonlySet<string>) => (word: string) => words.has(word);

/** Corrections to lvovich; the first matching rule wins, `endings: null` leaves the word unchanged. */
const surnameRules: Rule[] = [
  { when: either(set("золя гавальда тян грум")), cut: 0, endings: null },
  // A woman's surname that ends in a consonant stays: Аните Цой, Анне Петросян.
  { when: women(/[бвгджзйклмнпрстфхцчшщъь]$/), cut: 0, endings: null },
  { when: women(/^(шенгелая)$/), cut: 1, endings: ["и", "е", "ю", "ей", "е"] },
  // Nouns, not possessive adjectives: к Щербине, but к Лариной.
  { when: women(/^(щербина|калина|малина|тычина|година|дубина|десна|сосна|весна|луна|былина|дуброва|подкова|сова|корова|голова)$/), cut: 1, endings: feminine },
  { when: men(/^лев$/), cut: 2, add: "ьв", endings: hard },
  { when: men(/^(соловей|муравей|воробей)$/), cut: 2, add: "ь", endings: ["я", "ю", "я", "ём", "е"] },
  { when: men(/^гусь$/), cut: 1, endings: soft },
  { when: men(/^(герой|покой|прибой|разбой)$|^[^аеёиоуыэюя]+ой$/), cut: 1, endings: soft },
  // Блок, Поток keep their vowel; Пророк too.
  { when: men(/^[^аеёиоуыэюя]+ок$|^(восток|поток|порок|пророк|оброк|волок|сорок)$/), cut: 0, endings: hard },
  { when: men(/лец$/), cut: 2, add: "ьц", endings: hard },
  // Швец, Кузнец, Мудрец: without the vowel nobody could say it.
  { when: men(/^[^аеёиоуыэюя]+ец$|[^аеёиоуыэюяьй]{2}ец$/), cut: 0, endings: hard },
  { when: men(/[^аеёиоуыэюя]ёл$/), cut: 2, add: "л", endings: hard },
  { when: men(/^(дарвин|чаплин|грин|франклин|вирхов|бюлов|флотов)$/), cut: 0, endings: hard },
  // Stressed endings: с Ткачом, but с Галичем.
  { when: men(/^(кумач|ткач|грач|толмач|скрипач|трубач|деркач|дергач|косач|пугач|сыч|ключ)$/), cut: 0, endings: hard },
  { when: men(/^(эрлих|фрейндлих)$/), cut: 0, endings: hard },
  { when: (word) => /[жшчщ]а$/.test(word), cut: 1, endings: feminineSoft },
];

const firstNameRules: Rule[] = [
  { when: (word) => /(ки|щи)$/.test(word), cut: 0, endings: null },
  { when: men(/лок$/), cut: 0, endings: hard },
  { when: men(/^илья$/), cut: 1, endings: ["и", "е", "ю", "ёй", "е"] },
  { when: women(/^(айгуль|адель|асель|ассоль|гузель|гюзель|жизель|нинель|рашель|рахиль)$|гуль$/), cut: 1, endings: third },
];

/** A patronymic in -ьич is stressed at the end only in Ильич. */
const patronymicRules: Rule[] = [{ when: men(/[^л]ьич$|[^и]льич$/), cut: 0, endings: ["а", "у", "а", "ем", "е"] }];

function byRules(word: string, rules: readonly Rule[], gender: PersonGender, grammaticalCase: Oblique): string | null {
  const lower = word.toLowerCase();
  const rule = rules.find(({ when }) => when(lower, gender));
  if (!rule) return null;
  return rule.endings ? withEndings(word.slice(0, word.length - rule.cut) + (rule.add ?? ""), rule.endings, grammaticalCase) : word;
}

/** First halves of double surnames that never decline. */
const stiffParts = set("бонч тер мелик вар фон ван абдул гасан корвин шолом дюмон книппер грум тян миклухо");
const cyrillicWord = /^[а-яё]{2,}$/i;

/** Each part of a double word; initials, Latin letters and words without a vowel stay. */
function declineParts(word: string, decline: (part: string, index: number, of: number) => string): string {
  const parts = word.split(/([-‑–])/);
  return parts
    .map((part, index) =>
      index % 2 === 1 || !cyrillicWord.test(part) || !/[аеёиоуыэюя]/i.test(part) ? part : decline(part, index / 2, (parts.length + 1) / 2),
    )
    .join("");
}

/** Льву, Любови, Анне-Марии. */
export function declineFirstName(name: string, gender: PersonGender, grammaticalCase: GrammaticalCase): string {
  if (grammaticalCase === "nom") return name;
  return declineParts(
    name,
    (part) => byRules(part, firstNameRules, gender, grammaticalCase) ?? inclineFirstname(part, lvovichCases[grammaticalCase], lvovichGenders[gender]),
  );
}

/** Николаевичу, Ильиничне; «Гасан оглы» stays. */
export function declinePatronymic(name: string, gender: PersonGender, grammaticalCase: GrammaticalCase): string {
  if (grammaticalCase === "nom" || !/(ич|на)$/i.test(name)) return name;
  return declineParts(
    name,
    (part) => byRules(part, patronymicRules, gender, grammaticalCase) ?? inclineMiddlename(part, lvovichCases[grammaticalCase], lvovichGenders[gender]),
  );
}

/** Толстому, Черных, Салтыкову-Щедрину, Дюма. */
export function declineSurname(name: string, gender: PersonGender, grammaticalCase: GrammaticalCase): string {
  if (grammaticalCase === "nom") return name;
  return declineParts(name, (part, index, of) => {
    if (index < of - 1 && stiffParts.has(part.toLowerCase())) return part;
    return byRules(part, surnameRules, gender, grammaticalCase) ?? inclineLastname(part, lvovichCases[grammaticalCase], lvovichGenders[gender]);
  });
}
