import "../no-eval.ts";
import { pinKey } from "../../flows/compile/containers.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { explore, type Exploration } from "../../flows/simulate/explore.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Conversation, Given } from "../../flows/simulate/conversation.ts";
import type { PathProgress } from "../../flows/simulate/paths.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { searchPaths, type MissingPaths } from "./search-paths.ts";

type World = { flow: Flow; flows: Record<string, Flow>; conversations: Conversation[]; plain: Given };
export type SearchQuestion = World & ({ look: "paths" } | { look: "callers"; callers: number; seed: number } | { look: "tests" });
/** What a test came to, as far as the panel shows it. */
export type TestRun = { passed: boolean; failures: string[]; visited: Set<string>; path: string[] };
export type SearchAnswer =
  | { paths: MissingPaths }
  | { progress: PathProgress }
  | { callers: Exploration }
  | { tests: { index: number; run: TestRun }[] }
  | { done: true }
  | { error: string };

/** Results are collected for this long before they are reported, so that the page does not render each one separately. */
const gatheredMs = 150;

const tell = (answer: SearchAnswer): void => self.postMessage(answer);

/** Simulates thousands of calls outside the page thread; one request per worker, stopped by ending the worker. */
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
    for (const paths of searchPaths({ flow, conversations, plain, find, progress: (progress) => tell({ progress }) })) tell({ paths });
    return;
  }
  if (question.look === "tests") return runTests(flow, conversations, find);
  const givens = [plain, ...conversations.map((each) => each.given)];
  tell({ callers: explore(flow, { callers: question.callers, seed: question.seed, givens, find }) });
}

function runTests(flow: Flow, conversations: readonly Conversation[], find: FindFlow): void {
  let gathered: { index: number; run: TestRun }[] = [];
  let toldAt = performance.now();
  conversations.forEach((conversation, index) => {
    gathered.push({ index, run: testRun(flow, conversation, find) });
    if (performance.now() - toldAt < gatheredMs && index < conversations.length - 1) return;
    tell({ tests: gathered });
    gathered = [];
    toldAt = performance.now();
  });
}

/** A test that breaks the player is a test that failed; the others are still run. */
function testRun(flow: Flow, conversation: Conversation, find: FindFlow): TestRun {
  try {
    const { passed, failures, visited, result } = runConversation(flow, conversation, { find });
    return { passed, failures, visited, path: result.path.map((visit) => visit.node) };
  } catch (error) {
    return { passed: false, failures: [error instanceof Error ? error.message : String(error)], visited: new Set(), path: [] };
  }
}
