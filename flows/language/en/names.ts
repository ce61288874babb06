import type { Names } from "../names.ts";
import { readPerson } from "../names/read-person.ts";

const spaced = (...words: string[]): string => words.filter(Boolean).join(" ");
const titles = { m: "Mr", f: "Ms" };

/** Names in English: no cases, first name first; Mr and Ms with a surname. */
export const englishNames: Names = {
  fullName(value, options = {}) {
    const { first, patronymic, last, whole } = readPerson(value);
    return whole || (options.order === "last" ? spaced(last, first, patronymic) : spaced(first, patronymic, last));
  },
  firstName: (value) => readPerson(value).first,
  lastName: (value) => readPerson(value).last,
  nameAndPatronymic(value) {
    const { first, patronymic } = readPerson(value);
    return spaced(first, patronymic);
  },
  address(value) {
    const { first, last, gender } = readPerson(value);
    if (last && gender) return `${titles[gender]} ${last}`;
    return spaced(first, last);
  },
  genderOf: (value) => readPerson(value).gender,
};
