import type { Flow, FlowKind, FlowLanguage } from "../../flows/schema/flow.ts";

/** An empty flow of a kind: a start and an end. The title is in the language in which it was typed. */
export function blankFlow(id: string, kind: FlowKind, title: string, language: FlowLanguage = "ru"): Flow {
  return {
    sufler: 2,
    id,
    kind,
    title: { [language]: title },
    languages: ["ru", "en"],
    inputs: {},
    variables: {},
    outcomes: [],
    prompts: {},
    start: "start",
    nodes: { start: { type: "start", config: {}, exits: {} } },
    parts: {},
    layout: { start: [0, 0] },
  };
}

/** "Запись к врачу" → "zapis-k-vrachu": an id people can read. */
export function idOf(title: string, taken: readonly string[] = []): string {
  const latin = [...title.toLowerCase()].map((char) => letters[char] ?? char).join("");
  const base =
    latin
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replace(/^[^a-z]+/, "")
      .replace(/-+$/, "")
      .slice(0, 40) || "flow";
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n++) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`;
}

const letters: Record<string, string> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "h",
  ц: "c",
  ч: "ch",
  ш: "sh",
  щ: "sch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
};
