import { reach } from "../call-graph.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";
import { readsOfFlow } from "../variable-reads.ts";

const asking = ["menu", "collect-digits", "collect-speech"];

/** Asks for known data: the number of a caller with caller ID, or the same question twice on one path. */
export const asksKnown: FlowRule = {
  code: "asks-known",
  severity: "warning",
  needs: ["shape", "wires", "forms", "texts", "head"],
  check: (context) => (context.flow.kind === "ivr" ? [...phoneAsked(context), ...askedTwice(context)] : []),
};

function phoneAsked(context: CheckContext): Finding[] {
  const { names, whole } = readsOfFlow(context);
  if (names.has("caller.number") || whole.has("caller") || names.has("contact.phone") || whole.has("contact")) return [];
  const digits = context.ofType("collect-digits").filter(({ config }) => (config as { validate: string }).validate === "phone");
  const forms = context
    .ofType("collect-form")
    .filter(({ config }) => (config as { questions: { kind: string }[] }).questions.some((item) => item.kind === "phone"));
  return [...digits, ...forms].map(({ id }) => ({
    node: id,
    message: {
      ru: "спрашиваем телефон, хотя номер звонящего известен (caller.number): предложите сначала его",
      en: "asks for a phone number although the caller ID is known (caller.number): offer that number first",
    },
  }));
}

type Asked = { prompt: string; saveAs?: string };

function askedTwice(context: CheckContext): Finding[] {
  const twice = context.kept("asks-known", ["shape", "forms"], () => sameQuestions(context));
  // Few questions are asked twice; a limit keeps degenerate flows linear.
  return twice.slice(0, 20).flatMap((places) => secondOnPath(context, places));
}

/** Places of nodes that ask the same, where there are several. */
function sameQuestions(context: CheckContext): number[][] {
  const byQuestion = new Map<string, CheckedNode[]>();
  for (const node of asking.flatMap((type) => context.ofType(type))) {
    const { prompt, saveAs } = node.config as Asked;
    if (!saveAs || node.node.enabled === false) continue;
    const key = `${prompt} ${saveAs}`;
    const same = byQuestion.get(key);
    if (same) same.push(node);
    else byQuestion.set(key, [node]);
  }
  return [...byQuestion.values()].filter((nodes) => nodes.length > 1).map((nodes) => nodes.map(context.placeOf));
}

/** The first question that is reached by answering another one of the same words. */
function secondOnPath({ graph, all }: CheckContext, [place, ...rest]: readonly number[]): Finding[] {
  const unhappy = new Set(["noInput", "invalid", "error", "hangup", "abandoned"]);
  const first = all[place!]!;
  const answered = Object.keys(first.node.exits).flatMap((exit) => (unhappy.has(exit) ? [] : [graph.exit(place!, exit)]));
  const after = reach(graph.forward, answered, (to) => to !== place);
  const found = rest.find((each) => after[each] === 1);
  if (found === undefined) return [];
  const again = all[found]!;
  const { saveAs } = again.facts.config as Asked;
  return [
    {
      node: again.id,
      message: {
        ru: `«${saveAs}» уже спросили в «${first.id}»: используйте тот ответ`,
        en: `"${saveAs}" is already asked in "${first.id}": use that answer`,
      },
    },
  ];
}
