import type { Flow } from "../../flows/schema/flow.ts";
import { card, type cardsOf } from "./canvas-model.ts";

const gap = 28;

/**
 * Positions for overlapping cards: each one is moved below the others in its column, in the author's order.
 * Empty when nothing overlaps.
 */
export function untangle(flow: Flow, cards: ReturnType<typeof cardsOf>): Record<string, [number, number]> {
  const placed: { x: number; y: number; bottom: number }[] = [];
  const moved: Record<string, [number, number]> = {};
  const order = Object.keys(flow.nodes).sort((a, b) => (flow.layout[a]?.[1] ?? 0) - (flow.layout[b]?.[1] ?? 0));
  for (const id of order) {
    const [x, wanted] = flow.layout[id] ?? [0, 0];
    const height = cards.get(id)?.height ?? 100;
    let y = wanted;
    for (const other of placed) {
      const sameColumn = Math.abs(other.x - x) < card.width + 16;
      if (sameColumn && y < other.bottom && y + height > other.y) y = other.bottom + gap;
    }
    if (y !== wanted) moved[id] = [x, y];
    placed.push({ x, y, bottom: y + height });
    placed.sort((a, b) => a.y - b.y);
  }
  return moved;
}

/** The same flow with separated cards, for display only. */
export function untangled(flow: Flow, cards: ReturnType<typeof cardsOf>): Flow {
  return { ...flow, layout: { ...flow.layout, ...untangle(flow, cards) } };
}

/** Places for cards that have none, in a row under the others. */
export function below(flow: Flow, cards: ReturnType<typeof cardsOf>, ids: readonly string[]): Record<string, [number, number]> {
  const placed = Object.entries(flow.layout).filter(([id]) => id in flow.nodes);
  const left = Math.min(...placed.map(([, [x]]) => x));
  const top = Math.max(...placed.map(([id, [, y]]) => y + (cards.get(id)?.height ?? 100)));
  return Object.fromEntries(ids.map((id, index) => [id, [left + index * (card.width + 92), top + gap * 2]]));
}
