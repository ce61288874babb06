import type { Gender, GrammaticalCase } from "../say-as.ts";

/** Forms in the order nom, gen, dat, acc (inanimate), ins, pre. */
export type CaseForms = readonly [string, string, string, string, string, string];

export const caseIndex: Record<GrammaticalCase, number> = { nom: 0, gen: 1, dat: 2, acc: 3, ins: 4, pre: 5 };

export const zero: CaseForms = ["ноль", "нуля", "нулю", "ноль", "нулём", "нуле"];

const one: Record<Gender, CaseForms> = {
  m: ["один", "одного", "одному", "один", "одним", "одном"],
  f: ["одна", "одной", "одной", "одну", "одной", "одной"],
  n: ["одно", "одного", "одному", "одно", "одним", "одном"],
};
const two: Record<Gender, CaseForms> = {
  m: ["два", "двух", "двум", "два", "двумя", "двух"],
  f: ["две", "двух", "двум", "две", "двумя", "двух"],
  n: ["два", "двух", "двум", "два", "двумя", "двух"],
};
const three: CaseForms = ["три", "трёх", "трём", "три", "тремя", "трёх"];
const four: CaseForms = ["четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"];
const eight: CaseForms = ["восемь", "восьми", "восьми", "восемь", "восемью", "восьми"];

/** Feminine third declension in -ь: пять, двенадцать, тридцать. */
function soft(nominative: string): CaseForms {
  const stem = nominative.slice(0, -1);
  return [nominative, `${stem}и`, `${stem}и`, nominative, `${stem}ью`, `${stem}и`];
}

/** Numerals with a single oblique form: сорок, девяносто, сто. */
function twoForms(direct: string, oblique: string): CaseForms {
  return [direct, oblique, oblique, direct, oblique, oblique];
}

/** пятьдесят…восемьдесят: both halves decline. */
function fifties(unit: CaseForms): CaseForms {
  return [`${unit[0]}десят`, `${unit[1]}десяти`, `${unit[2]}десяти`, `${unit[3]}десят`, `${unit[4]}десятью`, `${unit[5]}десяти`];
}

/** двести…девятьсот: the second half is an old plural of сто. */
function hundreds(unit: CaseForms, direct: string): CaseForms {
  return [`${unit[0]}${direct}`, `${unit[1]}сот`, `${unit[2]}стам`, `${unit[3]}${direct}`, `${unit[4]}стами`, `${unit[5]}стах`];
}

const five = soft("пять");
const six = soft("шесть");
const seven = soft("семь");
const nine = soft("девять");
const unitForms: Record<number, CaseForms> = { 3: three, 4: four, 5: five, 6: six, 7: seven, 8: eight, 9: nine };
const teens: CaseForms[] = [
  "десять",
  "одиннадцать",
  "двенадцать",
  "тринадцать",
  "четырнадцать",
  "пятнадцать",
  "шестнадцать",
  "семнадцать",
  "восемнадцать",
  "девятнадцать",
].map(soft);
const tens: Record<number, CaseForms> = {
  2: soft("двадцать"),
  3: soft("тридцать"),
  4: twoForms("сорок", "сорока"),
  5: fifties(five),
  6: fifties(six),
  7: fifties(seven),
  8: fifties(eight),
  9: twoForms("девяносто", "девяноста"),
};
const hundredForms: Record<number, CaseForms> = {
  1: twoForms("сто", "ста"),
  2: ["двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах"],
  3: hundreds(three, "ста"),
  4: hundreds(four, "ста"),
  5: hundreds(five, "сот"),
  6: hundreds(six, "сот"),
  7: hundreds(seven, "сот"),
  8: hundreds(eight, "сот"),
  9: hundreds(nine, "сот"),
};

/** The numerals that make up 1…999, each with all its cases: 121 gives сто, двадцать, один. */
export function groupNumerals(n: number, gender: Gender): { value: number; forms: CaseForms }[] {
  const words: { value: number; forms: CaseForms }[] = [];
  const hundred = Math.floor(n / 100);
  const ten = Math.floor(n / 10) % 10;
  const unit = n % 10;
  if (hundred > 0) words.push({ value: hundred * 100, forms: hundredForms[hundred]! });
  if (ten === 1) words.push({ value: 10 + unit, forms: teens[unit]! });
  else {
    if (ten > 1) words.push({ value: ten * 10, forms: tens[ten]! });
    if (unit > 0) words.push({ value: unit, forms: unitNumeral(unit, gender) });
  }
  return words;
}

function unitNumeral(unit: number, gender: Gender): CaseForms {
  if (unit === 1) return one[gender];
  return unit === 2 ? two[gender] : unitForms[unit]!;
}

export type Scale = {
  gender: Gender;
  singular: CaseForms;
  /** nom and acc after 2…4, then gen, dat, ins, pre plural. */ few: string;
  plural: CaseForms;
  ordinalStem: string;
};

function masculineScale(stem: string): Scale {
  return {
    gender: "m",
    few: `${stem}а`,
    ordinalStem: `${stem}н`,
    singular: [stem, `${stem}а`, `${stem}у`, stem, `${stem}ом`, `${stem}е`],
    plural: [`${stem}ов`, `${stem}ов`, `${stem}ам`, `${stem}ов`, `${stem}ами`, `${stem}ах`],
  };
}

/** 1000 to the power of the index. */
export const scales: readonly (Scale | null)[] = [
  null,
  {
    gender: "f",
    few: "тысячи",
    ordinalStem: "тысячн",
    singular: ["тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче"],
    plural: ["тысяч", "тысяч", "тысячам", "тысяч", "тысячами", "тысячах"],
  },
  masculineScale("миллион"),
  masculineScale("миллиард"),
  masculineScale("триллион"),
  masculineScale("квадриллион"),
];
