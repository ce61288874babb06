import { setConfig } from "../fixes/places.ts";
import type { FlowRule } from "../rule.ts";

/** Two On hang-up nodes for one reason, or two for any reason: only the first is ever taken. */
export const onHangupReasons: FlowRule = {
  code: "on-hangup-reasons",
  severity: "error",
  needs: ["shape", "forms"],
  check({ all }) {
    const taken = new Map<string, string>();
    return all.flatMap((place) => {
      const { id, node, graph, facts } = place;
      if (node.type !== "on-hangup" || graph.part !== null || node.enabled === false || facts.config === undefined) return [];
      const { by, during } = facts.config as { by: string[]; during: string[] };
      const reasons = reasonsOf(by, during);
      const firstOf = (reason: Reason) => wider(reason).flatMap((each) => taken.get(each) ?? [])[0];
      const twice = reasons.filter((reason) => firstOf(reason) !== undefined);
      const first = twice.map(firstOf)[0];
      for (const reason of reasons) if (firstOf(reason) === undefined) taken.set(keyOf(reason), id);
      if (first === undefined || (twice.length < reasons.length && during.length > 0)) return [];
      const rest = by.filter((each) => !twice.some((reason) => reason.by === each));
      const named = [...new Set(twice.map((reason) => [reason.by, reason.during].filter(Boolean).join(" + ")))].join(", ");
      const what = { ru: named === "" ? "для любой причины" : `для «${named}»`, en: named === "" ? "any reason" : `the reason ${named}` };
      return [
        {
          node: id,
          path: "config.by",
          message: {
            ru: `${what.ru} уже есть узел «${first}»: этот не сработает. Укажите другую причину или оставьте один`,
            en: `node "${first}" already handles ${what.en}: this one never runs. Give it another reason or keep only one of them`,
          },
          fixes:
            rest.length > 0 && during.length === 0
              ? [{ title: { ru: `Оставить здесь ${rest.join(", ")}`, en: `Keep ${rest.join(", ")} here` }, edits: [setConfig(place, ["by"], rest)] }]
              : [],
        },
      ];
    });
  },
};

/** A case handled by an On hang-up node: who hung up and what was in progress, "" for any. */
type Reason = { by: string; during: string };

const orAny = (list: readonly string[]): readonly string[] => (list.length > 0 ? list : [""]);
const reasonsOf = (by: readonly string[], during: readonly string[]): Reason[] =>
  orAny(by).flatMap((one) => orAny(during).map((other) => ({ by: one, during: other })));

const keyOf = ({ by, during }: Reason): string => `${by}|${during}`;

/** Reasons of earlier nodes that hide this one; a node for any reason comes last. */
const wider = (reason: Reason): string[] => {
  const { by, during } = reason;
  return by !== "" && during !== "" ? [keyOf(reason), keyOf({ by, during: "" }), keyOf({ by: "", during })] : [keyOf(reason)];
};
