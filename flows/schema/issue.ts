import type { Localized } from "./values.ts";

/** Something wrong at design time. Never thrown; shown at its place. */
export type Issue = {
  flow: string;
  /** Node id, or null when the whole flow is meant. */
  node: string | null;
  /** Rule code: stable, kebab-case. */
  code: string;
  severity: "error" | "warning" | "info";
  message: Required<Localized>;
  /** Place inside the node or document, e.g. "config.when"; with the caret position of an expression. */
  path?: string;
  position?: number;
};
