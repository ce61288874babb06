import type { Reference } from "./expression-references.ts";
import type { CheckContext, PlacedNode } from "./rule.ts";

/** Names that some expression of the flow reads ("vars.total"), and maps that are read as a whole ("vars"). */
export type FlowReads = { names: ReadonlySet<string>; whole: ReadonlySet<string> };

/** All that the flow's expressions and prompts read, prompts that nothing plays included. */
export const readsOfFlow = (context: CheckContext): FlowReads => context.kept("reads", ["reads", "texts"], () => gather(context));

function gather(context: CheckContext): FlowReads {
  const names = new Set<string>();
  const whole = new Set<string>();
  const take = ({ root, name }: Reference) => (name === null ? whole.add(root) : names.add(`${root}.${name}`));
  for (const { facts } of context.all) if (facts.reads.length > 0) facts.reads.forEach(take);
  for (const prompt of context.prompts.values()) if (prompt.reads.length > 0) prompt.reads.forEach(take);
  return { names, whole };
}

/** Names that a node reads in its form and in its prompts. */
export function eachRead(context: Pick<CheckContext, "prompt">, { facts }: PlacedNode, take: (read: Reference) => void): void {
  for (const read of facts.reads) take(read);
  for (const key of facts.prompts) {
    const reads = context.prompt(key)?.reads;
    if (reads && reads.length > 0) reads.forEach(take);
  }
}
