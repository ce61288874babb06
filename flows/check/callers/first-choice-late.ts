import { byPlace } from "../by-place.ts";
import { cheapest } from "../call-graph.ts";
import { heardPrompts, sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

const mostMs = 30_000;
const tickMs = 100;
/** Later than this makes no difference. */
const horizon = 3_000;

/** More than half a minute of speech before the first choice, on the shortest path. */
export const firstChoiceLate: FlowRule = {
  code: "first-choice-late",
  severity: "warning",
  needs: ["shape", "wires", "plays", "texts", "head"],
  check(context) {
    const { flow, all, graph } = context;
    if (flow.kind !== "ivr") return [];
    const { choices, costs } = context.kept("first-choice-late", ["shape", "plays", "texts"], () => ({
      choices: choicePlaces(context),
      costs: speech(context),
    }));
    if (!choices.includes(1)) return [];
    const chooses = (place: number) => choices[graph.nodeAt(place)] === 1;
    const time = cheapest(graph.next, [graph.start], (place) => costs[place] ?? 0, horizon, chooses);
    const first = all.flatMap((_node, place) => (chooses(place) && time[place] !== Number.POSITIVE_INFINITY ? [place] : []));
    const late = first.filter((place) => time[place]! * tickMs > mostMs);
    return late.map((place) => {
      const seconds = Math.round((time[place]! * tickMs) / 1000);
      return {
        node: all[place]!.id,
        message: {
          ru: `до первого выбора ${seconds} с речи: сократите вступление до 30 с или предложите выбор раньше`,
          en: `${seconds} s of speech before the first choice: shorten the introduction to 30 s or offer the choice earlier`,
        },
      };
    });
  },
};

/** 1 for every node that lets the caller choose. */
const choicePlaces = ({ all }: CheckContext): Uint8Array =>
  byPlace(new Uint8Array(all.length), all, ({ node }) => (sortOf(node.type).chooses === true && node.enabled !== false ? 1 : 0));

const speaksFirst = (type: string): boolean => sortOf(type).says !== undefined && sortOf(type).chooses !== true;

/** Tenths of a second that each node speaks before it asks anything. */
const speech = ({ all, sayMs }: CheckContext): Float64Array =>
  byPlace(new Float64Array(all.length), all, (node) => {
    if (!isSound(node) || node.node.enabled === false || !speaksFirst(node.node.type)) return 0;
    return Math.round(heardPrompts(node).reduce((sum, key) => sum + sayMs(key), 0) / tickMs);
  });
