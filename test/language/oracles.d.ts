/** Two oracles that come without types; only what the tests use. */
declare module "petrovich" {
  type PetrovichPerson = { gender: "male" | "female"; first?: string; middle?: string; last?: string };
  type PetrovichCase = "genitive" | "dative" | "accusative" | "instrumental" | "prepositional";
  export default function petrovich(person: PetrovichPerson, grammaticalCase: PetrovichCase): PetrovichPerson;
}
declare module "russian-nouns-js" {
  type NounLemma = { readonly text: unknown };
  export const Gender: Readonly<Record<"MASCULINE" | "FEMININE" | "NEUTER", string>>;
  export function createLemma(options: { text: string; gender: string; animate?: boolean }): NounLemma;
  export class Engine {
    decline(lemma: NounLemma, grammaticalCase: string, pluralForm?: string): string[];
    pluralize(lemma: NounLemma): string[];
  }
}
