import { useMemo, type RefObject } from "react";
import type { CanvasEdits } from "../canvas/FlowCanvas.tsx";
import { layoutFlow } from "../canvas/layout-flow.ts";
import { wireOf } from "../canvas/canvas-model.ts";
import { addNode } from "../document/edits/add-node.ts";
import { connect } from "../document/edits/connect.ts";
import { moveNodes } from "../document/edits/move-nodes.ts";
import { reconnect } from "../document/edits/reconnect.ts";
import type { FlowStore } from "../document/flow-store.ts";
import { freeExit, placeAfter } from "../document/insert-place.ts";
import { freshNode } from "../document/new-node.ts";
import { attempt } from "../ui/notify.ts";

/** Where a node chosen from the quick list goes. */
export type QuickPlace = { x: number; y: number; after?: { node: string; exit: string }; at?: [number, number]; onEdge?: boolean };

/** Adds a node of a type, wires it, chooses it. */
export function insertNode(
  store: FlowStore,
  type: string,
  place: { at?: [number, number] | undefined; after?: { node: string; exit: string } | undefined; onEdge?: boolean | undefined } = {},
): string {
  const { flow, selection } = store.get();
  const selected = selection.nodes.at(-1);
  const { id, node, prompts, firstExit } = freshNode(flow, type);
  const after = place.after ?? (place.at || type === "on-hangup" ? undefined : freeExit(flow, selected));
  const at = place.at ?? placeAfter(flow, after?.node ?? selected);
  store.edit(addNode({ id, node, at, prompts, ...(after ? { after } : {}), ...(place.onEdge && firstExit ? { through: firstExit } : {}) }));
  store.select([id]);
  return id;
}

export function useCanvasEdits(
  store: FlowStore,
  quick: (place: QuickPlace) => void,
  titleRef: RefObject<HTMLInputElement | null>,
  reveal: (node: string) => void,
): CanvasEdits {
  return useMemo<CanvasEdits>(
    () => ({
      select: (nodes, edges) => store.select(nodes, edges),
      move: (places) => store.edit(moveNodes(places)),
      connect: (from, exit, to) => store.edit(connect(from, exit, to)),
      reconnect: (old, next) => store.edit(reconnect(old, next)),
      drop: (type, at) => void insertNode(store, type, { at }),
      insert(edge, screen) {
        const { from, exit } = wireOf(edge);
        const { flow } = store.get();
        const [x0, y0] = flow.layout[from] ?? [0, 0];
        const [x1, y1] = flow.layout[flow.nodes[from]?.exits[exit] ?? ""] ?? [x0 + 340, y0];
        quick({
          ...screen,
          after: { node: from, exit },
          at: [Math.round((x0 + x1) / 2), Math.round((y0 + y1) / 2 + (Math.abs(x1 - x0) < 560 ? 120 : 0))],
          onEdge: true,
        });
      },
      dangle: (from, exit, screen, at) => quick({ ...screen, after: { node: from, exit }, at }),
      layout(cards) {
        void attempt(async () => {
          const places = await layoutFlow(store.get().flow, cards);
          store.edit(moveNodes(places));
          const { start } = store.get().flow;
          reveal(start);
        });
      },
      open: () => titleRef.current?.focus(),
    }),
    [store, quick, titleRef, reveal],
  );
}
