import { unwire } from "../fixes/places.ts";
import type { NodeRule } from "../rule.ts";

/** A connected exit that the node does not have (any more). */
export const unknownExit: NodeRule = {
  code: "unknown-exit",
  severity: "warning",
  each: (checked) =>
    Object.keys(checked.node.exits)
      .filter((exit) => !checked.exits.includes(exit) && exit !== "error" && !checked.facts.hangupExits.includes(exit))
      .map((exit) => ({
        node: checked.id,
        path: `exits.${exit}`,
        message: { ru: `у узла нет выхода «${exit}»: уберите связь`, en: `the node has no exit "${exit}": remove the edge` },
        fixes: [{ title: { ru: `Убрать связь «${exit}»`, en: `Remove edge "${exit}"` }, edits: [unwire(checked, exit)] }],
      })),
};
