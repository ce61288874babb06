import { pinKey } from "../../flows/compile/containers.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { explore, type Exploration } from "../../flows/simulate/explore.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Conversation, Given } from "../../flows/simulate/conversation.ts";
import { searchPaths, type MissingPaths } from "./search-paths.ts";

type World = { flow: Flow; flows: Record<string, Flow>; conversations: Conversation[]; plain: Given };
export type SearchQuestion = World & ({ look: "paths" } | { look: "callers"; callers: number; seed: number });
export type SearchAnswer = { paths: MissingPaths } | { callers: Exploration } | { done: true } | { error: string };

const tell = (answer: SearchAnswer): void => self.postMessage(answer);

/** Simulates thousands of calls beside the page; one question per worker, stopped by ending the worker. */
self.addEventListener("message", ({ data }: MessageEvent<SearchQuestion>) => {
  try {
    answer(data);
    tell({ done: true });
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
});

function answer(question: SearchQuestion): void {
  const { flow, flows, conversations, plain } = question;
  const find: FindFlow = (id, version) => flows[pinKey(id, version)] ?? null;
  if (question.look === "paths") {
    for (const paths of searchPaths({ flow, conversations, plain, find })) tell({ paths });
    return;
  }
  const givens = [plain, ...conversations.map((each) => each.given)];
  tell({ callers: explore(flow, { callers: question.callers, seed: question.seed, givens, find }) });
}
