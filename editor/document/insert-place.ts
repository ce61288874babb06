import type { Flow } from "../../flows/schema/flow.ts";
import { unhappyExits, factsOf } from "./node-facts.ts";

/** Position of a new node that is not dropped by hand: after the selection, below existing nodes. */
export function placeAfter(flow: Flow, selected: string | undefined): [number, number] {
  const from = selected ? flow.layout[selected] : undefined;
  if (!from) {
    const places = Object.values(flow.layout);
    if (places.length === 0) return [0, 0];
    return [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([, y]) => y)) + 180];
  }
  const place: [number, number] = [from[0] + 340, from[1]];
  const taken = () => Object.values(flow.layout).some(([x, y]) => Math.abs(x - place[0]) < 260 && Math.abs(y - place[1]) < 130);
  while (taken()) place[1] += 150;
  return place;
}

/** The exit of the selected node to wire the new one to: the first free happy one. */
export function freeExit(flow: Flow, selected: string | undefined): { node: string; exit: string } | undefined {
  if (!selected || !flow.nodes[selected]) return undefined;
  const exits = factsOf(flow, selected, "ru").exits;
  const exit = exits.find((name) => !unhappyExits.has(name) && !(name in flow.nodes[selected]!.exits));
  return exit ? { node: selected, exit } : undefined;
}
