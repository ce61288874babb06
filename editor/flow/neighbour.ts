import type { Flow } from "../../flows/schema/flow.ts";

export type Direction = "Left" | "Right" | "Up" | "Down";

/** The node that an arrow key goes to: the nearest one in that direction, straight ones first; edges count as near. */
export function neighbour(flow: Flow, from: string | null, direction: Direction): string | null {
  if (from === null || !flow.nodes[from]) return flow.start in flow.nodes ? flow.start : (Object.keys(flow.nodes)[0] ?? null);
  const [x0, y0] = flow.layout[from] ?? [0, 0];
  const wired = new Set(
    direction === "Right"
      ? Object.values(flow.nodes[from].exits)
      : direction === "Left"
        ? Object.keys(flow.nodes).filter((id) => Object.values(flow.nodes[id]!.exits).includes(from))
        : [],
  );
  let best: string | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const id of Object.keys(flow.nodes)) {
    if (id === from) continue;
    const [x, y] = flow.layout[id] ?? [0, 0];
    const [dx, dy] = [x - x0, y - y0];
    const [along, across] = direction === "Right" ? [dx, dy] : direction === "Left" ? [-dx, dy] : direction === "Down" ? [dy, dx] : [-dy, dx];
    if (along <= 0) continue;
    const cost = along + 2 * Math.abs(across) - (wired.has(id) ? 10_000 : 0);
    if (cost < bestCost) [best, bestCost] = [id, cost];
  }
  return best;
}
