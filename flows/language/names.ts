import type { GrammaticalCase } from "./say-as.ts";

/** Of a person; null when it cannot be told. */
export type PersonGender = "m" | "f" | null;

/**
 * A person as read from a string or a map. `whole` is set when the text is no name of a person
 * (a company, three words without a patronymic): it is then used unchanged.
 */
export type Person = { first: string; patronymic: string; last: string; gender: PersonGender; lastFirst: boolean; whole: string };

export type NameOptions = { case?: GrammaticalCase };

/** Names of people. Takes a string, or a map of first, patronymic, last, name, gender; what is missing is an empty string. */
export interface Names {
  /** All parts, in the order they were written; a map in the order of the language. */
  fullName(person: unknown, options?: NameOptions & { order?: "first" | "last" }): string;
  firstName(person: unknown, options?: NameOptions): string;
  lastName(person: unknown, options?: NameOptions): string;
  /** «Пётр Сергеевич»; without a patronymic the first name. */
  nameAndPatronymic(person: unknown, options?: NameOptions): string;
  /** What one calls the person to the face: «Пётр Сергеевич», «Пётр», «господин Иванов»; Mr Smith. */
  address(person: unknown): string;
  genderOf(person: unknown): PersonGender;
}
