import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/**
 * The ivr flow that the answering party hears. It runs on the dialled leg; `dial` passes the flow if it is connected here,
 * and its result comes back with the attempt's outcome as one event.
 */
export const runFlow = defineNode({
  type: "run-flow",
  kinds: ["strategy"],
  group: "outbound",
  icon: "IconRoute",
  title: { ru: "Запустить сценарий", en: "Run a flow" },
  config: z.object({
    flow: field.symbol({ ru: "Сценарий (ivr)", en: "Flow (ivr)" }, "flow"),
    saveAs: field.optionalName({ ru: "Результат запомнить как", en: "Save the result as" }),
  }),
  exits: ["completed", "hungup"],
  waits: false,
  compile: (config, kit) => kit.branch({ saveAs: config.saveAs ?? "" }),
  decide: (args: { saveAs: string }, view) => {
    const run = view.context.lastRun;
    if (!run) return { exit: "error", fault: { code: "not-found", message: "no call has run this flow" } };
    const values = { ...(run["result"] as Record<string, never>), ...(args.saveAs ? { [args.saveAs]: run } : {}) };
    return { exit: run["ended"] === "flow" ? "completed" : "hungup", values, patch: { lastRun: null } };
  },
  summary: (config) => config.flow,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  symbols: (config) => [{ kind: "flow", name: config.flow }],
});
