import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Language } from "../language/index.ts";
import type { WaiterName } from "../waiting/index.ts";
import type { Label } from "../schema/values.ts";
import { mark, type PromptMarker } from "./resolve.ts";
import type { StateJson, TransitionJson } from "./machine.ts";

export const apologyState = "~apology";
export const endState = "~ended";

/** Exits that fall to `error` when not wired. */
const fallsToError = new Set(["noInput", "invalid", "timeout"]);

/** What a node's `compile` gets: the only XState-shaped helpers. One kit per node. */
export type Kit = {
  readonly id: string;
  readonly flow: Flow;
  /** Waits for a command of the world or of the caller; leaves by the exit its reducer names. */
  ask(waiter: WaiterName, args: unknown): StateJson;
  /** Decides at once, with the node type's `decide`. */
  branch(args: unknown): StateJson;
  /** Sets the outcome, then goes on as `inner`; its exits lead to the end of the flow. */
  finish(outcome: string, inner: StateJson | null): StateJson;
  /** Shows the last step of a script; the chosen option is disposition and outcome. */
  dispose(args: unknown, options: readonly string[]): StateJson;
  prompt(key: string | undefined): PromptMarker[];
  words(key: string | undefined): unknown;
  /** A label in the call's language; `fallback` when it says nothing. */
  label(label: Label | undefined, fallback: string): unknown;
  text: typeof mark.text;
  cel: typeof mark.cel;
};

export function makeKit(flow: Flow, id: string, type: string, node: FlowNode, exits: readonly string[]): Kit {
  const edges = exits.map((exit) => edge(flow, id, node, exit));
  const all = exits.includes("error") ? edges : [...edges, edge(flow, id, node, "error")];
  const frame = (entry: NonNullable<StateJson["entry"]>, always: TransitionJson[]): StateJson => ({
    entry: [{ type: "enter", params: { path: id } }, ...entry],
    exit: [{ type: "leave", params: { path: id } }],
    always: [{ guard: { type: "halted" }, target: endState }, ...always],
    ...hangupEdge(flow, id, node),
  });
  return {
    id,
    flow,
    ask: (waiter, args) => frame([{ type: "ask", params: { path: id, waiter, args, exits } }], all),
    branch: (args) => frame([{ type: "decide", params: { path: id, node: type, args, exits } }], all),
    finish(outcome, inner) {
      const settle = { type: "settle", params: { outcome } };
      if (!inner) return frame([settle, { type: "decide", params: { path: id, node: "~next", args: {}, exits: ["next"] } }], toEnd(id));
      return { ...inner, entry: [inner.entry![0]!, settle, ...inner.entry!.slice(1)], always: [inner.always![0]!, ...toEnd(id)] };
    },
    dispose(args, options) {
      const always = options.map((exit) => {
        const params = { path: id, exit };
        return {
          guard: { type: "took", params },
          target: endState,
          actions: [
            { type: "dispose", params },
            { type: "take", params },
          ],
        };
      });
      return frame([{ type: "ask", params: { path: id, waiter: "show", args, exits: options } }], [...always, ...toEnd(id)]);
    },
    prompt: (key) => (key ? [promptMarker(flow, key)] : []),
    words: (key) => mark.words(key ? promptMarker(flow, key) : null),
    label: (label, fallback) => labelMarker(flow, label, fallback),
    text: mark.text,
    cel: mark.cel,
  };
}

/** Final nodes end the flow whatever happened to their last command. */
const toEnd = (id: string): TransitionJson[] =>
  ["next", "error"].map((exit) => ({
    guard: { type: "took", params: { path: id, exit } },
    target: endState,
    actions: [{ type: "take", params: { path: id, exit } }],
  }));

/** The edge of one exit, with the fallbacks of house.md §2: noInput/invalid/timeout → error → apology. */
function edge(flow: Flow, id: string, node: FlowNode, exit: string): TransitionJson {
  const guard = { type: "took", params: { path: id, exit } };
  const taken = { type: "take", params: { path: id, exit } };
  const wired = (name: string): string | null => {
    const target = node.exits[name];
    return target !== undefined && target in flow.nodes ? target : null;
  };
  const target = wired(exit) ?? (fallsToError.has(exit) ? wired("error") : null);
  if (target) return { guard, target, reenter: true, actions: [taken] };
  const unhandled = exit === "error" || fallsToError.has(exit);
  const fail = { type: "fail", params: unhandled ? { path: id } : { path: id, code: "dangling-exit" } };
  return { guard, target: flow.kind === "ivr" ? apologyState : endState, actions: [fail, taken] };
}

function hangupEdge(flow: Flow, id: string, node: FlowNode): Pick<StateJson, "on"> {
  const target = node.exits["hangup"];
  if (flow.kind !== "ivr" || !target || !(target in flow.nodes)) return {};
  return { on: { hangup: [{ guard: { type: "present" }, target, reenter: true, actions: [{ type: "hungup", params: {} }] }] } };
}

function labelMarker(flow: Flow, label: Label | undefined, fallback: string): unknown {
  if (typeof label !== "object") return label || fallback;
  const texts = Object.fromEntries(Object.entries(label).flatMap(([language, text]) => (text ? [[language, { text }]] : [])));
  return Object.keys(texts).length === 0 ? fallback : mark.words({ key: fallback, texts, order: flow.languages });
}

/** All texts of a prompt, inlined so that the machine is whole in itself. */
export function promptMarker(flow: Pick<Flow, "prompts" | "languages">, key: string): PromptMarker {
  const texts: PromptMarker["texts"] = {};
  for (const [language, entry] of Object.entries(flow.prompts[key] ?? {})) {
    const { text = "", audio } = typeof entry === "string" ? { text: entry } : (entry ?? {});
    texts[language as Language] = audio ? { text, audio } : { text };
  }
  return { key, texts, order: flow.languages };
}
