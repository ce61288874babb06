import type { FlowLanguage } from "../../schema/flow.ts";
import type { DocumentEdit, Fix } from "../../schema/issue.ts";
import { addNode, freeId, localId, nodePath } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";

const screen = 350;

/** One step, one screen: at most 350 characters of speech. */
export const stepLength: FlowRule = {
  code: "step-length",
  severity: "warning",
  needs: ["shape", "wires", "looks", "forms", "texts", "head"],
  check: (context) =>
    context.ofType("step").flatMap((node) => {
      const longest = Math.max(0, ...(context.prompt((node.config as { say: string }).say)?.texts ?? []).map(({ text }) => text.length));
      if (longest <= screen) return [];
      return [
        {
          node: node.id,
          message: {
            ru: `${longest} знаков речи на одном шаге; на экран помещается ${screen}`,
            en: `${longest} characters of speech in one step; a screen fits ${screen}`,
          },
          fixes: split(context, node),
        },
      ];
    }),
};

/** Two steps, one after the other: the second half of the words with everything that the operator fills in and chooses. */
function split(context: CheckContext, node: CheckedNode): Fix[] {
  const { flow, all } = context;
  const key = (node.config as { say: string }).say;
  const players = all.filter(({ facts }) => facts.prompts.includes(key)).length;
  const halves = Object.entries(flow.prompts[key] ?? {}).map(
    ([language, entry]) => [language as FlowLanguage, typeof entry === "string" ? halved(entry) : null] as const,
  );
  if (players !== 1 || halves.length === 0 || halves.some(([, half]) => half === null)) return [];
  const id = freeId(node.graph, `${localId(node).slice(0, 30)}-2`);
  const rest = freeKey(flow.prompts, `${key.slice(0, 30)}-2`);
  const second = Object.fromEntries(halves.map(([language, half]) => [language, half![1]]));
  const edits: DocumentEdit[] = [
    ...halves.map(([language, half]) => ({ set: ["prompts", key, language], to: half![0] })),
    { set: ["prompts", rest], to: second },
    ...addNode(node.graph, id, { ...node.node, config: { ...node.node.config, say: rest } }, localId(node)),
    { set: [...nodePath(node), "config"], to: { say: key } },
    { set: [...nodePath(node), "exits"], to: { next: id } },
  ];
  return [{ title: { ru: "Разделить на два шага", en: "Split into two steps" }, edits }];
}

/** The text split at the end of the sentence nearest to its middle; null if a half does not fit on a screen. */
function halved(text: string): [string, string] | null {
  const ends = [...text.matchAll(/[.!?…]["»)]?\s+/g)].map((match) => match.index + match[0].length).filter((at) => outsideBraces(text, at));
  const [middle] = ends.sort((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2));
  if (middle === undefined) return null;
  const [first, second] = [text.slice(0, middle).trim(), text.slice(middle).trim()];
  return first !== "" && second !== "" && first.length <= screen && second.length <= screen ? [first, second] : null;
}

const outsideBraces = (text: string, at: number): boolean => text.lastIndexOf("{{", at) <= text.lastIndexOf("}}", at);

function freeKey(prompts: object, base: string): string {
  for (let n = 0; ; n++) if (!Object.hasOwn(prompts, n === 0 ? base : `${base}-${n}`)) return n === 0 ? base : `${base}-${n}`;
}
