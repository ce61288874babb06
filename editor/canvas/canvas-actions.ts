import { createContext } from "react";

/** What a card can ask of the canvas; a context, so that cards stay memoised. */
export const CanvasActions = createContext<{ toggleExits(id: string): void }>({ toggleExits: () => {} });
