import type { Flow, FlowNode } from "../schema/flow.ts";
import { fieldTitle } from "./field-title.ts";
import type { ConflictKind, FoundConflict, MergeConflict } from "./conflict.ts";
import { nodeAt, nodeName } from "./node-name.ts";
import { valueWords } from "./value-words.ts";

type Language = "ru" | "en";
type Sides = { base: Flow; ours: Flow; theirs: Flow };
type Words = { what: string; base: string; ours: string; theirs: string; removedByUs: boolean };
type Say = (words: Words) => string;

const sentences: Readonly<Record<ConflictKind, Record<Language, Say>>> = {
  "same-field": {
    ru: ({ what, base, ours, theirs }) => `${what}: было ${base}, у нас ${ours}, у них ${theirs}. Оставлено наше`,
    en: ({ what, base, ours, theirs }) => `${what}: base ${base}, ours ${ours}, theirs ${theirs}. Ours is kept`,
  },
  "delete-change": {
    ru: ({ what, removedByUs }) => `${what}: ${removedByUs ? "мы удалили, они изменили" : "они удалили, мы изменили"}. Оставлено изменённое`,
    en: ({ what, removedByUs }) => `${what}: ${removedByUs ? "we removed it, they changed it" : "they removed it, we changed it"}. The changed version is kept`,
  },
  "both-added": {
    ru: ({ what }) => `${what}: добавлено с обеих сторон по-разному. Оставлено наше`,
    en: ({ what }) => `${what}: added differently by both sides. Ours is kept`,
  },
  order: {
    ru: ({ what, ours, theirs }) => `${what}: порядок изменили обе стороны, у нас ${ours}, у них ${theirs}. Оставлен наш`,
    en: ({ what, ours, theirs }) => `${what}: both sides changed the order: ours ${ours}, theirs ${theirs}. Ours is kept`,
  },
  dangling: {
    ru: ({ what, ours, theirs }) => `${what}: ведёт к тому, что другая сторона удалила (у нас ${ours}, у них ${theirs})`,
    en: ({ what, ours, theirs }) => `${what}: leads to a target removed by the other side (ours ${ours}, theirs ${theirs})`,
  },
  "still-needed": {
    ru: ({ what }) => `${what}: одна сторона удалила, но узел его ещё играет. Оставлено`,
    en: ({ what }) => `${what}: removed by one side, but a node still plays it. It is kept`,
  },
  limit: {
    ru: ({ what }) => `${what}: вместе получилось больше или меньше, чем можно. Оставлено наше`,
    en: ({ what }) => `${what}: the merged result is out of bounds. Ours is kept`,
  },
};

/** Describes a conflict in both languages. */
export function sayConflict(conflict: FoundConflict, merged: Flow, sides: Sides): MergeConflict {
  const say = (language: Language) => sentences[conflict.kind][language](wordsOf(conflict, merged, sides, language));
  return { ...conflict, message: { ru: say("ru"), en: say("en") } };
}

function wordsOf(conflict: FoundConflict, merged: Flow, { ours, theirs }: Sides, language: Language): Words {
  const { node } = conflict;
  const found = node === null ? undefined : (nodeAt(merged, node) ?? nodeAt(ours, node) ?? nodeAt(theirs, node));
  return {
    what: whatOf(conflict, found, language),
    base: shown(conflict.base, language),
    ours: shown(conflict.ours, language),
    theirs: shown(conflict.theirs, language),
    removedByUs: conflict.ours === undefined,
  };
}

const rooms: Readonly<Record<string, Record<Language, string>>> = {
  prompts: { ru: "Текст", en: "Text" },
  inputs: { ru: "Поле для заполнения", en: "Input" },
  variables: { ru: "Переменная", en: "Variable" },
  outcomes: { ru: "Итоги", en: "Outcomes" },
  languages: { ru: "Языки", en: "Languages" },
  parts: { ru: "Часть", en: "Part" },
  start: { ru: "Начало", en: "Start" },
  title: { ru: "Название сценария", en: "Flow title" },
  kind: { ru: "Вид сценария", en: "Flow kind" },
};

function whatOf({ place, node, field, kind }: FoundConflict, found: FlowNode | undefined, language: Language): string {
  if (node !== null && kind !== "still-needed") {
    const name = nodeName(node, found, language);
    if (field === null) return language === "ru" ? `Узел ${name}` : `Node ${name}`;
    const exit = field.startsWith("exits.") ? field.slice("exits.".length) : null;
    if (exit !== null) return language === "ru" ? `${name}, выход ${exit}` : `${name}, exit ${exit}`;
    return `${name}, ${fieldTitle(found?.type, field, language)}`;
  }
  const [room = ""] = place.split(/[.[]/);
  const title = rooms[room]?.[language];
  if (place === "") return language === "ru" ? "Сценарий" : "Flow";
  const rest = place.slice(room.length).replace(/^\./, "");
  return title ? [title, rest].filter(Boolean).join(" ") : place;
}

function shown(value: unknown, language: Language): string {
  if (value === undefined) return language === "ru" ? "ничего" : "nothing";
  return valueWords(value, language);
}
