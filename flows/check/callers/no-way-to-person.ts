import { cheapest } from "../call-graph.ts";
import { sortOf } from "../node-sorts.ts";
import type { FlowRule } from "../rule.ts";
import { menuPlaces } from "./menu-depth.ts";

const choices = 3;
/** Calls that only inform or survey people do not need a way to reach a person. */
const without = new Set(["survey", "information", "reminder", "advertising"]);

/** A voice menu from which no person is reached within three choices: no queue, transfer, callback or message. */
export const noWayToPerson: FlowRule = {
  code: "no-way-to-person",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { flow, all, graph } = context;
    if (flow.kind !== "ivr" || context.ofType("menu").length === 0 || without.has(flow.passport?.purpose ?? "")) return [];
    const menus = menuPlaces(context);
    const passed = cheapest(graph.next, [graph.start], (place) => menus[place]!, choices);
    const reached = all.findIndex((_node, place) => menus[place] === 1 && passed[place] !== Number.POSITIVE_INFINITY);
    if (reached < 0) return [];
    const person = all.some(({ node, facts }, place) => {
      if (passed[place] === Number.POSITIVE_INFINITY || node.enabled === false) return false;
      // The content of another flow is unknown: it may lead to a person.
      return sortOf(node.type).person === true || facts.graphs.some(({ part }) => part === undefined);
    });
    if (person) return [];
    return [
      {
        node: all[reached]!.id,
        message: {
          ru: "за три выбора отсюда не попасть к человеку: добавьте очередь, перевод, перезвон или запись сообщения",
          en: "callers cannot reach a person within three choices: add a queue, a transfer, a callback or a recorded message",
        },
      },
    ];
  },
};
