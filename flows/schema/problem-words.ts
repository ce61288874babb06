import { nameForms } from "./ids.ts";

type Found = { path?: readonly unknown[] | undefined; message: string; params?: unknown };
/** The zod issue data used for a sentence. */
type Zod = Found & {
  code?: string;
  expected?: string;
  values?: readonly unknown[];
  keys?: readonly string[];
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  divisor?: number;
  inclusive?: boolean;
  issues?: readonly Found[];
  errors?: readonly (readonly Found[])[];
};
type Words = { ru: string; en: string };

/** A schema problem as one line for people, in Russian ("ru") or English: the place, then the solution. */
export function problemWords(problem: Found, language: string): string {
  const place = (problem.path ?? [])
    .map((part) => (typeof part === "object" && part !== null ? String((part as { key: unknown }).key) : String(part)))
    .join(".");
  const text = language === "ru" ? wordsOf(problem).ru : wordsOf(problem).en;
  return place === "" ? text : language === "ru" ? `«${place}»: ${text}` : `"${place}": ${text}`;
}

/** Whether a value is missing. */
export const isMissing = (problem: Found): boolean => (problem as Zod).code === "invalid_type" && problem.message.endsWith("received undefined");

/** Our schemas have their own texts (`params.ru` next to an English message); zod messages are rephrased. */
function wordsOf(problem: Found): Words {
  const own = (problem.params as { ru?: unknown } | undefined)?.ru;
  if (typeof own === "string") return { ru: own, en: problem.message };
  const plain = /^(Invalid|Too (small|big)|Unrecognized)\b/.test(problem.message) ? plainWords(problem as Zod) : undefined;
  return plain ?? Object.values(nameForms).find(({ en }) => en === problem.message) ?? { ru: problem.message, en: problem.message };
}

const plainWords = (problem: Zod): Words | undefined => byCode[problem.code ?? ""]?.(problem);

const byCode: Record<string, (problem: Zod) => Words | undefined> = {
  invalid_type: typeWords,
  invalid_value: ({ values = [] }) => valueWords(values),
  unrecognized_keys: ({ keys = [] }) => ({
    ru: `здесь нет таких полей: ${listed(keys)}. Уберите их или проверьте написание`,
    en: `unknown fields: ${listed(keys)}. Remove them or check the spelling`,
  }),
  too_small: (problem) => sizeWords(problem, problem.minimum, "small"),
  too_big: (problem) => sizeWords(problem, problem.maximum, "big"),
  not_multiple_of: ({ divisor }) => ({ ru: `нужно число, кратное ${divisor}`, en: `must be a multiple of ${divisor}` }),
  invalid_format: () => ({ ru: "записано не так, как нужно", en: "has the wrong format" }),
  invalid_key: innerWords,
  invalid_element: innerWords,
  invalid_union: ({ errors = [] }) => {
    const [inner] = errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return inner ? within(inner) : { ru: "не подходит ни один из возможных видов", en: "matches none of the allowed forms" };
  },
};

function innerWords({ issues: [inner] = [] }: Zod): Words | undefined {
  return inner && wordsOf(inner);
}

/** A problem inside of a value that may have several forms, with its place there. */
const within = (problem: Found): Words => ({ ru: problemWords(problem, "ru"), en: problemWords(problem, "en") });

const types: Record<string, Words> = {
  string: { ru: "текст", en: "text" },
  number: { ru: "число", en: "a number" },
  int: { ru: "целое число", en: "a whole number" },
  boolean: { ru: "true или false", en: "true or false" },
  array: { ru: "список […]", en: "a list […]" },
  object: { ru: "набор полей {…}", en: "a set of fields {…}" },
  record: { ru: "набор полей {…}", en: "a set of fields {…}" },
  null: { ru: "null", en: "null" },
  undefined: { ru: "ничего", en: "nothing" },
  NaN: { ru: "не число", en: "NaN" },
};

function typeWords(problem: Zod): Words {
  const expected = types[problem.expected ?? ""] ?? { ru: String(problem.expected), en: String(problem.expected) };
  if (isMissing(problem)) return { ru: `не заполнено, нужно: ${expected.ru}`, en: `is missing: it must be ${expected.en}` };
  const received = types[/received (\w+)$/.exec(problem.message)?.[1] ?? ""];
  return { ru: `нужно: ${expected.ru}${received ? `, а здесь ${received.ru}` : ""}`, en: `must be ${expected.en}${received ? `, not ${received.en}` : ""}` };
}

function valueWords(values: readonly unknown[]): Words {
  const names = listed(values);
  return values.length === 1 ? { ru: `должно быть ${names}`, en: `must be ${names}` } : { ru: `должно быть одно из: ${names}`, en: `must be one of ${names}` };
}

const counted: Record<string, Words> = {
  string: { ru: "знаков: ", en: " characters" },
  array: { ru: "строк в списке: ", en: " entries" },
  set: { ru: "строк в списке: ", en: " entries" },
  object: { ru: "полей: ", en: " fields" },
  record: { ru: "полей: ", en: " fields" },
  map: { ru: "полей: ", en: " fields" },
};

function sizeWords({ origin = "", inclusive = true }: Zod, limit: number | bigint | undefined, kind: "small" | "big"): Words {
  const unit = counted[origin];
  if (unit && inclusive && kind === "small" && limit === 1) return { ru: "не может быть пустым", en: "must not be empty" };
  const bound = bounds[`${kind}${inclusive ? "" : "-open"}`]!;
  return { ru: `${unit?.ru ?? ""}${bound.ru} ${limit}`, en: `must ${unit ? "have" : "be"} ${bound.en} ${limit}${unit?.en ?? ""}` };
}

const bounds: Record<string, Words> = {
  small: { ru: "не меньше", en: "at least" },
  big: { ru: "не больше", en: "at most" },
  "small-open": { ru: "должно быть больше", en: "more than" },
  "big-open": { ru: "должно быть меньше", en: "less than" },
};

const listed = (values: readonly unknown[]): string =>
  values
    .slice(0, 40)
    .map((value) => JSON.stringify(value))
    .join(", ");
