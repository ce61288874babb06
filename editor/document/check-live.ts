import { createChecker, type Checker } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import { referencesOf } from "../../flows/compile/references.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { FlowStore } from "./flow-store.ts";

/** Reads the flows that a document plays, and those that they play, by id or id@version. */
export type ReadPlayed = (flow: Flow) => Promise<Record<string, Flow>>;

/**
 * Checks the document in the page shortly after each change. Subflows are loaded when the flow starts to play
 * others; until they are loaded, or if they cannot be loaded, nothing is reported about them.
 */
export function checkLive(store: FlowStore, environment: () => Environment, readPlayed: ReadPlayed): () => void {
  let checker: { of: Environment; with: Played; it: Checker } | null = null;
  let checked: unknown = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  let played: Played = {};
  let asked = "";

  const run = () => {
    timer = null;
    const { whole: flow } = store.get();
    checked = flow;
    const around = environment();
    // What the checker has found out about nodes holds as long as the installation and the flows played are the same.
    if (checker?.of !== around || checker.with !== played) checker = { of: around, with: played, it: createChecker({ ...around, documents: played }) };
    store.setIssues(checker.it.check(flow));
    read(flow);
  };
  const read = (flow: Flow) => {
    const wanted = namesOf(flow);
    if (wanted === asked) return;
    asked = wanted;
    const take = (flows: Played) => {
      if (stopped || asked !== wanted) return;
      played = flows;
      run();
    };
    if (wanted === "") return take({});
    readPlayed(flow).then(
      (flows) => take(Object.fromEntries(Object.values(flows).map((each) => [each.id, each]))),
      // The next change asks again.
      () => void (asked = asked === wanted ? "" : asked),
    );
  };
  const later = () => {
    if (store.get().whole === checked || timer) return;
    timer = setTimeout(run, 160);
  };
  const unsubscribe = store.subscribe(later);
  run();
  return () => {
    stopped = true;
    unsubscribe();
    if (timer) clearTimeout(timer);
  };
}

type Played = Readonly<Record<string, Flow>>;

/** Which flows a document plays, as one word to compare. */
const namesOf = (flow: Flow): string =>
  referencesOf(flow)
    .map(({ flow: id, version }) => `${id}@${version}`)
    .sort()
    .join(" ");
