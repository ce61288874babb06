import { cheapest } from "../call-graph.ts";
import { heardPrompts, sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { FlowRule } from "../rule.ts";

const mostMs = 30_000;
const tickMs = 100;
/** Beyond this it does not matter how late. */
const horizon = 3_000;

/** More than half a minute of speech before the caller can choose anything, by the shortest way there (R55). */
export const firstChoiceLate: FlowRule = {
  code: "first-choice-late",
  severity: "warning",
  needs: ["shape", "plays", "texts", "head"],
  check(context) {
    const { flow, all, graph, sayMs } = context;
    if (flow.kind !== "ivr") return [];
    const chooses = (place: number) => sortOf(all[graph.nodeAt(place)]!.node.type).chooses === true && all[graph.nodeAt(place)]!.node.enabled !== false;
    if (!all.some((_node, place) => chooses(place))) return [];
    const cost = (place: number): number => {
      const node = all[place];
      if (!node || !isSound(node) || chooses(place) || node.node.enabled === false) return 0;
      return Math.round(heardPrompts(node).reduce((sum, key) => sum + sayMs(key), 0) / tickMs);
    };
    const beyond = graph.next.map((list, place) => (chooses(place) ? [] : list));
    const time = cheapest(beyond, [graph.start], cost, horizon);
    const first = all.flatMap((_node, place) => (chooses(place) && time[place] !== Number.POSITIVE_INFINITY ? [place] : []));
    const late = first.filter((place) => time[place]! * tickMs > mostMs);
    return late.map((place) => {
      const seconds = Math.round((time[place]! * tickMs) / 1000);
      return {
        node: all[place]!.id,
        message: {
          ru: `до первого выбора ${seconds} с речи: сократите вступление до 30 с или предложите выбор раньше`,
          en: `${seconds} s of speech before the first choice: cut the introduction to 30 s or offer the choice earlier`,
        },
      };
    });
  },
};
