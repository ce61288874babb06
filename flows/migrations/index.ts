import { flowFormat } from "../schema/flow.ts";
import type { Migration, RawDocument } from "./migration.ts";
import { wrapUp } from "./001-wrap-up.ts";
import { milestone } from "./002-milestone.ts";

/** The explicit list, in order of execution. */
export const migrations: readonly Migration[] = [wrapUp, milestone];

export type Upgraded = { document: unknown } | { newer: number };

/**
 * Converts a document from an older format to the current one; a document in the current format, or without one, is returned unchanged and left
 * to the schema. Pure, never throws. A newer format is reported separately, because its document cannot be parsed here.
 */
export function upgrade(document: object): Upgraded {
  const raw: RawDocument = Object.fromEntries(Object.entries(document));
  const format = raw["sufler"];
  if (typeof format !== "number" || !Number.isInteger(format) || format < 1 || format === flowFormat) return { document };
  if (format > flowFormat) return { newer: format };
  const due = migrations.filter((each) => each.from >= format);
  const reached = due.reduce((value, each) => each.up(value), raw);
  return { document: { ...reached, sufler: flowFormat } };
}
