import type { NameOptions, Names, Person } from "../names.ts";
import { readPerson } from "../names/read-person.ts";
import { declineFirstName, declinePatronymic, declineSurname } from "./decline-name.ts";

type Parts = { first: string; patronymic: string; last: string };

/** The three parts in a case. Without a gender nobody knows how they decline, so they stay. */
function inCase(person: Person, { case: grammaticalCase = "nom" }: NameOptions): Parts {
  const { first, patronymic, last, gender } = person;
  if (!gender) return { first, patronymic, last };
  return {
    first: declineFirstName(first, gender, grammaticalCase),
    patronymic: declinePatronymic(patronymic, gender, grammaticalCase),
    last: declineSurname(last, gender, grammaticalCase),
  };
}

const spaced = (...words: string[]): string => words.filter(Boolean).join(" ");
const titles = { m: "господин", f: "госпожа" };

function addressOf(person: Person): string {
  const { first, patronymic, last, gender } = person;
  // Initials cannot be said to anybody's face.
  const named = first.endsWith(".") ? "" : spaced(first, patronymic.endsWith(".") ? "" : patronymic);
  if (named) return named;
  return last && gender ? `${titles[gender]} ${last}` : "";
}

/** Russian names in six cases (npm `lvovich` and our corrections to it). */
export const russianNames: Names = {
  fullName(value, options = {}) {
    const person = readPerson(value);
    const { first, patronymic, last } = inCase(person, options);
    const lastFirst = options.order ? options.order === "last" : person.lastFirst;
    return person.whole || (lastFirst ? spaced(last, first, patronymic) : spaced(first, patronymic, last));
  },
  firstName: (value, options = {}) => inCase(readPerson(value), options).first,
  lastName: (value, options = {}) => inCase(readPerson(value), options).last,
  nameAndPatronymic(value, options = {}) {
    const { first, patronymic } = inCase(readPerson(value), options);
    return spaced(first, patronymic);
  },
  address: (value) => addressOf(readPerson(value)),
  genderOf: (value) => readPerson(value).gender,
};
