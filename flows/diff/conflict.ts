/**
 * Reasons for a conflict: `same-field` changed twice · `delete-change` removed by one side, changed by the other ·
 * `both-added` one name, different content · `order` one list in two orders · `dangling` leads to something removed ·
 * `still-needed` removed by one side, played by a node of the other · `limit` the result is out of bounds.
 */
export const conflictKinds = ["same-field", "delete-change", "both-added", "order", "dangling", "still-needed", "limit"] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** Where a value stands: path in the document, node path or null, place inside the node or the document. */
export type Place = { place: string; node: string | null; field: string | null };

export type FoundConflict = Place & {
  kind: ConflictKind;
  /** Absent (undefined) where that version has nothing there. */
  base?: unknown;
  ours?: unknown;
  theirs?: unknown;
};

/** A place for a person to decide; the merged flow contains ours, or the changed version if one side removed it. */
export type MergeConflict = FoundConflict & { message: { ru: string; en: string } };

export type Report = (conflict: FoundConflict) => void;

/** A place below another: a key, or an item of a list ("[1]"). */
export const below = ({ place, node, field }: Place, key: string): Place => {
  const join = (path: string) => (path === "" || key.startsWith("[") ? path + key : `${path}.${key}`);
  return { place: join(place), node, field: join(field ?? "") };
};
