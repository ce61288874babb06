/**
 * The floor: a loop written by hand for one kind of flow, mutable, without journal, faults, type-ahead, scopes, saving or
 * hang-up. FROZEN: figures of different versions are compared against it. Do not improve it, do not extend it.
 */
type Event = { type: string; id?: string; digit?: string; exit?: string };
type Node = { type: string; config: Record<string, unknown>; exits: Record<string, string> };
export type LoopState = { node: string; phase: "play" | "wait"; digits: string; counter: number; vars: Record<string, unknown>; path: string[]; done: boolean };

export function loopStart(nodes: Record<string, Node>, start: string): LoopState {
  const state: LoopState = { node: "", phase: "play", digits: "", counter: 0, vars: {}, path: [], done: false };
  enter(nodes, state, start);
  return state;
}

export function loopStep(nodes: Record<string, Node>, state: LoopState, event: Event): void {
  const node = nodes[state.node]!;
  if (node.type === "say") {
    if (event.type === "played") leave(nodes, state, node, "next");
  } else if (node.type === "http") {
    if (event.type === "reply") leave(nodes, state, node, event.exit!);
  } else if (event.type === "played") state.phase = "wait";
  else if (event.type === "digit") digit(nodes, state, node, event.digit!);
}

function digit(nodes: Record<string, Node>, state: LoopState, node: Node, key: string): void {
  if (node.type === "menu") {
    const choice = (node.config["choices"] as { key: string; value: string }[]).find((item) => item.key === key);
    if (!choice) return;
    state.vars[node.config["saveAs"] as string] = choice.value || key;
    leave(nodes, state, node, key);
    return;
  }
  if (key !== "#") {
    state.digits += key;
    return;
  }
  state.vars[node.config["saveAs"] as string] = state.digits;
  leave(nodes, state, node, "ok");
}

function leave(nodes: Record<string, Node>, state: LoopState, node: Node, exit: string): void {
  enter(nodes, state, node.exits[exit]!);
}

function enter(nodes: Record<string, Node>, state: LoopState, start: string): void {
  let id = start;
  for (;;) {
    const node = nodes[id]!;
    state.path.push(id);
    state.node = id;
    state.phase = "play";
    state.digits = "";
    if (node.type === "hangup") {
      state.done = true;
      return;
    }
    if (node.type === "set") {
      for (const item of node.config["assign"] as { name: string; value: string }[]) state.vars[item.name] = Number(item.value);
      id = node.exits["next"]!;
    } else if (node.type === "condition") {
      // The only condition of the bench: "vars.turn > 0".
      id = node.exits[(state.vars["turn"] as number) > 0 ? "yes" : "no"]!;
    } else {
      state.counter++;
      return;
    }
  }
}
