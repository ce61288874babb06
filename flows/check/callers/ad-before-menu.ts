import { reach } from "../call-graph.ts";
import { heardPrompts, sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { Fix } from "../../schema/issue.ts";
import { circles } from "../circles.ts";
import { nodePath } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";

const words =
  /(?<![а-яё])(акци(я|и|ю|ей)|скидк[а-яё]*|только сегодня|распродаж[а-яё]*)(?![а-яё])|(?<!\b(we|to|can|will|not) )\boffers?\b|\bdiscounts?\b|\bsale\b/iu;
const tagged = /(^|[-_])(ads?|advert[a-z]*|promo)([-_]|$)/;

/** Advertising before the first choice: callers with a question have to wait. */
export const adBeforeMenu: FlowRule = {
  code: "ad-before-menu",
  severity: "warning",
  needs: ["shape", "wires", "plays", "texts", "head"],
  check(context) {
    const { flow, all, graph } = context;
    if (flow.kind !== "ivr" || flow.passport?.purpose === "advertising") return [];
    const choices = context.kept("ad-before-menu", ["shape"], () => all.flatMap(({ node }, place) => (sortOf(node.type).chooses === true ? [place] : [])));
    if (choices.length === 0) return [];
    const isChoice = new Uint8Array(graph.size);
    for (const place of choices) isChoice[place] = isChoice[graph.behind(place)] = 1;
    const early = reach(graph.next, [graph.start], (place) => isChoice[place] === 0);
    const leads = reach(graph.before, choices);
    return all.flatMap((node, place) => {
      if (early[place] !== 1 || leads[place] !== 1 || !isSound(node) || node.node.enabled === false) return [];
      const key = heardPrompts(node).find((each) => tagged.test(each) || says(context, each));
      if (key === undefined) return [];
      return [
        {
          node: node.id,
          path: `prompts.${key}`,
          message: {
            ru: `реклама до первого выбора («${key}»): перенесите её за меню, звонящий пришёл с вопросом`,
            en: `advertising before the first choice ("${key}"): callers have a question, so move it after the menu`,
          },
          fixes: switchOff(context, node, place),
        },
      ];
    });
  },
};

const says = (context: CheckContext, key: string): boolean => context.prompt(key)?.texts.some(({ text }) => words.test(text)) ?? false;

/** A phrase that only advertises can be skipped. In a loop it may be what the call waits for. */
function switchOff({ graph }: CheckContext, node: CheckedNode, place: number): Fix[] {
  const circle = circles(graph.next);
  const alone = circle.every((own, other) => own !== circle[place] || other === place) && !graph.next[place]!.includes(place);
  if (node.node.type !== "say" || heardPrompts(node).length !== 1 || !alone) return [];
  return [{ title: { ru: "Выключить эту фразу", en: "Disable this phrase" }, edits: [{ set: [...nodePath(node), "enabled"], to: false }] }];
}
