import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Conversation, Given } from "../../flows/simulate/conversation.ts";
import { coverable } from "../../flows/simulate/coverage.ts";
import { findPaths, type PathProgress } from "../../flows/simulate/paths.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** A conversation and the places ("node", "node:exit") that it visits first. */
export type FoundPath = { conversation: Conversation; gains: string[] };
export type MissingPaths = { found: FoundPath[]; uncovered: string[]; runs: number; total: number };
export type SearchFrom = {
  flow: Flow;
  conversations: readonly Conversation[];
  plain: Given;
  find: FindFlow;
  /** Told now and then, within a round too. */
  progress?: (now: PathProgress) => void;
};

/** Calls simulated in each round: what is near is there at once, what is far is looked for longer. */
const rounds = [150, 800, 3_000] as const;
const mostGivens = 12;

/** Searches for paths to unvisited places; yields the results after each round. Deterministic. */
export function* searchPaths({ flow, conversations, plain, find, progress }: SearchFrom): Generator<MissingPaths> {
  const visited = new Set(conversations.flatMap((each) => [...runConversation(flow, each, { find }).visited]));
  const { nodes, exits } = coverable(flow);
  const open = (): string[] => [...nodes, ...exits].filter((place) => !visited.has(place));
  const total = open().length;
  const found: FoundPath[] = [];
  const givens = [...new Map([plain, ...conversations.map((each) => each.given)].map((given) => [JSON.stringify(given), given])).values()].slice(0, mostGivens);
  let runs = 0;
  for (const maxRuns of rounds) {
    const before = runs;
    const paths = findPaths(flow, givens, {
      find,
      maxRuns,
      visited: new Set(visited),
      ...(progress ? { progress: (now) => progress({ ...now, runs: before + now.runs, total }) } : {}),
    });
    runs += paths.runs;
    for (const conversation of paths.conversations) {
      const run = runConversation(flow, conversation, { find });
      const gains = open().filter((place) => run.visited.has(place));
      if (!run.passed || gains.length === 0) continue;
      for (const place of gains) visited.add(place);
      found.push({ conversation, gains });
    }
    yield { found: [...found], uncovered: open(), runs, total };
    if (open().length === 0 || paths.runs < maxRuns) return;
  }
}
