import { namesIn, readGender, sayAs, type Form, type Language, type Names, type SayAs } from "../language/index.ts";
import type { Value } from "../schema/values.ts";
import { isFigures, readMoment } from "../schema/read-moment.ts";
import { inZone } from "../language/zoned.ts";
import type { OptionName, Options } from "./options.ts";
import { readableNumber, readableText } from "./readable.ts";
import { TextError } from "./text-error.ts";

/** The language in force: how to say and how to call people. */
export type Words = { language: Language; say: SayAs; names: Names };

/** A name of the call that a function reads without being given it: `giveHidden` puts it in as the first argument. */
export type HiddenArgument = "operator" | "callZone";

/**
 * One function of the texts. `args` counts the arguments before the options; with `optional` the last of them may be missing.
 * `words` are the only literals an argument takes, by its place. A `hidden` argument comes first and is not counted.
 */
export type TextFunction = {
  args: number;
  hidden?: HiddenArgument;
  optional?: number;
  options?: readonly OptionName[];
  words?: Readonly<Record<number, readonly string[]>>;
  gives?: "string" | "dyn";
  run(words: Words, args: Value[], options: Options): Value;
};

export function wordsOf(language: Language, form: Form): Words {
  return { language, say: sayAs(language, form), names: namesIn(language) };
}

/** A text without a number is said unchanged; nothing stays nothing. */
function ofNumber({ language }: Words, value: Value | undefined, apply: (n: number) => string): string {
  const n = readableNumber(value, language);
  return n === null ? readableText(value) : apply(n);
}

function ofText(value: Value | undefined, apply: (text: string) => string): string {
  const text = readableText(value);
  return text === "" ? "" : apply(text);
}

/** Forms of a noun: a list, or one word that never changes. */
function formsOf(value: Value | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).map(readableText);
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };
const agreement = ["gender", "case", "animate", "form"] as const;
const cased = ["case", "form"] as const;

type MomentKind = { part: "date" | "time"; wanted: { ru: string; en: string } };
const asDate: MomentKind = { part: "date", wanted: { ru: "дата: ГГГГ-ММ-ДД или ДД.ММ.ГГГГ", en: "a date: YYYY-MM-DD or DD.MM.YYYY" } };
const asTime: MomentKind = { part: "time", wanted: { ru: "время: ЧЧ:ММ", en: "a time: HH:MM" } };

/** A date or time by the clock of the call; words («завтра») are said unchanged. Throws a TextError for figures that are no such moment. */
function ofMoment({ part, wanted }: MomentKind, zone: Value | undefined, value: Value | undefined, apply: (text: string) => string): string {
  const text = readableText(value);
  if (text === "") return "";
  const moment = readMoment(text);
  if (moment?.[part]) return apply(inZone(moment, readableText(zone)));
  if (!isFigures(text)) return apply(text);
  const shown = text.slice(0, 40);
  throw new TextError(`"${shown}" is not ${wanted.en}`, `«${shown}» — не ${wanted.ru}`);
}

function byGender(words: Words, who: Value | undefined, forms: Value[]): Value {
  const [man, woman, unknown = man] = forms;
  const gender = readGender(who) ?? words.names.genderOf(who);
  const chosen = gender ? (gender === "f" ? woman : man) : unknown;
  return chosen ?? "";
}

/** True for null, blank text, an empty list or map, and what failed imports write. */
function isNothing(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.every(isNothing);
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return readableText(value) === "";
}

const person = (apply: (names: Names, who: Value | undefined, options: Options) => string): TextFunction["run"] => {
  return ({ names }, [who], options) => apply(names, who, options);
};

/** All text functions. Documented in docs/{ru,en}/texts.md. */
export const textFunctions: Readonly<Record<string, TextFunction>> = {
  words: { args: 1, options: agreement, run: (words, [n], options) => ofNumber(words, n, (value) => words.say.cardinal(value, options)) },
  ordinal: {
    args: 1,
    options: ["gender", "case", "plural", "form"],
    run: (words, [n], options) => ofNumber(words, n, (value) => words.say.ordinal(value, options)),
  },
  count: { args: 2, options: agreement, run: (words, [n, forms], options) => ofNumber(words, n, (value) => words.say.count(value, formsOf(forms), options)) },
  plural: {
    args: 2,
    options: ["gender", "case", "animate"],
    run: ({ say, language }, [n, forms], options) => {
      const value = readableNumber(n, language);
      return value === null ? "" : say.plural(value, formsOf(forms), options);
    },
  },
  money: {
    args: 2,
    options: cased,
    run: (words, [amount, currency], options) => ofNumber(words, amount, (value) => words.say.money(value, readableText(currency), options)),
  },
  digits: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.digits(text)) },
  code: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.code(text)) },
  phone: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.phone(text)) },
  date: {
    args: 1,
    hidden: "callZone",
    options: ["case", "year", "weekday", "form"],
    run: ({ say }, [zone, value], options) => ofMoment(asDate, zone, value, (text) => say.date(text, { year: false, ...options })),
  },
  dateYear: {
    args: 1,
    hidden: "callZone",
    options: ["case", "weekday", "form"],
    run: ({ say }, [zone, value], options) => ofMoment(asDate, zone, value, (text) => say.date(text, { ...options, year: true })),
  },
  weekday: {
    args: 1,
    hidden: "callZone",
    options: cased,
    run: ({ say }, [zone, value], options) => ofMoment(asDate, zone, value, (text) => say.weekday(text, options)),
  },
  time: {
    args: 1,
    hidden: "callZone",
    options: cased,
    run: ({ say }, [zone, value], options) => ofMoment(asTime, zone, value, (text) => say.time(text, options)),
  },
  duration: {
    args: 2,
    options: cased,
    words: { 1: Object.keys(secondsIn) },
    run: (words, [n, unit], options) => ofNumber(words, n, (value) => words.say.duration(value * (secondsIn[readableText(unit)] ?? 1), options)),
  },
  joined: {
    args: 1,
    options: ["last"],
    run: ({ say }, [items], { last }) => say.joined((Array.isArray(items) ? items : [items]).map(readableText), last),
  },
  fullName: { args: 1, options: ["case", "order"], run: person((names, who, options) => names.fullName(who, options)) },
  firstName: { args: 1, options: ["case"], run: person((names, who, options) => names.firstName(who, options)) },
  lastName: { args: 1, options: ["case"], run: person((names, who, options) => names.lastName(who, options)) },
  nameAndPatronymic: { args: 1, options: ["case"], run: person((names, who, options) => names.nameAndPatronymic(who, options)) },
  address: { args: 1, run: person((names, who) => names.address(who)) },
  genderOf: { args: 1, run: ({ names }, [who]) => readGender(who) ?? names.genderOf(who) ?? "" },
  byGender: { args: 4, optional: 1, gives: "dyn", run: (words, [who, ...forms]) => byGender(words, who, forms) },
  operatorForm: { args: 3, optional: 1, hidden: "operator", gives: "dyn", run: (words, [who, ...forms]) => byGender(words, who, forms) },
  orElse: { args: 2, gives: "dyn", run: (_words, [value, fallback]) => (isNothing(value) ? (fallback ?? "") : value!) },
  json: { args: 1, run: (_words, [value]) => JSON.stringify(value ?? null) },
};
