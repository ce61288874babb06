import type { Value } from "../../../flows/schema/values.ts";

const letters: Record<string, string> = Object.fromEntries(
  "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ sch ъ _ ы y ь _ э e ю yu я ya"
    .split(" ")
    .flatMap((part, index, all) => (index % 2 === 0 ? [[part, all[index + 1] === "_" ? "" : all[index + 1]!]] : [])),
);

/** A header as a name for expressions: «Сумма долга» → `summa_dolga`; null when nothing is left of it. */
export function latinName(header: string): string | null {
  const latin = [...header.normalize("NFC").toLowerCase()].map((letter) => letters[letter] ?? letter).join("");
  const name = latin.replace(/[^a-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(name) ? name.slice(0, 50) : null;
}

/** Fields whose names no expression can write, under names that it can; a field that has such a name itself is not touched. */
export function latinNames(data: Record<string, Value>): Record<string, Value> {
  const named = Object.entries(data).flatMap(([header, value]) => {
    const name = /^[a-z][a-z0-9_]*$/i.test(header) ? null : latinName(header);
    return name === null || Object.hasOwn(data, name) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}
