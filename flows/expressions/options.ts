import type { Gender, GrammaticalCase } from "../language/index.ts";
import type { Form } from "../language/index.ts";
import { TextError } from "./text-error.ts";

/** Every option that some function of a text knows. */
export type Options = {
  gender?: Gender;
  case?: GrammaticalCase;
  form?: Form;
  animate?: boolean;
  plural?: boolean;
  year?: boolean;
  weekday?: boolean | GrammaticalCase;
  last?: "and" | "or";
  order?: "first" | "last";
};
export type OptionName = keyof Options;

type OptionKind = { words: readonly string[]; flag?: boolean; en: string; ru: string };

const cases = ["nom", "gen", "dat", "acc", "ins", "pre"];
const kinds: Record<OptionName, OptionKind> = {
  gender: { words: ["m", "f", "n"], en: "gender", ru: "рода" },
  case: { words: cases, en: "case", ru: "падежа" },
  form: { words: ["said", "shown"], en: "form", ru: "вида" },
  animate: { words: [], flag: true, en: "value of animate", ru: "значения animate" },
  plural: { words: [], flag: true, en: "value of plural", ru: "значения plural" },
  year: { words: [], flag: true, en: "value of year", ru: "значения year" },
  weekday: { words: cases, flag: true, en: "value of weekday", ru: "значения weekday" },
  last: { words: ["and", "or"], en: "value of last", ru: "значения last" },
  order: { words: ["first", "last"], en: "value of order", ru: "значения order" },
};

/** Short forms, `ordinal(3, "f")`: the first of the function's options that knows the word takes it. */
const shortNames: readonly OptionName[] = ["gender", "case", "form", "last", "order"];

/** Options as a map or as one word. Null counts as not given. Throws a TextError for what the function does not know. */
export function readOptions(call: string, allowed: readonly OptionName[], value: unknown): Options {
  if (value === undefined || value === null || value === "") return {};
  if (typeof value === "string") return { [shortName(call, allowed, value)]: value };
  if (typeof value !== "object" || Array.isArray(value)) throw noSuch(call, allowed, String(value));
  const options: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    checkOption(call, allowed, name, item);
    if (item !== null && item !== undefined && item !== "") options[name] = item;
  }
  // Every entry has just been checked against its kind.
  return options as Options;
}

function shortName(call: string, allowed: readonly OptionName[], word: string): OptionName {
  const name = shortNames.find((each) => allowed.includes(each) && kinds[each].words.includes(word));
  if (name) return name;
  const words = shortNames.filter((each) => allowed.includes(each)).flatMap((each) => kinds[each].words);
  throw new TextError(
    `${call}: "${clip(word)}" is not an option; a single word can be ${words.join(", ")}`,
    `${call}: непонятно «${clip(word)}»; одним словом можно написать ${words.join(", ")}`,
  );
}

/** Throws when the function has no such option, or the option no such value. */
export function checkOption(call: string, allowed: readonly OptionName[], name: string, value: unknown): void {
  const known = allowed.find((each) => each === name);
  if (!known) throw noSuch(call, allowed, name);
  if (value === null || value === undefined || value === "") return;
  const { words, flag, en, ru } = kinds[known];
  if ((typeof value === "string" && words.includes(value)) || (flag && typeof value === "boolean")) return;
  const possible = [...(flag ? ["true", "false"] : []), ...words].join(", ");
  const given = clip(typeof value === "object" ? JSON.stringify(value) : String(value));
  throw new TextError(`${call}: unknown ${en} "${given}"; use ${possible}`, `${call}: нет ${ru} «${given}»; можно ${possible}`);
}

function noSuch(call: string, allowed: readonly OptionName[], name: string): TextError {
  const list = allowed.join(", ");
  return new TextError(`${call}: unknown option "${clip(name)}"; use ${list}`, `${call}: нет настройки «${clip(name)}»; есть ${list}`);
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
