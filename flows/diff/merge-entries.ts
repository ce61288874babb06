import { below, type Place, type Report } from "./conflict.ts";
import { inOrder, threeOf, unopposed, type Three } from "./merge-value.ts";
import { isRecord, keysOf, type Json } from "./same.ts";

/** How to merge an entry that all three versions have, or that both sides added alike in kind. */
export type MergeEntry = (three: Three, at: Place, report: Report) => unknown;
type Options = {
  /** The same name added twice is one conflict, ours kept whole; else it is merged like any other. */
  addedTwice: "conflict" | "merge";
  /** Set when the order of names means something (a form): two new orders are a conflict there. */
  ordered?: Place;
};

/**
 * Three-way merge of things with names (nodes, texts, variables, parts). Removed on one side and changed on the other:
 * the changed one stays and is reported, so that nothing is lost.
 */
export function mergeEntries(three: Three, at: (name: string) => Place, report: Report, merge: MergeEntry, options: Options): Json {
  const { base, ours, theirs } = three;
  const records = [base, ours, theirs].map((value) => (isRecord(value) ? value : undefined));
  const entry = (name: string): unknown => {
    const own = threeOf(base, ours, theirs, name);
    const plain = unopposed(own);
    if (plain) return plain.value;
    if (own.ours === undefined || own.theirs === undefined) {
      report({ ...at(name), kind: "delete-change", ...own });
      return own.ours ?? own.theirs;
    }
    if (own.base === undefined && options.addedTwice === "conflict") {
      report({ ...at(name), kind: "both-added", ...own });
      return own.ours;
    }
    return merge(own, at(name), report);
  };
  const { value, clash } = inOrder(keysOf(...records), entry, three);
  if (clash && options.ordered) {
    const [b, o, t] = records.map((record) => Object.keys(record ?? {}));
    report({ ...options.ordered, kind: "order", base: b, ours: o, theirs: t });
  }
  return value;
}

/** Places of the entries of one room of the document: "prompts.greeting". */
export const inRoom =
  (room: string) =>
  (name: string): Place =>
    below({ place: room, node: null, field: "" }, name);
