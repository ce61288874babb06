import table from "./russian-zones.json" with { type: "json" };

/** A zone of every offset that Russia has, from west to east. */
export const russianZones: readonly string[] = Object.keys(table);

/** Words that tell no region from another. */
const common = new Set(
  "область обл край республика респ автономная автономный округ ао аобл г город федерального значения югра народная кузбасс чувашия и алания северная якутия".split(
    " ",
  ),
);

/** Names of regions by what tells them from each other, longest first: "ямало ненецкий" before "ненецкий". */
const keys: readonly (readonly [key: string, zones: string[]])[] = [...new Set(Object.values(table).flat())]
  .map((name) => [keyOf(name), russianZones.filter((zone) => regionsOf(zone).includes(name))] as const)
  .sort(([a], [b]) => b.length - a.length);

function regionsOf(zone: string): readonly string[] {
  return Object.entries(table).find(([each]) => each === zone)?.[1] ?? [];
}

/**
 * Zones of a region of Russia as people and the numbering registry write it: "Свердловская обл.", "Республика Саха /Якутия/",
 * "г. Москва и Московская область". All zones of all regions named; empty when none is known.
 */
export function zonesOfRegion(text: string): readonly string[] {
  let words = ` ${keyOf(text)} `;
  const found = new Set<string>();
  for (const [key, zones] of keys) {
    if (!words.includes(` ${key} `)) continue;
    words = words.replaceAll(` ${key} `, " ");
    for (const zone of zones) found.add(zone);
  }
  return russianZones.filter((zone) => found.has(zone));
}

/** Lower case, letters only, without the words that all regions share. */
function keyOf(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^а-я]+/g, " ")
    .trim()
    .split(" ");
  return words.filter((word) => !common.has(word)).join(" ");
}
