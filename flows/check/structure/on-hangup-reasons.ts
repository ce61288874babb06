import { setConfig } from "../fixes/places.ts";
import type { FlowRule } from "../rule.ts";

/** Two «On hang-up» nodes for one reason, or two for any: only the first is ever taken. */
export const onHangupReasons: FlowRule = {
  code: "on-hangup-reasons",
  severity: "error",
  needs: ["shape", "forms"],
  check({ all }) {
    const taken = new Map<string, string>();
    return all.flatMap((place) => {
      const { id, node, graph, facts } = place;
      if (node.type !== "on-hangup" || graph.part !== null || node.enabled === false || facts.config === undefined) return [];
      const { by = [] } = facts.config as { by?: string[] };
      const reasons = by.length > 0 ? by : [""];
      const twice = reasons.filter((reason) => taken.has(reason));
      for (const reason of reasons) if (!taken.has(reason)) taken.set(reason, id);
      if (twice.length === 0) return [];
      const rest = reasons.filter((reason) => !twice.includes(reason));
      const first = taken.get(twice[0]!)!;
      const what = {
        ru: twice[0] === "" ? "для любой причины" : `для «${twice.join(", ")}»`,
        en: twice[0] === "" ? "for any reason" : `for ${twice.join(", ")}`,
      };
      return [
        {
          node: id,
          path: "config.by",
          message: {
            ru: `${what.ru} уже есть узел «${first}»: этот не сработает. Укажите другую причину или оставьте один`,
            en: `"${first}" is already there ${what.en}: this one never runs. Give it another reason or keep one`,
          },
          fixes:
            rest.length > 0
              ? [{ title: { ru: `Оставить здесь ${rest.join(", ")}`, en: `Keep ${rest.join(", ")} here` }, edits: [setConfig(place, ["by"], rest)] }]
              : [],
        },
      ];
    });
  },
};
