import type { Localized } from "./values.ts";

/** A design-time problem. Never thrown; shown at its place. */
export type Issue = {
  flow: string;
  /** Path of the node ("greet", or "lookup/ask" in a part), or null when the whole flow is meant. */
  node: string | null;
  /** Rule code: stable, kebab-case. */
  code: string;
  severity: "error" | "warning" | "info";
  message: Required<Localized>;
  /** Place inside the node or document, e.g. "config.when"; with the caret position of an expression. */
  path?: string;
  position?: number;
  /** Possible fixes, most likely first. */
  fixes?: readonly Fix[];
};

/** A path in the document, key by key: ["nodes", "greet", "exits", "next"]. A list item has its index. */
export type DocumentPath = readonly string[];
export type DocumentEdit = { set: DocumentPath; to: unknown } | { remove: DocumentPath };

/** A fix as data: its button title and its edits. Applied by `applyFix`. */
export type Fix = { title: Required<Localized>; edits: readonly DocumentEdit[] };
