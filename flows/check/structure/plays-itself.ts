import type { Flow } from "../../schema/flow.ts";
import { referencesOf } from "../../compile/references.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";

/** A part or flow that plays itself, directly or through others: a call would never leave it. */
export const playsItself: FlowRule = {
  code: "plays-itself",
  severity: "error",
  needs: ["shape", "head"],
  check(context) {
    const parts = partsPlayed(context.all);
    return context.nodes.flatMap((place) =>
      place.facts.graphs.flatMap(({ part, flow: other }) => {
        const own = place.graph.part;
        const name = part || other;
        const itself = part ? own !== null && (part === own || leadsTo(parts, part, own)) : other !== undefined && flowLeadsTo(context, other);
        if (!itself) return [];
        return [
          {
            node: place.id,
            message: {
              ru: `«${name}» в конце концов проигрывает сама себя: разорвите круг`,
              en: `"${name}" plays itself in a circle: break the circle`,
            },
          },
        ];
      }),
    );
  },
};

/** Which parts each part plays. */
function partsPlayed(all: readonly PlacedNode[]): Map<string, Set<string>> {
  const played = new Map<string, Set<string>>();
  for (const { graph, facts } of all) {
    if (graph.part === null) continue;
    for (const { part } of facts.graphs) if (part) played.set(graph.part, (played.get(graph.part) ?? new Set()).add(part));
  }
  return played;
}

function leadsTo(edges: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    for (const next of edges.get(at) ?? []) {
      if (next === to) return true;
      seen.add(next);
    }
  }
  return false;
}

/** Whether a flow returns to this one, according to the available documents. */
function flowLeadsTo({ flow, environment }: CheckContext, other: string): boolean {
  if (other === flow.id) return true;
  const documents = environment.documents ?? {};
  const seen = new Set([other]);
  for (const id of seen) {
    const document: Flow | undefined = Object.hasOwn(documents, id) ? documents[id] : undefined;
    for (const { flow: next } of document ? referencesOf(document) : []) {
      if (next === flow.id) return true;
      seen.add(next);
    }
  }
  return false;
}
