import { useEffect, type RefObject } from "react";
import { wireOf } from "../canvas/canvas-model.ts";
import { disconnect } from "../document/edits/disconnect.ts";
import { together } from "../document/edits/edit.ts";
import { moveNodes } from "../document/edits/move-nodes.ts";
import { removeNodes } from "../document/edits/remove-nodes.ts";
import { copyNodes, freshNames, paste, type Clip } from "../document/edits/paste.ts";
import type { FlowStore } from "../document/flow-store.ts";
import { promptsElsewhere, promptsOf } from "../document/node-facts.ts";
import { shortcutOf } from "../ui/key-name.ts";
import { neighbour, type Direction } from "./neighbour.ts";

let clip: Clip | null = null;

type Screen = {
  titleRef: RefObject<HTMLInputElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
  closeDrawer(): boolean;
  simulate(): void;
  fit(): void;
  reveal(node: string): void;
};

/** Shortcuts of the flow screen. In a text field only Ctrl+S style shortcuts apply. */
export function useFlowKeys(store: FlowStore, screen: Screen): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, [contenteditable], .monaco-editor, [role=dialog], [role=menu], [role=listbox]") !== null;
      const name = shortcutOf(event);
      if (name === "Ctrl+S") return event.preventDefault();
      if (typing || event.defaultPrevented) return;
      if (actions(store, screen)[name]?.() === undefined) return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}

function actions(store: FlowStore, screen: Screen): Record<string, () => true | undefined> {
  const { flow, selection } = store.get();
  const chosen = selection.nodes;
  const done = (_act: unknown): true => true;
  const arrows = Object.fromEntries(
    (["Left", "Right", "Up", "Down"] as Direction[]).flatMap((direction) => [
      [`Arrow${direction}`, () => go(store, screen, direction)],
      [`Shift+Arrow${direction}`, () => nudge(store, direction)],
    ]),
  );
  return {
    ...arrows,
    "Ctrl+Z": () => done(store.undo()),
    "Ctrl+Y": () => done(store.redo()),
    "Ctrl+Shift+Z": () => done(store.redo()),
    "Ctrl+A": () => done(store.select(Object.keys(flow.nodes))),
    "Ctrl+C": () => (chosen.length > 0 ? done(copy(store)) : undefined),
    "Ctrl+X": () => (chosen.length > 0 ? done([copy(store), remove(store)]) : undefined),
    "Ctrl+V": () => (clip ? done(put(store, clip)) : undefined),
    "Ctrl+D": () => (chosen.length > 0 ? done(put(store, copyNodes(flow, chosen))) : undefined),
    Delete: () => remove(store),
    Backspace: () => remove(store),
    F: () => done(screen.fit()),
    F2: () => done(screen.titleRef.current?.select()),
    Enter: () => (chosen.length === 1 ? done(screen.titleRef.current?.focus()) : undefined),
    "/": () => done(screen.searchRef.current?.focus()),
    Escape: () => (screen.closeDrawer() ? true : done(store.select([]))),
    F5: () => undefined,
    "Ctrl+Enter": () => done(screen.simulate()),
  };
}

function go(store: FlowStore, screen: Screen, direction: Direction): true | undefined {
  const { flow, selection } = store.get();
  const next = neighbour(flow, selection.nodes.at(-1) ?? null, direction);
  if (!next) return undefined;
  store.select([next]);
  screen.reveal(next);
  return true;
}

function nudge(store: FlowStore, direction: Direction): true | undefined {
  const { flow, selection } = store.get();
  if (selection.nodes.length === 0) return undefined;
  const [dx, dy] = { Left: [-20, 0], Right: [20, 0], Up: [0, -20], Down: [0, 20] }[direction] as [number, number];
  store.edit(moveNodes(Object.fromEntries(selection.nodes.map((id) => [id, [(flow.layout[id]?.[0] ?? 0) + dx, (flow.layout[id]?.[1] ?? 0) + dy]]))));
  return true;
}

function copy(store: FlowStore): void {
  const { flow, selection } = store.get();
  clip = copyNodes(flow, selection.nodes);
  void navigator.clipboard?.writeText(JSON.stringify(clip)).catch(() => undefined);
}

function remove(store: FlowStore): true | undefined {
  const { flow, selection } = store.get();
  const cards = selection.nodes.length > 0 ? [removeNodes(selection.nodes, promptsOf(flow), promptsElsewhere(store.get()))] : [];
  const edges = selection.edges.length > 0 ? [disconnect(selection.edges.map(wireOf))] : [];
  if (cards.length + edges.length === 0) return undefined;
  store.edit(together("remove", [...edges, ...cards]));
  store.select([]);
  return true;
}

function put(store: FlowStore, from: Clip): void {
  const { flow } = store.get();
  const names = freshNames(flow.nodes, Object.keys(from.nodes));
  store.edit(paste(from, names, [40, 60]));
  store.select(Object.values(names));
}
