import type { AnyStateMachine } from "xstate";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { FlowStore } from "../ports/store.ts";

/** Living machines by flow version: compiled at publish (or first use after a start), shared by all calls. */
export type Machines = {
  get(flow: string, version: number): Promise<{ machine: AnyStateMachine; flow: Flow } | null>;
  put(flow: Flow, version: number): void;
};

const kept = 500;

export function machineCache(store: Pick<FlowStore, "version">): Machines {
  const cache = new Map<string, { machine: AnyStateMachine; flow: Flow }>();
  const put = (flow: Flow, version: number) => {
    const entry = { machine: createFlowMachine(compileFlow(flow)), flow };
    if (cache.size >= kept) cache.delete(cache.keys().next().value!);
    cache.set(`${flow.id}@${version}`, entry);
    return entry;
  };
  return {
    put: (flow, version) => void put(flow, version),
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
