import { reach } from "../call-graph.ts";
import type { CheckContext, FlowRule } from "../rule.ts";
import { byLaw } from "./laws.ts";

/** Advertising that is dialled or played automatically: the law requires a human to select the number and to talk. */
export const advertisingByAutodialler: FlowRule = {
  code: "advertising-by-autodialler",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { flow } = context;
    if (flow.passport?.purpose !== "advertising" || flow.kind !== "strategy") return [];
    const played = context.ofType("run-flow").filter(({ node }) => node.enabled !== false);
    const alone = context.ofType("dial").filter(({ id }) => !operatorAfter(context, id));
    return [...played, ...alone].map(({ id, node }) => ({
      node: id,
      message:
        node.type === "run-flow"
          ? byLaw(
              "RU-38-18",
              "рекламу проигрывает автомат: соедините с оператором вместо сценария",
              "advertising is played automatically: connect an operator instead of the flow",
            )
          : byLaw(
              "RU-38-18",
              "автодозвон с рекламой без оператора: соедините ответившего с человеком",
              "advertising is dialled without an operator: connect answered calls to an operator",
            ),
    }));
  },
};

/** Whether the answering party reaches an operator. */
function operatorAfter({ graph, all }: CheckContext, id: string): boolean {
  const place = all.findIndex((node) => node.id === id);
  const after = reach(graph.forward, [graph.exit(place, "answered")], (to) => to !== place);
  return all.some(({ node }, to) => after[to] === 1 && node.type === "connect-operator" && node.enabled !== false);
}
