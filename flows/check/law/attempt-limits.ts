import { setConfig } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";
import { byLaw, debtCallsAMonth, debtMinutesBetweenCalls } from "./laws.ts";

type Wait = { mode: string; maxAttempts: number; rules: { minutes: number; max: number }[] };

/** Attempts without a limit, or more than the law allows for debts. */
export const attemptLimits: FlowRule = {
  code: "attempt-limits",
  severity: "warning",
  needs: ["shape", "wires", "forms", "head"],
  check: (context) => (context.flow.kind === "strategy" ? [...unlimited(context), ...debt(context)] : []),
};

/** A dial node that returns to itself without passing a counter. */
function unlimited({ all, graph }: CheckContext): Finding[] {
  const counts = (place: number): boolean => {
    const { node, facts } = all[graph.nodeAt(place)]!;
    return node.type === "loop" || (node.type === "wait-until" && (facts.config as Wait | undefined)?.mode === "retry") || node.type === "rate-limit";
  };
  return all.flatMap(({ id, node }, place) => {
    if (node.type !== "dial") return [];
    const seen = new Set(graph.next[place]!.filter((to) => !counts(to)));
    for (const at of seen) for (const to of graph.next[at]!) if (!counts(to)) seen.add(to);
    if (!seen.has(place)) return [];
    return [
      {
        node: id,
        message: byLaw(
          "RU-41-MASS",
          "попытки никто не считает: вернитесь к звонку через «Подождать до следующей попытки», там задают их число",
          "the number of attempts is not limited: return to the call through Wait until the next attempt, which has a limit",
        ),
      },
    ];
  });
}

function debt(context: CheckContext): Finding[] {
  if (context.flow.passport?.purpose !== "debt") return [];
  return context.ofType("wait-until").flatMap((node) => {
    const config = node.config as Wait;
    return config.mode === "retry" ? [...tooMany(node, config), ...tooSoon(node, config)] : [];
  });
}

function tooMany(node: CheckedNode, { maxAttempts }: Wait): Finding[] {
  if (maxAttempts <= debtCallsAMonth) return [];
  return [
    {
      node: node.id,
      severity: "error",
      path: "config.maxAttempts",
      message: byLaw(
        "RU-230-FRQ",
        `о долге звонят не больше ${debtCallsAMonth} раз в месяц, а попыток ${maxAttempts}`,
        `debt calls are limited to ${debtCallsAMonth} a month, but this allows ${maxAttempts} attempts`,
      ),
      fixes: [
        {
          title: { ru: `Не больше ${debtCallsAMonth} попыток`, en: `At most ${debtCallsAMonth} attempts` },
          edits: [setConfig(node, ["maxAttempts"], debtCallsAMonth)],
        },
      ],
    },
  ];
}

function tooSoon(node: CheckedNode, { rules }: Wait): Finding[] {
  const soon = rules.flatMap(({ minutes, max }, index) => (max > 0 && minutes < debtMinutesBetweenCalls ? [index] : []));
  if (soon.length === 0) return [];
  return [
    {
      node: node.id,
      path: `config.rules.${soon[0]}.minutes`,
      message: byLaw(
        "RU-230-FRQ",
        "о долге звонят не чаще раза в день: повтор раньше суток правило звонков отклонит",
        "debt calls are limited to one a day: the calling rules deny an earlier retry",
      ),
      fixes: [
        {
          title: { ru: "Повторять через сутки", en: "Retry after a day" },
          edits: soon.map((index) => setConfig(node, ["rules", String(index), "minutes"], debtMinutesBetweenCalls)),
        },
      ],
    },
  ];
}
