import type { Agreement, Gender, GrammaticalCase } from "../say-as.ts";
import { adjectiveLike } from "./adjective.ts";
import { type PluralCategory, plural, pluralCategory } from "./plural.ts";

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
  if (/мя$/.test(one) || /[оеё]$/.test(one)) return "n";
  if (/[ая]$/.test(one)) return "f";
  return /ь$/.test(one) && /и$/.test(few) && one !== "путь" ? "f" : "m";
}

/** The noun (and its adjectives) that agrees with `n` in a case: двадцати одному рублю, тысяче рублей, двух новых заявок. */
export function agreedNoun(n: number, forms: readonly string[], options: Agreement = {}): string {
  const { case: grammaticalCase = "nom", animate = false } = options;
  const category = pluralCategory(n);
  const words = tripleWords(forms);
  if (!words || grammaticalCase === "nom" || !Number.isInteger(n)) return plural(n, forms);
  if (grammaticalCase === "acc") return accusative(n, category, forms, options.gender ?? genderOfForms(forms), animate);
  // The forms of that case themselves: рублю, рублям, рублям.
  if (forms[1] === forms[2]) return plural(n, forms);
  if (n % 1000 === 0) return forms[2]!;
  if (grammaticalCase === "gen") return category === "one" ? genitiveSingular(words, options.gender ?? genderOfForms(forms)) : forms[2]!;
  const gender = options.gender ?? genderOfForms(forms);
  return words.map((word) => oblique(word, gender, grammaticalCase, category === "one")).join(" ");
}

function tripleWords(forms: readonly string[]): Triple[] | null {
  if (forms.length !== 3) return null;
  const [one, few, many] = forms.map((form) => form.trim().split(/\s+/));
  if (one!.length !== few!.length || few!.length !== many!.length) return null;
  return one!.map((word, index): Triple => [word, few![index]!, many![index]!]);
}

/** Вижу одну заявку, двух клиентов, but двадцать два клиента; things stay as in the nominative. */
function accusative(n: number, category: PluralCategory, forms: readonly string[], gender: Gender, animate: boolean): string {
  const words = tripleWords(forms)!;
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
  if (/мя$/.test(one)) return grammaticalCase === "ins" ? `${stem}ем` : few;
  if (/[ыи]$/.test(few)) return feminineSingular(one, few, stem, grammaticalCase);
  const soft = few.endsWith("я");
  if (grammaticalCase === "dat") return stem + (soft ? "ю" : "у");
  if (grammaticalCase === "pre") return stem + (/ия$/.test(few) ? "и" : "е");
  if (soft) return stem + (stressedEnding.has(one) ? "ём" : "ем");
  return stem + (/[жшчщц]$/.test(stem) && !stressedEnding.has(one) ? "ем" : "ом");
}

function feminineSingular(one: string, few: string, stem: string, grammaticalCase: Oblique): string {
  if (one === "путь") return grammaticalCase === "ins" ? "путём" : few;
  if (one.endsWith("ь")) return grammaticalCase === "ins" ? `${few === `${one.slice(0, -1)}и` ? one.slice(0, -1) : stem}ью` : few;
  const own = one.slice(0, -1);
  if (grammaticalCase !== "ins") return /ия$/.test(one) ? few : `${own}е`;
  if (/[ья]я$/.test(one)) return `${own}ёй`;
  return own + (/я$|[жшчщц]а$/.test(one) ? "ей" : "ой");
}

const pluralEndings: Record<Oblique, readonly [hard: string, soft: string]> = { dat: ["ам", "ям"], ins: ["ами", "ями"], pre: ["ах", "ях"] };

/** Plural stems that the counted forms do not show. */
const otherStems: Record<string, string> = { детей: "дет", людей: "люд", друзей: "друзь", сыновей: "сыновь" };

function pluralForm(word: Triple, grammaticalCase: Oblique): string {
  const [, few, many] = word;
  const [hard, soft] = pluralEndings[grammaticalCase];
  const other = otherStems[many] ?? (/ьев$/.test(many) ? many.slice(0, -2) : undefined);
  if (other) return grammaticalCase === "ins" && /^(дет|люд)$/.test(other) ? `${other}ьми` : other + soft;
  const stem = /мени$/.test(few) ? few.slice(0, -1) : few.slice(0, -1);
  return stem + (isSoft(word, stem) ? soft : hard);
}

function isSoft([one, few, many]: Triple, stem: string): boolean {
  if (/мя$/.test(one) || /[гкхжшчщц]$/.test(stem)) return false;
  return /[яи]$/.test(few) || /ей$/.test(many);
}
