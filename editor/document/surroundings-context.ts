import { createContext } from "react";
import type { Surroundings } from "./environment.ts";

/** Symbols of this installation for symbol fields. */
export const SurroundingsContext = createContext<Surroundings>({ calendarsByName: {} });
