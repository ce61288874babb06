import { Position, type Edge, type Node } from "@xyflow/react";
import type { Flow } from "../../flows/schema/flow.ts";
import type { NodeGroup } from "../../flows/nodes/define-node.ts";
import { factsOf, titleOf, unhappyExits } from "../document/node-facts.ts";

export const card = { width: 248, head: 36, summary: 40, row: 24, foot: 6, handle: 12 } as const;
export const moreHandle = "…";
/** Options for fitting the whole flow into view. */
export const fitting = { padding: 0.08, maxZoom: 1, minZoom: 0.05 } as const;

export type ExitRow = { name: string; unhappy: boolean; label: string };
export type CardData = {
  title: string;
  type: string;
  icon: string;
  group: NodeGroup | "unknown";
  summary: string;
  exits: ExitRow[];
  folded: number;
  canFold: boolean;
  start: boolean;
  disabled: boolean;
  final: boolean;
  severity: "error" | "warning" | null;
  problems: number;
  /** 1-based numbers of the steps that visited it, newest last. */
  steps: number[];
  active: boolean;
  covered: "none" | "part" | "full" | null;
  /** Against another version: new, or another than there. */
  changed: "added" | "changed" | null;
};
export type CardNode = Node<CardData, "card">;
export type WireData = { steps: number[]; unhappy: boolean; readOnly: boolean; insert?: (edge: string, at: { x: number; y: number }) => void };
export type Wire = Edge<WireData, "wire">;

/** Overlay of a simulation, a call, tests or a comparison on the flow. */
export type Overlay = {
  active: string | null;
  visits: readonly { node: string; exit: string | null }[];
  visited?: ReadonlySet<string>;
  changed?: ReadonlyMap<string, "added" | "changed">;
};

export type ViewOptions = {
  /** Of the texts. */
  language: string;
  /** Of our own words; by default that of the texts. */
  screen?: string;
  opened: ReadonlySet<string>;
  problems: ReadonlyMap<string, { severity: "error" | "warning"; count: number }>;
  overlay: Overlay | null;
  exitLabel(exit: string, flow: Flow, id: string): string;
};

/** Exit rows of a card: regular exits always, error exits if used or expanded. */
export function exitRows(
  flow: Flow,
  id: string,
  options: Pick<ViewOptions, "opened" | "language" | "exitLabel">,
): { rows: ExitRow[]; folded: number; canFold: boolean } {
  const { exits } = factsOf(flow, id, options.language);
  const used = flow.nodes[id]!.exits;
  const open = options.opened.has(id);
  const shown = exits.filter((exit) => open || !unhappyExits.has(exit) || exit in used);
  const unused = exits.filter((exit) => unhappyExits.has(exit) && !(exit in used)).length;
  return {
    rows: shown.map((name) => ({ name, unhappy: unhappyExits.has(name), label: options.exitLabel(name, flow, id) })),
    folded: exits.length - shown.length,
    canFold: open && unused > 0,
  };
}

export function cardHeight(data: Pick<CardData, "summary" | "exits" | "folded" | "canFold">): number {
  const rows = data.exits.length + (data.folded > 0 || data.canFold ? 1 : 0);
  return card.head + (data.summary ? card.summary : 0) + rows * card.row + card.foot;
}

/** Where the handle of each row is, from the card's top left corner. */
export function handleY(data: Pick<CardData, "summary">, row: number): number {
  return card.head + (data.summary ? card.summary : 0) + row * card.row + card.row / 2;
}

export function cardsOf(
  flow: Flow,
  options: ViewOptions,
): Map<string, { data: CardData; width: number; height: number; handles: NonNullable<CardNode["handles"]> }> {
  const steps = new Map<string, number[]>();
  options.overlay?.visits.forEach((visit, index) => steps.set(visit.node, [...(steps.get(visit.node) ?? []), index + 1]));
  return new Map(Object.keys(flow.nodes).map((id) => [id, cardOf(flow, id, options, steps.get(id) ?? [])]));
}

function cardOf(flow: Flow, id: string, options: ViewOptions, steps: number[]) {
  const node = flow.nodes[id]!;
  const facts = factsOf(flow, id, options.language, options.screen);
  const { rows, folded, canFold } = exitRows(flow, id, options);
  const problem = options.problems.get(id);
  const data: CardData = {
    title: titleOf(flow, id, options.language, options.screen),
    type: node.type,
    icon: facts.definition?.icon ?? "IconBug",
    group: facts.definition?.group ?? "unknown",
    summary: facts.summary,
    exits: rows,
    folded,
    canFold,
    start: flow.start === id,
    disabled: node.enabled === false,
    final: facts.definition?.final ?? false,
    severity: problem?.severity ?? null,
    problems: problem?.count ?? 0,
    steps,
    active: options.overlay?.active === id,
    covered: coverOf(flow, id, options.overlay),
    changed: options.overlay?.changed?.get(id) ?? null,
  };
  const height = cardHeight(data);
  const size = { width: card.handle, height: card.handle };
  const handles: NonNullable<CardNode["handles"]> = [
    { id: "in", type: "target", position: Position.Left, x: -card.handle / 2, y: card.head / 2 - card.handle / 2, ...size },
    ...rows.map((row, index) => ({
      id: row.name,
      type: "source" as const,
      position: Position.Right,
      x: card.width - card.handle / 2,
      y: handleY(data, index) - card.handle / 2,
      ...size,
    })),
  ];
  return { data, width: card.width, height, handles };
}

function coverOf(flow: Flow, id: string, overlay: Overlay | null): CardData["covered"] {
  if (!overlay?.visited) return null;
  if (!overlay.visited.has(id)) return "none";
  return Object.keys(flow.nodes[id]!.exits).every((exit) => overlay.visited!.has(`${id}:${exit}`)) ? "full" : "part";
}

export const wireId = (from: string, exit: string): string => `${from}:${exit}`;
export function wireOf(id: string): { from: string; exit: string } {
  const at = id.indexOf(":");
  return { from: id.slice(0, at), exit: id.slice(at + 1) };
}

/** Screen reader text of an edge. */
export type WireNames = { role: string; nameOf(from: string, exit: string, to: string): string };

export function wiresOf(
  flow: Flow,
  overlay: Overlay | null,
  selected: ReadonlySet<string>,
  readOnly: boolean,
  names: WireNames,
  insert?: WireData["insert"],
): Wire[] {
  const steps = new Map<string, number[]>();
  overlay?.visits.forEach((visit, index) => {
    if (visit.exit) steps.set(wireId(visit.node, visit.exit), [...(steps.get(wireId(visit.node, visit.exit)) ?? []), index + 1]);
  });
  return Object.entries(flow.nodes).flatMap(([from, node]) =>
    Object.entries(node.exits)
      .filter(([, to]) => to in flow.nodes)
      .map(([exit, to]): Wire => {
        const id = wireId(from, exit);
        const taken = steps.get(id) ?? [];
        return {
          id,
          source: from,
          sourceHandle: exit,
          target: to,
          targetHandle: "in",
          type: "wire",
          ariaLabel: names.nameOf(from, exit, to),
          domAttributes: { "aria-roledescription": names.role },
          selected: selected.has(id),
          zIndex: taken.length > 0 ? 2 : 0,
          data: { steps: taken, unhappy: unhappyExits.has(exit), readOnly, ...(insert ? { insert } : {}) },
        };
      }),
  );
}
