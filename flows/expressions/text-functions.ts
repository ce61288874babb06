import { namesIn, readGender, sayAs, type Form, type Language, type Names, type SayAs } from "../language/index.ts";
import type { Value } from "../schema/values.ts";
import type { OptionName, Options } from "./options.ts";
import { readableNumber, readableText } from "./readable.ts";

/** The language in force: how to say and how to call people. */
export type Words = { say: SayAs; names: Names };

/**
 * One function of the texts. `args` counts the arguments before the options; with `optional` the last of them may be missing.
 * `words` are the only literals an argument takes, by its place.
 */
export type TextFunction = {
  args: number;
  optional?: number;
  options?: readonly OptionName[];
  words?: Readonly<Record<number, readonly string[]>>;
  gives?: "string" | "dyn";
  run(words: Words, args: Value[], options: Options): Value;
};

export function wordsOf(language: Language, form: Form): Words {
  return { say: sayAs(language, form), names: namesIn(language) };
}

/** What is no number is said as it stands; nothing stays nothing. */
function ofNumber(value: Value | undefined, apply: (n: number) => string): string {
  const n = readableNumber(value);
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

/** "2026-11-23T09:05:00+03:00" → "09:05". */
const clockTime = (value: string): string => /T(\d\d:\d\d)/.exec(value)?.[1] ?? value;

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

/** Every function that puts something in words. Documented in docs/{ru,en}/texts.md. */
export const textFunctions: Readonly<Record<string, TextFunction>> = {
  words: { args: 1, options: agreement, run: ({ say }, [n], options) => ofNumber(n, (value) => say.cardinal(value, options)) },
  ordinal: {
    args: 1,
    options: ["gender", "case", "plural", "form"],
    run: ({ say }, [n], options) => ofNumber(n, (value) => say.ordinal(value, options)),
  },
  count: { args: 2, options: agreement, run: ({ say }, [n, forms], options) => ofNumber(n, (value) => say.count(value, formsOf(forms), options)) },
  plural: {
    args: 2,
    options: ["gender", "case", "animate"],
    run: ({ say }, [n, forms], options) => {
      const value = readableNumber(n);
      return value === null ? "" : say.plural(value, formsOf(forms), options);
    },
  },
  money: {
    args: 2,
    options: cased,
    run: ({ say }, [amount, currency], options) => ofNumber(amount, (value) => say.money(value, readableText(currency), options)),
  },
  digits: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.digits(text)) },
  code: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.code(text)) },
  phone: { args: 1, options: ["form"], run: ({ say }, [value]) => ofText(value, (text) => say.phone(text)) },
  date: {
    args: 1,
    options: ["case", "year", "weekday", "form"],
    run: ({ say }, [value], options) => ofText(value, (text) => say.date(text, { year: false, ...options })),
  },
  dateYear: {
    args: 1,
    options: ["case", "weekday", "form"],
    run: ({ say }, [value], options) => ofText(value, (text) => say.date(text, { ...options, year: true })),
  },
  weekday: { args: 1, options: cased, run: ({ say }, [value], options) => ofText(value, (text) => say.weekday(text, options)) },
  time: { args: 1, options: cased, run: ({ say }, [value], options) => ofText(value, (text) => say.time(clockTime(text), options)) },
  duration: {
    args: 2,
    options: cased,
    words: { 1: Object.keys(secondsIn) },
    run: ({ say }, [n, unit], options) => ofNumber(n, (value) => say.duration(value * (secondsIn[readableText(unit)] ?? 1), options)),
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
  /** The first argument, the operator, is put there by `prepareExpression`. */
  operatorForm: { args: 4, optional: 1, gives: "dyn", run: (words, [who, ...forms]) => byGender(words, who, forms) },
  orElse: { args: 2, gives: "dyn", run: (_words, [value, fallback]) => (isNothing(value) ? (fallback ?? "") : value!) },
  json: { args: 1, run: (_words, [value]) => JSON.stringify(value ?? null) },
};
