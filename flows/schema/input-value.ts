import type { FlowVariable } from "./flow.ts";
import { isoMoment, readMoment } from "./read-moment.ts";
import { localize, type Localized, type Value } from "./values.ts";

/** The problem of an input value, in both languages with a solution; null if it is valid. Absent values are valid: required inputs are checked elsewhere. */
export function inputProblem(variable: FlowVariable, value: Value | undefined): Required<Localized> | null {
  if (value === undefined || value === null || value === "") return null;
  return choiceProblem(variable, value) ?? typeProblem(variable, value) ?? rangeProblem(variable, value);
}

/** Problems of the input values of a flow, in the order of its inputs. Unknown names are ignored. */
export function inputProblems(
  inputs: Readonly<Record<string, FlowVariable>>,
  values: Readonly<Record<string, Value>>,
): { name: string; message: Required<Localized> }[] {
  return Object.entries(inputs).flatMap(([name, variable]) => {
    const problem = Object.hasOwn(values, name) ? inputProblem(variable, values[name]) : null;
    if (!problem) return [];
    const title = (language: string) => localize(variable.title, language, name);
    return [{ name, message: { ru: `«${title("ru")}»: ${problem.ru}`, en: `"${title("en")}": ${problem.en}` } }];
  });
}

/** The values that an input with choices may have; null for any. */
export const choicesOf = (variable: FlowVariable | undefined): Value[] | null =>
  variable?.options && variable.options.length > 0 ? variable.options.map((option) => option.value) : null;

function choiceProblem(variable: FlowVariable, value: Value): Required<Localized> | null {
  const choices = choicesOf(variable);
  if (!choices || choices.includes(value)) return null;
  const known = choices.join(", ");
  return { ru: `«${shown(value)}» нет среди вариантов: ${known}`, en: `"${shown(value)}" is not one of the choices: ${known}` };
}

/** The type error of a value for a variable: text for a number, a word for a boolean. Null if it is valid or empty. */
export function wrongType(type: FlowVariable["type"], value: Value): Required<Localized> | null {
  return value === null || value === "" ? null : typeProblem({ type }, value);
}

const numeric: ReadonlySet<string> = new Set(["number", "money"]);

function typeProblem({ type }: Pick<FlowVariable, "type">, value: Value): Required<Localized> | null {
  if (numeric.has(type) && typeof value !== "number") return { ru: `«${shown(value)}» — не число`, en: `"${shown(value)}" is not a number` };
  if (type === "boolean" && typeof value !== "boolean") return { ru: `«${shown(value)}» — не «да» и не «нет»`, en: `"${shown(value)}" is not yes or no` };
  const form = written[type];
  if (form && (typeof value !== "string" || !form.fits(value)))
    return { ru: `«${shown(value)}» — не ${form.wanted.ru}`, en: `"${shown(value)}" is not ${form.wanted.en}` };
  return null;
}

/** Dates and times as they are compared and said: ISO 8601, as `isoMoment` writes it. A telephone is one number, an internal one too. */
const written: Readonly<Record<string, { fits(text: string): boolean; wanted: Required<Localized> }>> = {
  date: { fits: (text) => isWritten(text, "date"), wanted: { ru: "дата, например 2026-11-23", en: "a date such as 2026-11-23" } },
  time: { fits: (text) => isWritten(text, "time"), wanted: { ru: "время, например 09:05", en: "a time such as 09:05" } },
  datetime: {
    fits: (text) => readMoment(text)?.date != null && /^\d{4}-/.test(text.trim()),
    wanted: { ru: "дата и время, например 2026-11-23T09:05", en: "a date and time such as 2026-11-23T09:05" },
  },
  phone: {
    fits: (text) => /^[+*]?[\d\s().*#-]{2,25}$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 2 && (text.match(/\d/g)?.length ?? 0) <= 15,
    wanted: { ru: "один номер телефона", en: "one telephone number" },
  },
};

function isWritten(text: string, part: "date" | "time"): boolean {
  const moment = readMoment(text);
  return moment !== null && isoMoment(moment) === text && moment[part] !== null && moment[part === "date" ? "time" : "date"] === null;
}

function rangeProblem({ min, max }: FlowVariable, value: Value): Required<Localized> | null {
  if (typeof value !== "number") return null;
  if (min !== undefined && value < min)
    return { ru: `${value} меньше ${min}: нужно от ${min}${to(max, "до")}`, en: `${value} is less than ${min}: enter a value from ${min}${to(max, "to")}` };
  if (max !== undefined && value > max)
    return { ru: `${value} больше ${max}: нужно не больше ${max}`, en: `${value} is more than ${max}: enter a value of at most ${max}` };
  return null;
}

const to = (max: number | undefined, word: string): string => (max === undefined ? "" : ` ${word} ${max}`);
const shown = (value: Value): string => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 60);
