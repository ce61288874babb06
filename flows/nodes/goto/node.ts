import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** A jump without an edge across the canvas: continues at the selected node of the same graph. */
export const goto = defineNode({
  type: "goto",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconArrowRampRight",
  title: { ru: "Перейти", en: "Go to" },
  config: z.object({ node: field.node({ ru: "К узлу", en: "Node" }) }),
  exits: [],
  waits: false,
  compile: (config, kit) => kit.goto(config.node),
  jumps: (config) => [config.node],
  decide: () => ({ exit: "next" }),
  summary: (config) => `→ ${config.node}`,
});
