import type { Fix } from "../../schema/issue.ts";
import type { FlowRule } from "../rule.ts";

/** A node that plays a missing part or flow, or none at all. */
export const unknownPart: FlowRule = {
  code: "unknown-part",
  severity: "error",
  needs: ["shape", "head"],
  check: ({ nodes, flow }) =>
    nodes.flatMap(({ id, facts }) =>
      facts.graphs.flatMap(({ part, flow: other, name }) => {
        const where = { ru: name ? `ветвь «${name}»: ` : "", en: name ? `branch "${name}": ` : "" };
        const say = (ru: string, en: string) => [{ node: id, message: { ru: where.ru + ru, en: where.en + en } }];
        if (part !== undefined && part !== "") {
          if (Object.hasOwn(flow.parts, part)) return [];
          return say(`нет части «${part}»: создайте её или выберите другую`, `part "${part}" does not exist: create it or choose another`).map((finding) => ({
            ...finding,
            fixes: makePart(part),
          }));
        }
        if (!other) return say("не выбрано, что проиграть: укажите часть или другой сценарий", "nothing to play: choose a part or another flow");
        // unknown-symbol reports a flow that the installation does not know; the available files may be incomplete.
        return [];
      }),
    ),
};

/** An empty part that ends at once, for the author to fill. */
function makePart(part: string): Fix[] {
  const end = { type: "finish", config: { outcome: "done" }, exits: {} };
  const to = { start: "end", nodes: { end }, layout: { end: [0, 0] } };
  return [{ title: { ru: `Создать часть «${part}»`, en: `Create part "${part}"` }, edits: [{ set: ["parts", part], to }] }];
}
