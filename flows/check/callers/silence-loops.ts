import { sortOf } from "../node-sorts.ts";
import { wireToEnd } from "../fixes/good-end.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

/** Nodes passed on the way back that cannot end the loop. */
const transparent = new Set(["say", "play", "wait", "set", "milestone", "goto", "save-result", "set-language"]);

/** No input leads back to the same question without a limit: an abandoned phone occupies the line forever. */
export const silenceLoops: FlowRule = {
  code: "silence-loops",
  severity: "warning",
  needs: ["shape", "wires", "looks", "head"],
  check: (context) =>
    context.all.flatMap((node, place): Finding[] => {
      if (sortOf(node.node.type).listens !== true || context.graph.exit(place, "noInput") < 0 || !comesBack(context, place)) return [];
      return [
        {
          node: node.id,
          path: "exits.noInput",
          message: {
            ru: "молчание возвращает к тому же вопросу без конца: после попыток прощайтесь или поставьте «Повторить»",
            en: "no input leads back to the same question forever: say goodbye after the attempts or add a Loop",
          },
          fixes: wireToEnd(context, node, ["noInput"]),
        },
      ];
    }),
};

function comesBack({ graph, all }: CheckContext, question: number): boolean {
  const seen = new Set<number>();
  for (let place = graph.exit(question, "noInput"); place >= 0 && !seen.has(place); place = graph.next[place]![0] ?? -1) {
    if (place === question) return true;
    seen.add(place);
    const node = all[graph.nodeAt(place)]!.node;
    if (!transparent.has(node.type) || place >= all.length) return false;
    const next = graph.next[place]!;
    if (next.length !== 1 && graph.exit(place, "next") !== next[0]) return false;
  }
  return false;
}
