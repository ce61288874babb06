import type { Choice, DecideView } from "./define-node.ts";
import { nodeTypes } from "./index.ts";

type Decider = (args: unknown, view: DecideView) => Choice;

/** Decisions outside node types: a disabled node, an unknown node, the end. */
const builtIn: Record<string, Decider> = {
  "~next": () => ({ exit: "next" }),
  "~first": (args) => ({ exit: (args as { exit: string }).exit }),
  "~unusable": (args) => ({ exit: "error", fault: { code: "bad-value", message: (args as { problem: string }).problem } }),
};

/** The pure decision of a node type. Throws when the type has none: a bug, not a fault. */
export function deciders(type: string): Decider {
  const decide = builtIn[type] ?? (nodeTypes[type]?.decide as Decider | undefined);
  if (!decide) throw new Error(`node type "${type}" cannot decide`);
  return decide;
}
