import { addNode, freeId, localId, wire } from "../fixes/places.ts";
import { heardPrompts, sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { DocumentEdit, Fix } from "../../schema/issue.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";

const notice = /(?<![а-яё])запис[а-яё]*|record/iu;
const text = { ru: "Разговор записывается.", en: "This call is recorded." };

/** The call is recorded, and the caller can talk without having been told. */
export const recordWithoutNotice: FlowRule = {
  code: "record-without-notice",
  severity: "warning",
  needs: ["shape", "wires", "looks", "forms", "texts", "head"],
  check: (context) =>
    context.flow.kind !== "ivr"
      ? []
      : context.nodes.flatMap((node) => {
          if (!records(node) || !talksUntold(context, node)) return [];
          return [
            {
              node: node.id,
              path: "config.record",
              message: {
                ru: "разговор записывается, а звонящему об этом не сказали: предупредите в первой фразе",
                en: "the call is recorded, but the caller is not told: say so in the first prompt",
              },
              fixes: sayFirst(context, node),
            },
          ];
        }),
};

function records({ node, config }: CheckedNode): boolean {
  const { record, action } = config as { record?: boolean; action?: string };
  return node.enabled !== false && (node.type === "record-control" ? action === "start" : (node.type === "start" || node.type === "answer") && record === true);
}

/** Whether the call can reach a conversation from the start, or from here, without a notice of the recording. */
function talksUntold(context: CheckContext, from: CheckedNode): boolean {
  const { graph, all } = context;
  const told = (place: number): boolean => {
    const node = all[graph.nodeAt(place)]!;
    return isSound(node) && heardPrompts(node).some((key) => context.prompt(key)?.texts.some((each) => notice.test(each.text)));
  };
  const seen = new Set([context.placeOf(from)]);
  for (const place of seen) {
    if (told(place)) continue;
    const sort = sortOf(all[graph.nodeAt(place)]!.node.type);
    if (sort.listens || sort.person) return !toldBefore(context, context.placeOf(from), told);
    for (const to of graph.next[place]!) seen.add(to);
  }
  return false;
}

/** Every path to the recording has passed a notice. */
function toldBefore({ graph }: CheckContext, place: number, told: (place: number) => boolean): boolean {
  const seen = new Set([graph.start]);
  for (const at of seen) {
    if (told(at)) continue;
    if (at === place) return false;
    for (const to of graph.next[at] ?? []) seen.add(to);
  }
  return true;
}

/** A phrase between the node and where its `next` leads. */
function sayFirst({ flow }: CheckContext, node: CheckedNode): Fix[] {
  const to = node.node.exits["next"];
  if (to === undefined || !Object.hasOwn(node.graph.nodes, to)) return [];
  const id = freeId(node.graph, "recording-notice");
  const key = "recording-notice";
  if (Object.hasOwn(flow.prompts, key)) return [];
  const prompt = Object.fromEntries(flow.languages.map((language) => [language, text[language]]));
  const edits: DocumentEdit[] = [
    { set: ["prompts", key], to: prompt },
    ...addNode(node.graph, id, { type: "say", config: { prompt: key, bargeIn: false }, exits: { next: to } }, localId(node)),
    wire(node, "next", id),
  ];
  return [{ title: { ru: "Добавить фразу «Разговор записывается»", en: 'Add the phrase "This call is recorded"' }, edits }];
}
