import { z } from "zod";
import { field } from "../../schema/fields.ts";
import type { Kit } from "../../compile/kit.ts";
import { readNumber } from "../../language/read-number.ts";
import type { FlowVariable } from "../../schema/flow.ts";
import { wrongType } from "../../schema/input-value.ts";
import type { Value } from "../../schema/values.ts";
import { defineNode } from "../define-node.ts";
import { campaignTable } from "../table/node.ts";

const pair = z.object({ name: field.name({ ru: "Имя", en: "Name" }), value: field.expression({ ru: "Значение", en: "Value" }) });

type Assigned = { name: string; value: string; type?: FlowVariable["type"] };

/** Types whose values cannot be text: an assignment preserves them. */
const strict: ReadonlySet<string> = new Set(["number", "money", "boolean"]);
const typeOf = ({ flow }: Kit, name: string): Pick<Assigned, "type"> => {
  const type = Object.hasOwn(flow.variables, name) ? flow.variables[name]!.type : undefined;
  return type && strict.has(type) ? { type } : {};
};

/** A number given as text, such as pressed keys, is converted; other texts are rejected. */
function fitted(type: FlowVariable["type"], value: Value): Value {
  if (typeof value !== "string" || type === "boolean") return value;
  const read = readNumber(value, null);
  return "value" in read ? read.value : value;
}

/** The row of a campaign table that holds its variables. */
export const campaignRow = "vars";

/**
 * Evaluates assignments in order; each one sees the previous ones. Values of the contact and the campaign are stored outside
 * the call: writing them is a command, and they come back as variables.
 */
export const set = defineNode({
  type: "set",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconVariable",
  title: { ru: "Запомнить", en: "Set variables" },
  config: z.object({
    assign: field.list({ ru: "Переменные", en: "Variables" }, pair, { min: 1 }),
    scope: field.choice(
      { ru: "Где хранить", en: "Scope" },
      {
        call: { ru: "в этом звонке", en: "this call" },
        contact: { ru: "у контакта", en: "contact" },
        campaign: { ru: "в кампании", en: "campaign" },
      },
      "call",
      { help: { ru: "У контакта и в кампании значения остаются после звонка.", en: "With the contact and campaign scopes, values outlive the call." } },
    ),
  }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => {
    if (config.scope === "call") return kit.branch({ assign: config.assign.map((item) => ({ ...item, ...typeOf(kit, item.name) })) });
    const values = Object.fromEntries(config.assign.map(({ name, value }) => [name, kit.cel(value)]));
    const map = Object.fromEntries(config.assign.map(({ name }) => [name, name]));
    const command =
      config.scope === "contact"
        ? {
            do: "contact",
            action: "update",
            phone: kit.celText(`contact.?phone.orValue(caller.?number.orValue(""))`),
            fields: values,
            groups: { add: [], remove: [] },
          }
        : { do: "table", table: kit.celText(campaignTable), action: "upsert", key: campaignRow, values };
    return kit.ask("world", { command, saveAs: "", consumesDigits: false, map, as: "next" });
  },
  decide: (args: { assign: Assigned[] }, view) => {
    const vars: Record<string, Value> = {};
    for (const { name, value, type } of args.assign) {
      const given = view.evaluate(value, vars);
      vars[name] = type ? fitted(type, given) : given;
      const wrong = type && wrongType(type, vars[name]);
      if (wrong) return { exit: "error", fault: { code: "bad-value", message: `${name}: ${wrong.en}` } };
    }
    return { exit: "next", vars };
  },
  summary: (config) => config.assign.map((item) => `${item.name} = ${item.value}`).join(", "),
  results: (config) => config.assign.map((item) => ({ name: item.name, type: "map" as const })),
  expressions: (config) => config.assign.map((item, index) => ({ path: `assign.${index}.value`, source: item.value })),
});
