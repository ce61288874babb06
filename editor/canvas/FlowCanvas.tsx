import {
  Background,
  BackgroundVariant,
  ControlButton,
  Controls,
  MiniMap,
  ReactFlow,
  useReactFlow,
  useStoreApi,
  type Connection,
  type NodeChange,
  type EdgeChange,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconSitemap } from "../ui/icons.ts";
import { CanvasActions } from "./canvas-actions.ts";
import { canvasLabels, wireNames } from "./canvas-labels.ts";
import { card, cardsOf, fitting, wireOf, wiresOf, type CardNode, type Overlay, type Wire, type ViewOptions } from "./canvas-model.ts";
import classes from "./canvas.module.css";
import { exitLabel } from "./exit-label.ts";
import { FlowEdge } from "./FlowEdge.tsx";
import { FlowNode } from "./FlowNode.tsx";

const nodeTypes = { card: FlowNode };
const edgeTypes = { wire: FlowEdge };
const noProblems: ViewOptions["problems"] = new Map();
const nothing: readonly string[] = [];
export const dragType = "application/x-sufler-node";

export type CanvasEdits = {
  select(nodes: readonly string[], edges: readonly string[]): void;
  move(places: Record<string, [number, number]>): void;
  connect(from: string, exit: string, to: string): void;
  reconnect(old: { from: string; exit: string }, next: { from: string; exit: string; to: string }): void;
  drop(type: string, at: [number, number]): void;
  insert(edge: string, screen: { x: number; y: number }): void;
  /** An edge was let go over empty canvas. */
  dangle(from: string, exit: string, screen: { x: number; y: number }, at: [number, number]): void;
  layout(cards: ReturnType<typeof cardsOf>): void;
  open(): void;
};

type Props = {
  flow: Flow;
  language: string;
  selected?: readonly string[];
  selectedEdges?: readonly string[];
  problems?: ViewOptions["problems"];
  overlay?: Overlay | null;
  /** Absent: the canvas only shows. */
  edits?: CanvasEdits;
  /** Bring this node into view whenever `turn` changes. */
  focus?: { node: string; turn: number } | null;
  onPick?: (node: string) => void;
};

export function FlowCanvas({
  flow,
  language,
  selected = nothing,
  selectedEdges = nothing,
  problems = noProblems,
  overlay = null,
  edits,
  focus,
  onPick,
}: Props) {
  const { t, language: screen } = useWords();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [dragged, setDragged] = useState<Record<string, { x: number; y: number }>>({});
  const instance = useReactFlow<CardNode, Wire>();
  const box = useRef<HTMLDivElement>(null);
  const cards = useMemo(
    () => cardsOf(flow, { language, screen, opened, problems, overlay, exitLabel: (exit, of, id) => exitLabel(exit, of, id, language, t) }),
    [flow, language, opened, problems, overlay, t, screen],
  );
  const nodes = useCards(flow, cards, selected, dragged, t("canvas.card"));
  const labels = useMemo(() => canvasLabels(t), [t]);
  const wires = useMemo(
    () => wiresOf(flow, overlay, new Set(selectedEdges), !edits, wireNames(cards, t), edits?.insert),
    [flow, cards, overlay, selectedEdges, edits, t],
  );
  const { applySelection, onEdgesChange } = useSelection(selected, selectedEdges, edits);

  const toggleExits = useCallback(
    (id: string) =>
      setOpened((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const actions = useMemo(() => ({ toggleExits }), [toggleExits]);
  useEffect(() => setDragged({}), [flow.layout]);
  useEffect(() => {
    const place = focus && flow.layout[focus.node];
    if (place) void instance.setCenter(place[0] + 124, place[1] + 60, { zoom: Math.max(instance.getZoom(), 0.8), duration: 160 });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when asked again
  }, [focus?.turn, focus?.node]);

  useNamedAttribution(box);
  useFollowActive(flow, overlay?.active ?? null, box);

  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    const moved = changes.flatMap((change) => (change.type === "position" && change.position ? [[change.id, change.position] as const] : []));
    if (moved.length > 0 && edits) setDragged((before) => ({ ...before, ...Object.fromEntries(moved) }));
    applySelection(changes, "nodes");
  };
  const wired = (connection: Connection) => ({ from: connection.source, exit: connection.sourceHandle ?? "next", to: connection.target });

  return (
    <CanvasActions value={actions}>
      <div
        className={classes.canvas}
        ref={box}
        onDragOver={(event) => edits && event.preventDefault()}
        onDrop={(event) => {
          const type = event.dataTransfer.getData(dragType);
          if (!type || !edits) return;
          event.preventDefault();
          const at = instance.screenToFlowPosition({ x: event.clientX, y: event.clientY });
          edits.drop(type, [Math.round(at.x - 124), Math.round(at.y - 18)]);
        }}
      >
        <ReactFlow<CardNode, Wire>
          nodes={nodes}
          edges={wires}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onInit={(opened) => void opened.fitView(fitting)}
          ariaLabelConfig={labels}
          onNodeDragStop={(_event, _node, moved) => edits?.move(rounded(moved))}
          onSelectionDragStop={(_event, moved) => edits?.move(rounded(moved))}
          onConnect={(connection) => {
            const { from, exit, to } = wired(connection);
            edits?.connect(from, exit, to);
          }}
          onReconnect={(old, connection) => edits?.reconnect(wireOf(old.id), wired(connection))}
          onConnectEnd={(event, state) => {
            if (state.isValid || !state.fromNode || state.fromHandle?.type !== "source" || !edits || state.toNode) return;
            const point = "changedTouches" in event ? event.changedTouches[0]! : event;
            const at = instance.screenToFlowPosition({ x: point.clientX, y: point.clientY });
            edits.dangle(state.fromNode.id, state.fromHandle.id ?? "next", { x: point.clientX, y: point.clientY }, [Math.round(at.x), Math.round(at.y - 18)]);
          }}
          onNodeDoubleClick={() => edits?.open()}
          onNodeClick={(_event, node) => onPick?.(node.id)}
          nodesDraggable={Boolean(edits)}
          nodesConnectable={Boolean(edits)}
          edgesReconnectable={Boolean(edits)}
          elementsSelectable={Boolean(edits) || Boolean(onPick)}
          deleteKeyCode={null}
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          selectionOnDrag={false}
          multiSelectionKeyCode={["Shift", "Control", "Meta"]}
          selectionKeyCode="Shift"
          snapToGrid
          snapGrid={[4, 4]}
          minZoom={0.05}
          maxZoom={1.6}
          onlyRenderVisibleElements
          connectionRadius={28}
          zoomOnDoubleClick={false}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
          <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitting}>
            {edits && (
              <ControlButton onClick={() => edits.layout(cards)} title={t("canvas.layout")} aria-label={t("canvas.layout")}>
                <IconSitemap />
              </ControlButton>
            )}
          </Controls>
          {nodes.length > 6 && nodes.length < 2000 && <Overview label={t("canvas.minimap")} />}
        </ReactFlow>
      </div>
    </CanvasActions>
  );
}

/** What is chosen, from the changes that the library tells of nodes and of edges in turn. */
function useSelection(selected: readonly string[], selectedEdges: readonly string[], edits: CanvasEdits | undefined) {
  const inside = useStoreApi();
  const selection = useRef({ nodes: selected, edges: selectedEdges });
  selection.current = { nodes: selected, edges: selectedEdges };
  const applySelection = (changes: readonly (NodeChange<CardNode> | EdgeChange<Wire>)[], kind: "nodes" | "edges") => {
    const chosen = new Set(selection.current[kind]);
    let changed = false;
    for (const change of changes) {
      if (change.type !== "select") continue;
      changed = true;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    if (!changed) return;
    selection.current = { ...selection.current, [kind]: [...chosen] };
    edits?.select(selection.current.nodes, selection.current.edges);
  };
  // The library adds the edges of the cards in a selection box; the box takes cards only.
  const boxing = () => inside.getState().userSelectionRect !== null;
  const onEdgesChange = (changes: readonly EdgeChange<Wire>[]) =>
    applySelection(boxing() ? changes.filter((change) => change.type === "select" && !change.selected) : changes, "edges");
  return { applySelection, onEdgesChange };
}

function Overview({ label }: { label: string }) {
  return (
    <MiniMap
      pannable
      zoomable
      position="bottom-right"
      nodeColor={(node) => `var(--group-${(node as CardNode).data.group})`}
      maskColor="transparent"
      style={{ width: 140, height: 90 }}
      ariaLabel={label}
    />
  );
}

const rounded = (moved: readonly CardNode[]): Record<string, [number, number]> =>
  Object.fromEntries(moved.map((node) => [node.id, [Math.round(node.position.x), Math.round(node.position.y)]]));

/** The library names the link to its makers in English. */
function useNamedAttribution(box: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => box.current?.querySelector(".react-flow__attribution a")?.setAttribute("aria-label", "React Flow"), [box]);
}

/** Keeps the node that is being played in sight. */
function useFollowActive(flow: Flow, active: string | null, box: React.RefObject<HTMLDivElement | null>) {
  const instance = useReactFlow();
  useEffect(() => {
    const place = active ? flow.layout[active] : undefined;
    const size = box.current?.getBoundingClientRect();
    if (!place || !size) return;
    const { x, y, zoom } = instance.getViewport();
    const [left, top] = [place[0] * zoom + x, place[1] * zoom + y];
    const inside = left > 8 && top > 8 && left + card.width * zoom < size.width - 8 && top + 110 * zoom < size.height - 8;
    if (!inside) void instance.setCenter(place[0] + card.width / 2, place[1] + 60, { zoom: Math.max(zoom, 0.6), duration: 160 });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when another node plays
  }, [active]);
}

/** Nodes for the canvas library; a card that did not change stays the same object, so it does not render again. */
function useCards(
  flow: Flow,
  cards: ReturnType<typeof cardsOf>,
  selected: readonly string[],
  dragged: Record<string, { x: number; y: number }>,
  role: string,
): CardNode[] {
  const kept = useRef(new Map<string, { signature: string; node: CardNode }>());
  return useMemo(() => {
    const chosen = new Set(selected);
    const next = new Map<string, { signature: string; node: CardNode }>();
    for (const [id, { data, width, height, handles }] of cards) {
      const [x, y] = flow.layout[id] ?? [0, 0];
      const position = dragged[id] ?? { x, y };
      const signature = JSON.stringify([data, position, height, chosen.has(id), role]);
      const before = kept.current.get(id);
      if (before?.signature === signature) {
        next.set(id, before);
        continue;
      }
      // Sizes are known without measuring: cards out of sight count when the view is fitted.
      const size = { width, height, measured: { width, height }, handles };
      const domAttributes = { "aria-roledescription": role };
      next.set(id, { signature, node: { id, type: "card", ariaRole: "group", position, ...size, data, domAttributes, selected: chosen.has(id) } });
    }
    kept.current = next;
    return [...next.values()].map((item) => item.node);
  }, [flow, cards, selected, dragged, role]);
}
