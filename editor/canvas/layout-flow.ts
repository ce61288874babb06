import type { Flow } from "../../flows/schema/flow.ts";
import type { cardsOf } from "./canvas-model.ts";

type ElkNode = { id: string; x?: number; y?: number; children?: ElkNode[] };

/** Arranges all nodes left to right with elk, in its own worker. The start node keeps its position. */
export async function layoutFlow(flow: Flow, cards: ReturnType<typeof cardsOf>): Promise<Record<string, [number, number]>> {
  const [{ default: ELK }, { default: ElkWorker }] = await Promise.all([import("elkjs/lib/elk-api.js"), import("elkjs/lib/elk-worker.min.js?worker")]);
  const elk = new ELK({ workerFactory: () => new ElkWorker() });
  const port = (id: string, exit: string) => `${id}\u0000${exit}`;
  const graph = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.layered.spacing.nodeNodeBetweenLayers": "90",
      "elk.spacing.nodeNode": "36",
      "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.spacing.componentComponent": "80",
    },
    children: [...cards].map(([id, { width, height, handles }]) => ({
      id,
      width,
      height,
      layoutOptions: { "elk.portConstraints": "FIXED_POS" },
      ports: handles.map((handle) => ({ id: port(id, handle.id ?? "in"), x: handle.x + 6, y: handle.y + 6, width: 0, height: 0 })),
    })),
    edges: Object.entries(flow.nodes).flatMap(([from, node]) =>
      Object.entries(node.exits)
        .filter(([, to]) => to in flow.nodes)
        .map(([exit, to]) => ({ id: port(from, exit), sources: [port(from, exit)], targets: [port(to, "in")] })),
    ),
  };
  try {
    const placed = (await elk.layout(graph)) as ElkNode;
    return Object.fromEntries((placed.children ?? []).map((node) => [node.id, [Math.round(node.x ?? 0), Math.round(node.y ?? 0)]]));
  } finally {
    elk.terminateWorker();
  }
}
