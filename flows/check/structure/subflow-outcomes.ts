import { setConfig, unwire, wire } from "../fixes/places.ts";
import { partPlaces } from "../part-places.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";

type Config = { outcomes: { exit: string }[] };

/** Compares inner outcomes with the exits of the node: an unreachable exit, an outcome without its own exit. */
export const subflowOutcomes: FlowRule = {
  code: "subflow-outcomes",
  severity: "warning",
  needs: ["shape", "wires", "forms", "head"],
  check: (context) => [...context.ofType("subflow"), ...context.ofType("race")].flatMap((node) => compare(context, node)),
};

function compare(context: CheckContext, node: CheckedNode): Finding[] {
  const inner = innerOutcomes(context, node);
  const exits = (node.config as Config).outcomes.map((item) => item.exit);
  if (inner === null || exits.length === 0) return [];
  const dead = exits.flatMap((exit, index) => (inner.has(exit) || exit === "error" ? [] : [deadExit(context, node, exit, index)]));
  const loose = [...inner].filter((outcome) => !exits.includes(outcome) && outcome !== "next");
  return [...dead, ...loose.map((outcome, index) => looseOutcome(node, outcome, exits.length + index))];
}

function deadExit(context: CheckContext, node: CheckedNode, exit: string, index: number): Finding {
  const wired = Object.hasOwn(node.node.exits, exit);
  const spare = endsWithout(context, context.placeOf(node));
  return {
    node: node.id,
    path: `config.outcomes.${index}.exit`,
    message: { ru: `итога «${exit}» внутри нет: этот выход не сработает`, en: `the flow inside has no outcome "${exit}": this exit is never taken` },
    fixes: !spare
      ? []
      : [
          {
            title: { ru: `Убрать выход «${exit}»`, en: `Remove exit "${exit}"` },
            edits: [{ remove: [...setPath(node), String(index)] }, ...(wired ? [unwire(node, exit)] : [])],
          },
        ],
  };
}

/** Whether `next` reaches an end without passing this node again; otherwise the exit is the only visible way out. */
function endsWithout({ graph, all }: CheckContext, place: number): boolean {
  const seen = new Set([graph.exit(place, "next")]);
  for (const at of seen) {
    const node = all[at];
    if (!node || at === place) continue;
    if (node.facts.definition?.final || node.node.type === "finish") return true;
    for (const to of graph.local[at]!) seen.add(to);
  }
  return false;
}

function looseOutcome(node: CheckedNode, outcome: string, index: number): Finding {
  const to = node.node.exits["next"];
  const next = to !== undefined && Object.hasOwn(node.graph.nodes, to) ? to : null;
  const whole = (node.config as Config).outcomes;
  const title = { ru: `Завести выход «${outcome}»`, en: `Add exit "${outcome}"` };
  return {
    node: node.id,
    severity: "info",
    path: "config.outcomes",
    message: {
      ru: `итог «${outcome}» выходит через next вместе с остальными: заведите ему выход, если он важен`,
      en: `outcome "${outcome}" leaves by next with the others: add an exit for it if you need one`,
    },
    ...(next === null || index > 99
      ? {}
      : { fixes: [{ title, edits: [setConfig(node, ["outcomes"], [...whole, { exit: outcome }]), wire(node, outcome, next)] }] }),
  };
}

const setPath = (node: CheckedNode): string[] => {
  const edit = setConfig(node, ["outcomes"], null);
  return [...("set" in edit ? edit.set : [])];
};

/** Outcomes by which the inner graphs can end; null when one of them is not known here. */
function innerOutcomes(context: CheckContext, node: CheckedNode): Set<string> | null {
  const { all, environment } = context;
  const outcomes = new Set<string>();
  for (const { part, flow } of node.facts.graphs) {
    const places = part ? partPlaces(context).get(part) : undefined;
    const documents = environment.documents ?? {};
    const document = !part && flow !== undefined && Object.hasOwn(documents, flow) ? documents[flow] : undefined;
    if (part ? !places || places.length === 0 : !document) return null;
    for (const place of places ?? []) if (all[place]!.node.type === "finish") all[place]!.facts.outcomes.forEach((outcome) => outcomes.add(outcome));
    document?.outcomes.forEach((outcome) => outcomes.add(outcome));
  }
  return outcomes;
}
