import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { limits } from "../../schema/limits.ts";
import { defineNode } from "../define-node.ts";

/** Counts how often the call passes: `again` that many times, then `done`, which resets the count. */
export const loop = defineNode({
  type: "loop",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconRepeat",
  title: { ru: "Повторить", en: "Loop" },
  config: z.object({
    times: field.number({ ru: "Не больше раз", en: "Maximum times" }, { min: 1, max: limits.loopTurns, default: 3 }),
    over: field.optionalExpression(
      { ru: "Или по списку", en: "Or for each item of" },
      { help: { ru: "Каждый раз следующий элемент.", en: "Takes the next item each time." } },
    ),
    while: field.optionalExpression({ ru: "Пока верно", en: "While" }, { type: "bool" }),
    saveAs: field.optionalName({ ru: "Номер или элемент запомнить как", en: "Save the iteration number or item as" }),
  }),
  exits: ["again", "done"],
  waits: false,
  compile: (config, kit) => kit.branch({ times: config.times, while: config.while ?? "", over: config.over ?? "", saveAs: config.saveAs ?? "" }, "paced"),
  decide: (args: { times: number; while: string; over: string; saveAs: string }, view) => {
    const turn = view.context.turns[view.path] ?? 0;
    const items = args.over ? view.evaluate(args.over) : null;
    if (args.over && !Array.isArray(items))
      return { exit: "error", fault: { code: "bad-value", message: `not a list: ${JSON.stringify(items)}`.slice(0, 200) } };
    const most = Array.isArray(items) ? Math.min(items.length, limits.loopTurns) : args.times;
    const goesOn = turn < most && (!args.while || view.evaluate(args.while) === true);
    const turns = { ...view.context.turns, [view.path]: goesOn ? turn + 1 : 0 };
    const saved = goesOn && args.saveAs ? { vars: { [args.saveAs]: Array.isArray(items) ? (items[turn] ?? null) : turn + 1 } } : {};
    return { exit: goesOn ? "again" : "done", patch: { turns }, ...saved };
  },
  summary: (config, _text, language) => config.over ?? (language === "ru" ? `до ${config.times} раз` : `up to ${config.times} times`),
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: config.over ? "map" : "number" }] : []),
  expressions: (config) => [
    ...(config.while ? [{ path: "while", source: config.while, type: "bool" }] : []),
    ...(config.over ? [{ path: "over", source: config.over }] : []),
  ],
});
