import type { Agreement, Gender } from "../say-as.ts";
import { adjectiveLike } from "./adjective.ts";
import { plural, pluralCategory } from "./plural.ts";

/** One word as it stands after one, two and five: рубль, рубля, рублей. */
type Triple = readonly [one: string, few: string, many: string];
type Oblique = "dat" | "ins" | "pre";

const isAdjective = ([one, few, many]: Triple): boolean => few !== one && /([ыио]й|[ая]я|[ое]е)$/.test(one) && /[ыи]х$/.test(many);
const same = ([one, few, many]: Triple): boolean => one === few && few === many;

/** The gender that the forms themselves show: минута f, дело n, рубль m. мужчина and судья need it said. */
export function genderOfForms(forms: readonly string[]): Gender {
  const words = tripleWords(forms);
  const head = words?.find((triple) => !same(triple) && !isAdjective(triple));
  const [one, few] = head ?? [forms[0] ?? "", forms[1] ?? ""];
  if (one.endsWith("мя") || /[оеё]$/.test(one)) return "n";
  if (/[ая]$/.test(one)) return "f";
  return one.endsWith("ь") && few.endsWith("и") && one !== "путь" ? "f" : "m";
}

/** The noun (and its adjectives) that agrees with `n` in a case: двадцати одному рублю, тысяче рублей, двух новых заявок. */
export function agreedNoun(n: number, forms: readonly string[], options: Agreement = {}): string {
  const { case: grammaticalCase = "nom", animate = false } = options;
  const words = tripleWords(forms);
  // A fraction governs the genitive singular in every case; that is its form in the nominative, too.
  if (!words || grammaticalCase === "nom" || !Number.isInteger(n)) return plural(n, forms);
  const gender = options.gender ?? genderOfForms(forms);
  if (grammaticalCase === "acc") return accusative(n, words, forms, gender, animate);
  // The forms of that case themselves: рублю, рублям, рублям.
  if (forms[1] === forms[2]) return plural(n, forms);
  return n % 1000 === 0 ? forms[2]! : obliqueNoun(words, forms, gender, grammaticalCase, pluralCategory(n) === "one");
}

function obliqueNoun(words: readonly Triple[], forms: readonly string[], gender: Gender, grammaticalCase: Oblique | "gen", singular: boolean): string {
  if (grammaticalCase !== "gen") return words.map((word) => oblique(word, gender, grammaticalCase, singular)).join(" ");
  return singular ? genitiveSingular(words, gender) : forms[2]!;
}

function tripleWords(forms: readonly string[]): Triple[] | null {
  if (forms.length !== 3) return null;
  const [one, few, many] = forms.map((form) => form.trim().split(/\s+/));
  if (one!.length !== few!.length || few!.length !== many!.length) return null;
  return one!.map((word, index): Triple => [word, few![index]!, many![index]!]);
}

/** Вижу одну заявку, двух клиентов, but двадцать два клиента; things stay as in the nominative. */
function accusative(n: number, words: readonly Triple[], forms: readonly string[], gender: Gender, animate: boolean): string {
  const category = pluralCategory(n);
  if (category === "one" && gender === "f") return words.map((word) => feminineAccusative(word)).join(" ");
  if (!animate) return plural(n, forms);
  if (category === "one") return gender === "m" ? genitiveSingular(words, gender) : forms[0]!;
  return category === "few" && Math.abs(n) <= 4 ? forms[2]! : plural(n, forms);
}

function feminineAccusative(word: Triple): string {
  if (same(word)) return word[0];
  if (isAdjective(word)) return adjectiveLike(word[0], "f", "acc");
  return word[0].replace(/а$/, "у").replace(/я$/, "ю");
}

function genitiveSingular(words: readonly Triple[], gender: Gender): string {
  return words.map((word) => (isAdjective(word) ? adjectiveLike(word[0], gender, "gen") : word[1])).join(" ");
}

function oblique(word: Triple, gender: Gender, grammaticalCase: Oblique, singular: boolean): string {
  if (same(word)) return word[0];
  if (isAdjective(word)) return adjectiveLike(word[0], singular ? gender : "plural", grammaticalCase);
  return singular ? singularForm(word, grammaticalCase) : pluralForm(word, grammaticalCase);
}

/** Nouns with a stressed ending after ж, ш, ч, щ, ц and soft consonants. */
const stressedEnding = new Set(
  "платёж этаж ключ врач нож чертёж тираж гараж багаж мяч плащ конец отец образец продавец близнец рубль день календарь словарь секретарь фонарь огонь ноль король корабль".split(
    " ",
  ),
);

function singularForm([one, few]: Triple, grammaticalCase: Oblique): string {
  const stem = few.slice(0, -1);
  if (one.endsWith("мя")) return grammaticalCase === "ins" ? `${stem}ем` : few;
  if (/[ыи]$/.test(few)) return feminineSingular(one, few, stem, grammaticalCase);
  const soft = few.endsWith("я");
  if (grammaticalCase === "dat") return stem + (soft ? "ю" : "у");
  if (grammaticalCase === "pre") return stem + (few.endsWith("ия") ? "и" : "е");
  if (soft) return stem + (stressedEnding.has(one) ? "ём" : "ем");
  return stem + (/[жшчщц]$/.test(stem) && !stressedEnding.has(one) ? "ем" : "ом");
}

function feminineSingular(one: string, few: string, stem: string, grammaticalCase: Oblique): string {
  if (one === "путь") return grammaticalCase === "ins" ? "путём" : few;
  if (one.endsWith("ь")) return grammaticalCase === "ins" ? `${few === `${one.slice(0, -1)}и` ? one.slice(0, -1) : stem}ью` : few;
  const own = one.slice(0, -1);
  if (grammaticalCase !== "ins") return one.endsWith("ия") ? few : `${own}е`;
  if (one.endsWith("ья")) return `${own}ёй`;
  return own + (/я$|[жшчщц]а$/.test(one) ? "ей" : "ой");
}

const pluralEndings: Record<Oblique, readonly [hard: string, soft: string]> = { dat: ["ам", "ям"], ins: ["ами", "ями"], pre: ["ах", "ях"] };

/** Plural stems that the counted forms do not show. */
const otherStems: Record<string, string> = { детей: "дет", людей: "люд", друзей: "друзь", сыновей: "сыновь" };

function pluralForm(word: Triple, grammaticalCase: Oblique): string {
  const [, few, many] = word;
  const [hard, soft] = pluralEndings[grammaticalCase];
  const other = otherStems[many] ?? (many.endsWith("ьев") ? many.slice(0, -2) : undefined);
  if (other) return grammaticalCase === "ins" && /^(дет|люд)$/.test(other) ? `${other}ьми` : other + soft;
  const stem = few.slice(0, -1);
  return stem + (isSoft(word, stem) ? soft : hard);
}

function isSoft([one, few, many]: Triple, stem: string): boolean {
  if (one.endsWith("мя") || /[гкхжшчщц]$/.test(stem)) return false;
  return /[яи]$/.test(few) || many.endsWith("ей");
}
