import { thousandGroups } from "../decimal.ts";
import type { Gender, GrammaticalCase } from "../say-as.ts";
import { adjective, third } from "./adjective.ts";
import { cardinal } from "./cardinal.ts";
import { caseIndex, groupNumerals, scales } from "./numerals.ts";

export type OrdinalOptions = { gender?: Gender; case?: GrammaticalCase; plural?: boolean };

const lowStems = (
  "нулев перв втор трет четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат " +
  "пятнадцат шестнадцат семнадцат восемнадцат девятнадцат"
).split(" ");
const tenStems = "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност".split(" ");
const hundredStems = "сот двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот".split(" ");

/** двадцать второе, двухтысячного, двадцатиоднотысячный: only the last numeral declines. */
export function ordinal(n: number, options: OrdinalOptions = {}): string {
  if (!Number.isSafeInteger(n)) return String(n);
  const form = options.plural ? "plural" : (options.gender ?? "m");
  const words = unsigned(Math.abs(n), form, options.case ?? "nom");
  return n < 0 ? `минус ${words}` : words;
}

function unsigned(n: number, form: Gender | "plural", grammaticalCase: GrammaticalCase): string {
  const groups = thousandGroups(n);
  const power = Math.max(
    0,
    groups.findIndex((group) => group > 0),
  );
  const group = groups[power] ?? 0;
  const scale = scales[power];
  if (scale) {
    const before = n - group * 1000 ** power;
    return join(before, adjective(joinedPrefix(group) + scale.ordinalStem, form, grammaticalCase));
  }
  const last = groupNumerals(group, "m").at(-1)?.value ?? 0;
  const word = last === 3 ? third(form, grammaticalCase) : adjective(stemOf(last), form, grammaticalCase);
  return join(n - last, word);
}

function join(before: number, word: string): string {
  return before > 0 ? `${cardinal(before)} ${word}` : word;
}

function stemOf(value: number): string {
  if (value < 20) return lowStems[value]!;
  return value < 100 ? tenStems[value / 10 - 2]! : hundredStems[value / 100 - 1]!;
}

/** пяти-, двадцатиодно-, стодвадцати-: genitives written together, except одно-, сто- and девяносто-; none for 1. */
function joinedPrefix(group: number): string {
  if (group === 1) return "";
  const irregular: Record<number, string> = { 1: "одно", 90: "девяносто", 100: "сто" };
  return groupNumerals(group, "m")
    .map(({ value, forms }) => irregular[value] ?? forms[caseIndex.gen])
    .join("");
}
