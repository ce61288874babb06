import { namedTotals, type NamedTotals } from "../../flows/reports/named-totals.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { callCounter } from "../calls/count-calls.ts";
import { inlinedFlows } from "../calls/inlined-flows.ts";
import type { CallFilter, Store } from "../ports/store.ts";
import type { HttpDeps } from "./deps.ts";

/** Totals of a filter; calls in progress or not counted yet are reported separately. */
export type CallTotals = NamedTotals & { live: number; uncounted: number };

type Named = { flow: Flow; find: FindFlow };

/** Answers with totals of stored calls: new ones are counted first, grouped by the store, named by what is live. */
export function callTotals({ calls }: HttpDeps): (filter: Omit<CallFilter, "limit" | "offset" | "live">) => Promise<CallTotals> {
  const { store, log } = calls;
  const counter = callCounter(calls);
  const documents = new Map<string, Named | null>();
  return async (filter) => {
    await counter.catchUp();
    const { cells, live, uncounted } = await store.calls.totals(filter);
    const played = new Map<string, Named | null>();
    for (const id of new Set(cells.map((cell) => cell.flow))) {
      const read = id === "" ? null : await liveDocument(store, id, documents).catch((error: unknown) => (log(`totals: flow ${id}: ${String(error)}`), null));
      played.set(id, read);
    }
    const find: FindFlow = (id, version) => [...played.values()].map((each) => each?.find(id, version)).find(Boolean) ?? null;
    return { ...namedTotals(cells, (id) => played.get(id)?.flow ?? null, find), live, uncounted };
  };
}

const kept = 200;

/** The live version of a flow, else its draft; a version is read once. */
async function liveDocument(store: Store, id: string, documents: Map<string, Named | null>): Promise<Named | null> {
  const version = await store.flows.alias(id, "live");
  const key = `${id}@${version ?? "draft"}`;
  const known = version === null ? undefined : documents.get(key);
  if (known !== undefined) return known;
  const flow = version === null ? ((await store.flows.draft(id))?.flow ?? null) : await store.flows.version(id, version);
  const named = flow && { flow, find: (await inlinedFlows(store.flows, flow)).find };
  if (documents.size >= kept) documents.delete(documents.keys().next().value!);
  documents.set(key, named);
  return named;
}
