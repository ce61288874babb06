import { callFacts } from "../../flows/reports/call-facts.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { UncountedCall } from "../ports/store.ts";
import type { CallDeps } from "./call-registry.ts";
import { inlinedFlows } from "./inlined-flows.ts";

type Deps = Pick<CallDeps, "store" | "log">;
type Played = { flow: Flow | null; find: FindFlow };

const atOnce = 500;
const keptVersions = 200;

export type CallCounter = {
  /** Counts up to 500 of the latest uncounted calls; the rest are counted in the background, so that no request waits for years of calls. */
  catchUp(): Promise<void>;
};

/** Counts each completed call once for the totals, from its journal; one journal is in memory at a time. */
export function callCounter({ store, log }: Deps): CallCounter {
  const versions = new Map<string, Promise<Played>>();
  let counting: Promise<number> | null = null;
  let behind = false;
  const played = ({ flow, version }: UncountedCall): Promise<Played> => {
    const key = `${flow}@${version}`;
    const known = versions.get(key) ?? playedBy(flow, version, store).catch((error: unknown) => lost(error, key, log));
    if (!versions.has(key) && versions.size >= keptVersions) versions.delete(versions.keys().next().value!);
    versions.set(key, known);
    return known;
  };
  const countSome = async (): Promise<number> => {
    const calls = await store.calls.uncounted(atOnce);
    const counted: Parameters<typeof store.calls.count>[0][number][] = [];
    for (const call of calls) {
      const { flow, find } = await played(call);
      counted.push({ id: call.id, facts: callFacts(flow, await store.calls.journal(call.id), find) });
    }
    await store.calls.count(counted);
    return counted.length;
  };
  const next = (): Promise<number> => (counting ??= countSome().finally(() => (counting = null)));
  /** If it is interrupted (by a server stop), the rest is counted next time. */
  const goOn = async (): Promise<void> => {
    if (behind) return;
    behind = true;
    try {
      while ((await next()) === atOnce);
    } catch (error) {
      log(`totals: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      behind = false;
    }
  };
  return {
    async catchUp() {
      if ((await next()) === atOnce) void goOn();
    },
  };
}

async function playedBy(id: string, version: number, store: Deps["store"]): Promise<Played> {
  const flow = id === "" ? null : await store.flows.version(id, version);
  if (!flow) return { flow: null, find: () => null };
  const { find } = await inlinedFlows(store.flows, flow);
  return { flow, find };
}

function lost(error: unknown, version: string, log: Deps["log"]): Played {
  log(`totals: flow ${version}: ${error instanceof Error ? error.message : String(error)}`);
  return { flow: null, find: () => null };
}
