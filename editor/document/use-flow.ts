import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import type { FlowState, FlowStore } from "./flow-store.ts";

const StoreContext = createContext<FlowStore | null>(null);
export const FlowStoreProvider = StoreContext.Provider;

export function useFlowStore(): FlowStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("no open flow");
  return store;
}

/** A slice of the open flow's state; re-renders only when it changes. */
export function useFlow<T>(select: (state: FlowState) => T): T {
  const store = useFlowStore();
  const kept = useRef<{ state: FlowState; select: typeof select; value: T } | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.get();
    if (kept.current?.state === state && kept.current.select === select) return kept.current.value;
    const value = select(state);
    kept.current = { state, select, value };
    return value;
  });
}
