import type { AnyStateMachine } from "xstate";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { inlinedFlows } from "./inlined-flows.ts";
import type { FlowStore } from "../ports/store.ts";

/** Machines by flow version: compiled on publishing (or on first use after a start) and shared by all calls. */
export type Machines = {
  get(flow: string, version: number): Promise<{ machine: AnyStateMachine; flow: Flow } | null>;
  put(flow: Flow, version: number): Promise<void>;
};

const kept = 500;

export function machineCache(store: Pick<FlowStore, "version" | "alias">): Machines {
  const cache = new Map<string, { machine: AnyStateMachine; flow: Flow }>();
  const put = async (flow: Flow, version: number) => {
    const { find } = await inlinedFlows(store, flow);
    const entry = { machine: createFlowMachine(compileFlow(flow, find)), flow };
    if (cache.size >= kept) cache.delete(cache.keys().next().value!);
    cache.set(`${flow.id}@${version}`, entry);
    return entry;
  };
  return {
    put: async (flow, version) => void (await put(flow, version)),
    async get(id, version) {
      const key = `${id}@${version}`;
      const found = cache.get(key);
      if (found) {
        cache.delete(key);
        cache.set(key, found);
        return found;
      }
      const flow = await store.version(id, version);
      return flow ? put(flow, version) : null;
    },
  };
}
