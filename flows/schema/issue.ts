import type { Localized } from "./values.ts";

/** Something wrong at design time. Never thrown; shown at its place. */
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
  /** Ways to mend it, the likeliest first. */
  fixes?: readonly Fix[];
};

/** A way in the document, key by key: ["nodes", "greet", "exits", "next"]. An item of a list is named by its number. */
export type DocumentPath = readonly string[];
export type DocumentEdit = { set: DocumentPath; to: unknown } | { remove: DocumentPath };

/** One mend as data: what it is called on its button, and the edits it makes. Applied by `applyFix`. */
export type Fix = { title: Required<Localized>; edits: readonly DocumentEdit[] };
