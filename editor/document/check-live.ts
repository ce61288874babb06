import { createChecker, type Checker } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import type { FlowStore } from "./flow-store.ts";

/** Checks the document shortly after each change, in the page. */
export function checkLive(store: FlowStore, environment: () => Environment): () => void {
  let checker: { of: Environment; it: Checker } | null = null;
  let checked: unknown = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = () => {
    timer = null;
    const { whole: flow } = store.get();
    checked = flow;
    const around = environment();
    // What the checker has found out about nodes holds as long as the installation is the same.
    if (checker?.of !== around) checker = { of: around, it: createChecker(around) };
    store.setIssues(checker.it.check(flow));
  };
  const later = () => {
    if (store.get().whole === checked || timer) return;
    timer = setTimeout(run, 160);
  };
  const unsubscribe = store.subscribe(later);
  run();
  return () => {
    unsubscribe();
    if (timer) clearTimeout(timer);
  };
}
