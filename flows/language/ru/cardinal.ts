import { thousandGroups, toDecimal } from "../decimal.ts";
import type { Gender, GrammaticalCase } from "../say-as.ts";
import { adjective } from "./adjective.ts";
import { caseIndex, groupNumerals, type Scale, scales, zero } from "./numerals.ts";
import { pluralCategory } from "./plural.ts";

export type CardinalOptions = { gender?: Gender; case?: GrammaticalCase; animate?: boolean };

const fractionStems = ["десят", "сот", "тысячн", "десятитысячн", "стотысячн", "миллионн"];
const digitNames = "ноль один два три четыре пять шесть семь восемь девять".split(" ");

/** двадцать одна, двух тысяч пяти, минус две целых пять десятых. */
export function cardinal(n: number, options: CardinalOptions = {}): string {
  const decimal = toDecimal(n);
  if (!decimal) return String(n);
  const grammaticalCase = options.case ?? "nom";
  const words = decimal.fraction
    ? fractional(decimal.whole, decimal.fraction, grammaticalCase)
    : integer(decimal.whole, grammaticalCase, options.gender ?? "m", options.animate ?? false);
  return decimal.negative ? `минус ${words}` : words;
}

/** The name of one digit in the nominative: what digits, codes and phone numbers are read with. */
export function digitName(digit: string): string {
  return digitNames[Number(digit)] ?? digit;
}

function integer(n: number, grammaticalCase: GrammaticalCase, gender: Gender, animate: boolean): string {
  const index = caseIndex[grammaticalCase];
  if (n === 0) return zero[index]!;
  const words: string[] = [];
  for (const [power, group] of [...thousandGroups(n).entries()].reverse()) {
    if (group > 0) words.push(...groupWords(group, scales[power] ?? null, gender, index));
  }
  const last = animate && index === caseIndex.acc ? animateForm(n, gender) : undefined;
  if (last) words[words.length - 1] = last;
  return words.join(" ");
}

function groupWords(group: number, scale: Scale | null, gender: Gender, index: number): string[] {
  const words = groupNumerals(group, scale ? scale.gender : gender).map(({ forms }) => forms[index]!);
  return scale ? [...words, scaleForm(scale, group, index)] : words;
}

/** Вижу двух друзей, двадцать одного друга, but двадцать два друга: compounds keep the inanimate 2, 3 and 4. */
function animateForm(n: number, gender: Gender): string | undefined {
  const unit = n % 10;
  if (n % 100 === 11) return undefined;
  const borrowed = (n <= 4 && n >= 2) || (unit === 1 && gender === "m");
  return borrowed ? groupNumerals(unit, gender)[0]?.forms[caseIndex.gen] : undefined;
}

function scaleForm(scale: Scale, group: number, index: number): string {
  const category = pluralCategory(group);
  if (category === "one") return scale.singular[index]!;
  const direct = index === caseIndex.nom || index === caseIndex.acc;
  return category === "few" && direct ? scale.few : scale.plural[index]!;
}

function fractional(whole: number, fraction: string, grammaticalCase: GrammaticalCase): string {
  const stem = fractionStems[fraction.length - 1];
  // Longer tails have no usable name: the digits are read out.
  if (!stem) return `${integer(whole, grammaticalCase, "m", false)} запятая ${[...fraction].map(digitName).join(" ")}`;
  const numerator = Number(fraction);
  const wholeWords = `${integer(whole, grammaticalCase, "f", false)} ${agree("цел", whole, grammaticalCase)}`;
  return `${wholeWords} ${integer(numerator, grammaticalCase, "f", false)} ${agree(stem, numerator, grammaticalCase)}`;
}

/** одна целая, двумя целыми, but тысячей целых and нулю целых: a noun numeral governs the genitive plural. */
function agree(stem: string, n: number, grammaticalCase: GrammaticalCase): string {
  if (pluralCategory(n) === "one") return adjective(stem, "f", grammaticalCase);
  const governed = n % 1000 === 0 || grammaticalCase === "nom" || grammaticalCase === "acc";
  return adjective(stem, "plural", governed ? "gen" : grammaticalCase);
}
