import { createContext } from "react";
import type { Surroundings } from "./environment.ts";

/** Names that this installation binds: what symbol fields offer. */
export const SurroundingsContext = createContext<Surroundings>({ calendarsByName: {} });
