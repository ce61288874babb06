import { checkFlow } from "../../../flows/check/index.ts";
import type { Flow } from "../../../flows/schema/flow.ts";
import { median, timed } from "./timing.ts";

/** A whole check, and a check again after one node was edited. */
export function checkTimes(flow: Flow, rounds: number): { nodes: number; wholeMs: number; editedMs: number } {
  const whole = median(Array.from({ length: Math.min(rounds, 7) }, () => timed(() => checkFlow(flow))));
  const edited = median(Array.from({ length: rounds }, () => timed(() => checkFlow(flow))));
  return { nodes: Object.keys(flow.nodes).length, wholeMs: whole, editedMs: edited };
}
