import type { Flow } from "../../flows/schema/flow.ts";
import type { Issue } from "../../flows/schema/issue.ts";
import type { Edit } from "./edits/edit.ts";
import { viewOf, wholeOf } from "./part-view.ts";

export type SavedState = "saved" | "dirty" | "saving" | "offline" | "conflict";
/** The selection on the canvas. `field` asks the inspector to open a field, for example "config.when". */
export type Selection = { nodes: readonly string[]; edges: readonly string[]; field?: string | undefined; turn: number };

export type FlowState = {
  /** What the canvas shows: the flow, or one of its parts in its place (`part-view.ts`). */
  flow: Flow;
  /** The document: saved, checked, published and played. */
  whole: Flow;
  part: string | null;
  revision: number;
  past: readonly Step[];
  future: readonly Step[];
  saved: SavedState;
  issues: readonly Issue[];
  selection: Selection;
  /** Language of the prompt texts shown and edited. */
  language: "ru" | "en";
};
type Step = { inverse: Edit; merge: string | undefined; at: number; part: string | null };

const nothing: Selection = { nodes: [], edges: [], turn: 0 };
const mergeMs = 1200;
const kept = 200;

/** The open document with undo, selection and save state. One immutable state, listeners on change. */
export class FlowStore {
  private current: FlowState;
  private readonly listeners = new Set<() => void>();

  private readonly now: () => number;

  constructor(flow: Flow, revision: number, language: "ru" | "en", now: () => number = () => Date.now()) {
    this.now = now;
    const shown = flow.languages.includes(language) ? language : (flow.languages[0] ?? "ru");
    this.current = { flow, whole: flow, part: null, revision, past: [], future: [], saved: "saved", issues: [], selection: nothing, language: shown };
  }

  readonly get = (): FlowState => this.current;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private set(change: Partial<FlowState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Applies an edit. Typing in one place within a second is one undo step. */
  edit(edit: Edit): void {
    const { past, whole } = this.current;
    const part = edit.whole ? null : this.current.part;
    const view = viewOf(whole, part);
    const { flow: next, inverse } = edit.apply(view);
    if (next === view) return;
    const last = past.at(-1);
    const at = this.now();
    const merged = last && edit.merge && last.merge === edit.merge && last.part === part && at - last.at < mergeMs;
    const steps = merged ? [...past.slice(0, -1), { ...last, at }] : [...past.slice(-kept), { inverse, merge: edit.merge, at, part }];
    this.set({ ...this.seen(wholeOf(whole, part, next), this.current.part), past: steps, future: [], saved: "dirty" });
  }

  /** Positions cards without a position, without saving or an undo step. */
  place(places: Readonly<Record<string, [number, number]>>): void {
    const { flow, whole, part } = this.current;
    this.set(this.seen(wholeOf(whole, part, { ...flow, layout: { ...places, ...flow.layout } }), part));
  }

  undo(): boolean {
    return this.travel("past", "future");
  }
  redo(): boolean {
    return this.travel("future", "past");
  }

  private travel(from: "past" | "future", to: "past" | "future"): boolean {
    const step = this.current[from].at(-1);
    if (!step) return false;
    const { whole } = this.current;
    const { flow, inverse } = step.inverse.apply(viewOf(whole, step.part));
    // What is taken back is shown: the part it was done in comes to the front.
    const seen = this.seen(wholeOf(whole, step.part, flow), step.part);
    const exists = (id: string) => id in seen.flow.nodes;
    const selection = { ...this.current.selection, nodes: this.current.selection.nodes.filter(exists), edges: [] };
    const steps = { [from]: this.current[from].slice(0, -1), [to]: [...this.current[to], { inverse, merge: undefined, at: 0, part: step.part }] };
    this.set({ ...seen, saved: "dirty", selection, ...steps });
    return true;
  }

  /** The state with another document: the part shown stays, unless it is gone. */
  private seen(whole: Flow, wanted: string | null): Pick<FlowState, "flow" | "whole" | "part"> {
    const part = wanted !== null && wanted in whole.parts ? wanted : null;
    return { whole, part, flow: viewOf(whole, part) };
  }

  /** Shows a part of the flow, or with null the flow itself. */
  openPart(part: string | null): void {
    const { whole } = this.current;
    if (part === this.current.part || (part !== null && !(part in whole.parts))) return;
    this.set({ part, flow: viewOf(whole, part), selection: nothing });
  }

  select(nodes: readonly string[], edges: readonly string[] = [], field?: string): void {
    const { selection } = this.current;
    if (field === undefined && same(nodes, selection.nodes) && same(edges, selection.edges)) return;
    this.set({ selection: { nodes, edges, field, turn: field === undefined ? selection.turn : selection.turn + 1 } });
  }

  setIssues(issues: readonly Issue[]): void {
    this.set({ issues });
  }
  setSaved(saved: SavedState, revision?: number): void {
    this.set(revision === undefined ? { saved } : { saved, revision });
  }
  setLanguage(language: "ru" | "en"): void {
    this.set({ language });
  }
  /** Replaces our draft with the server's version. */
  take(flow: Flow, revision: number): void {
    this.set({ flow, whole: flow, part: null, revision, past: [], future: [], saved: "saved", selection: nothing });
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, index) => item === b[index]);
