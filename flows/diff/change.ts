/** Kinds of changes: stable, for programs. `message` is the text for people. */
export const changeKinds = [
  "flow-id",
  "flow-kind",
  "flow-title",
  "flow-start",
  "flow-setting",
  "language-added",
  "language-removed",
  "languages-order",
  "outcome-added",
  "outcome-removed",
  "outcomes-order",
  "input-added",
  "input-removed",
  "input-changed",
  "inputs-order",
  "variable-added",
  "variable-removed",
  "variable-changed",
  "variables-order",
  "node-added",
  "node-removed",
  "node-renamed",
  "node-type",
  "node-title",
  "node-enabled",
  "node-setting",
  "node-config",
  "node-order",
  "node-moved",
  "exit-added",
  "exit-removed",
  "exit-rewired",
  "prompt-added",
  "prompt-removed",
  "prompt-changed",
  "part-added",
  "part-removed",
  "part-setting",
  "part-start",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A difference and its place, before it is put into words. */
export type FoundChange = {
  kind: ChangeKind;
  /** Path in the document; items of lists go by their key: "nodes.choose.config.choices[1].value". */
  place: string;
  /** Node path: "choose", in a part "lookup/choose"; the old path of a removed node, the new path of a renamed node. */
  node: string | null;
  /** Place inside that node, prompt (its language), input or variable; null for the whole object. */
  field: string | null;
  /** Undefined if there was, or is, no value. */
  before?: unknown;
  after?: unknown;
};

export const changeGroups = ["flow", "nodes", "exits", "texts", "inputs", "variables", "outcomes", "parts"] as const;
export type ChangeGroup = (typeof changeGroups)[number];
export type ChangeMark = "+" | "-" | "~";

/** One difference between two versions of a flow. */
export type FlowChange = FoundChange & { group: ChangeGroup; mark: ChangeMark; message: { ru: string; en: string } };

export type FlowDiff = {
  isEmpty: boolean;
  changes: FlowChange[];
  /** Nodes moved on the canvas; the call is not affected. */
  moved: FlowChange[];
};
