import { reach } from "../call-graph.ts";
import { heardPrompts, sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

const words =
  /(?<![а-яё])(акци(я|и|ю|ей)|скидк[а-яё]*|только сегодня|распродаж[а-яё]*)(?![а-яё])|(?<!\b(we|to|can|will|not) )\boffers?\b|\bdiscounts?\b|\bsale\b/iu;
const tagged = /(^|[-_])(ads?|advert[a-z]*|promo)([-_]|$)/;

/** Advertising before the first choice: the caller came with a question and has to sit it out (R55). */
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
            en: `advertising before the first choice ("${key}"): move it behind the menu, the caller came with a question`,
          },
        },
      ];
    });
  },
};

const says = (context: CheckContext, key: string): boolean => context.prompt(key)?.texts.some(({ text }) => words.test(text)) ?? false;
