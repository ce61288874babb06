import { createContext } from "react";

/** Canvas actions for cards, as a context, so that cards stay memoised. */
export const CanvasActions = createContext<{ toggleExits(id: string): void }>({ toggleExits: () => {} });
