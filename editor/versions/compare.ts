import { changeGroups, type ChangeGroup, type FlowChange, type FlowDiff } from "../../flows/diff/change.ts";
import { playedPrompts } from "../../flows/nodes/define-node.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { FlowVersionRow } from "../api/index.ts";

/** A side of a comparison: the current draft, or a published version by its number. */
export type Side = "draft" | number;

export const sideOf = (value: string | null): Side => (value === null || value === "draft" ? "draft" : Number(value));

/** What a person most likely wants to see: from the live version, else the newest one, to the draft. Null before the first publication. */
export function firstSides(versions: readonly FlowVersionRow[], live: number | null): { from: Side; to: Side } | null {
  const newest = Math.max(0, ...versions.map((row) => row.version));
  const from = live ?? newest;
  return from > 0 ? { from, to: "draft" } : null;
}

/** Changes under their headings, in the order of the headings. */
export function grouped(diff: FlowDiff): { group: ChangeGroup; changes: FlowChange[] }[] {
  return changeGroups.map((group) => ({ group, changes: diff.changes.filter((change) => change.group === group) })).filter(({ changes }) => changes.length > 0);
}

/** The card of a change on the canvas: its node, or for a node of a part the card that plays the part; null if there is none. */
export function cardOf(flow: Flow, change: FlowChange): string | null {
  if (change.node === null) return cardOfText(flow, change);
  if (Object.hasOwn(flow.nodes, change.node)) return change.node;
  const [part] = change.node.split("/");
  return Object.keys(flow.nodes).find((id) => partsOf(flow, id).includes(part!)) ?? null;
}

/** A text shows on the card that plays it. */
function cardOfText(flow: Flow, { group, field }: FlowChange): string | null {
  if (group !== "texts" || field === null) return null;
  const key = field.replace(/\.(ru|en)$/, "");
  return Object.keys(flow.nodes).find((id) => promptsOf(flow, id).includes(key)) ?? null;
}

/** Marks of cards on the canvas: new and changed. A card that only moved has no mark. */
export function marksOf(flow: Flow, diff: FlowDiff): ReadonlyMap<string, "added" | "changed"> {
  const marks = new Map<string, "added" | "changed">();
  for (const change of diff.changes) {
    const card = cardOf(flow, change);
    if (card !== null && marks.get(card) !== "added") marks.set(card, change.kind === "node-added" && change.node === card ? "added" : "changed");
  }
  return marks;
}

function formOf(flow: Flow, id: string) {
  const node = flow.nodes[id]!;
  const definition = Object.hasOwn(nodeTypes, node.type) ? nodeTypes[node.type] : undefined;
  const parsed = definition?.config.safeParse(node.config);
  return definition && parsed?.success ? { definition, config: parsed.data as never } : null;
}

function partsOf(flow: Flow, id: string): string[] {
  const form = formOf(flow, id);
  return (form?.definition.graphs?.(form.config) ?? []).flatMap(({ part }) => (part ? [part] : []));
}

function promptsOf(flow: Flow, id: string): string[] {
  const form = formOf(flow, id);
  return form ? playedPrompts(form.definition, form.config) : [];
}
