import { z } from "zod";
import type { Kit } from "../compile/kit.ts";
import { field } from "../schema/fields.ts";
import { nameSchema } from "../schema/ids.ts";
import type { Localized, ValueType } from "../schema/values.ts";

const title = { ru: "Взять из ответа", en: "Save fields of the answer" };
const help = {
  ru: "Имя переменной и путь в ответе: orders.0.id — номер первого заказа.",
  en: "A variable name and a path in the answer: orders.0.id is the ID of the first order.",
};

/** Fields of an answer as variables: name → path. */
export const mapField = (extra: { title?: Required<Localized>; help?: Required<Localized> } = {}) =>
  z
    .record(nameSchema, z.string().min(1).max(200))
    .default({})
    .meta({ field: { kind: "pairs", title: extra.title ?? title, help: extra.help ?? help } });

/** Prompts played while waiting for an answer; only phone calls play them. */
export const fillerFields = {
  filler: field.optionalPrompt({ ru: "Говорить, пока ждём", en: "Say while waiting" }, { advanced: true }),
  fillerAfter: field.number({ ru: "Начать через", en: "Start after" }, { min: 0.5, max: 60, default: 2 }, { unit: "s", advanced: true }),
  fillerEvery: field.number({ ru: "Повторять каждые", en: "Repeat every" }, { min: 1, max: 60, default: 5 }, { unit: "s", advanced: true }),
};
type Filler = { filler?: string | undefined; fillerAfter: number; fillerEvery: number };

/** The `filler` of a waiting command, or nothing. */
export const fillerArgs = (config: Filler, kit: Kit) =>
  config.filler && kit.flow.kind === "ivr"
    ? { filler: { items: { $play: kit.prompt(config.filler) }, afterMs: config.fillerAfter * 1000, everyMs: config.fillerEvery * 1000 } }
    : {};

/** Names under which an answer and its fields are saved. */
export function answerNames(
  config: { saveAs?: string | undefined; map?: Record<string, string> },
  type: ValueType = "map",
): { name: string; type: ValueType }[] {
  const whole = config.saveAs ? [{ name: config.saveAs, type }] : [];
  return [...whole, ...Object.keys(config.map ?? {}).map((name) => ({ name, type: "map" as const }))];
}

/** An expression field that defaults to the caller's number. */
export const callerNumber = (title: Required<Localized>, help?: Required<Localized>) =>
  z
    .string()
    .min(1)
    .max(4_000)
    .default("caller.number")
    .meta({ field: { kind: "expression", type: "dyn", title, ...(help ? { help } : {}) } });

/** Values of CEL expressions by name, as markers and for the checks. */
export const celPairs = (kit: Kit, pairs: Record<string, string>) => Object.fromEntries(Object.entries(pairs).map(([name, source]) => [name, kit.cel(source)]));
export const pairSources = (path: string, pairs: Record<string, string>) =>
  Object.entries(pairs).map(([name, source]) => ({ path: `${path}.${name}`, source }));
