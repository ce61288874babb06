/** Facts about nodes that the oracle knows on its own: what they decide without waiting, and their exits. */
export type Doc = { kind: string; start: string; nodes: Record<string, DocNode>; parts: Record<string, { start: string; nodes: Record<string, DocNode> }> };
export type DocNode = { type: string; config: Record<string, unknown>; exits: Record<string, string>; retries?: number };

/** What a decision reads and writes of the call. */
type Call = { vars: Record<string, unknown>; turns: Map<string, number>; outcome: string | null };

/** What a node that waits for nothing decides; null when it asks the world. */
export function decide(node: DocNode, path: string, around: Record<string, DocNode>, call: Call): { exit: string; faulted: boolean; code: string } | null {
  const config = node.config;
  const exit = (name: string) => ({ exit: name, faulted: false, code: "" });
  const fault = (code: string) => ({ exit: "error", faulted: true, code });
  if (node.type === "condition") {
    const value = conditions[String(config["when"])]?.(call.vars);
    return value === undefined ? fault("expression") : exit(value ? "yes" : "no");
  }
  if (node.type === "set") {
    for (const { name, value } of config["assign"] as { name: string; value: string }[]) call.vars[name] = value.slice(1, -1);
    return exit("next");
  }
  if (node.type === "loop") {
    const turn = call.turns.get(path) ?? 0;
    const on = turn < Number(config["times"]);
    call.turns.set(path, on ? turn + 1 : 0);
    return exit(on ? "again" : "done");
  }
  if (node.type === "outcome") {
    call.outcome ??= String(config["outcome"]);
    return exit("next");
  }
  if (node.type === "goto") return String(config["node"]) in around ? exit("next") : fault("bad-value");
  if (node.type === "finish" || node.type === "on-hangup" || node.type === "on-error") return exit("next");
  return node.type === "unknown-type" ? fault("bad-value") : null;
}

/** A variable that no node of the flow can save does not exist: asking for it is a fault. */
const conditions: Record<string, (vars: Record<string, unknown>) => boolean | undefined> = {
  true: () => true,
  "vars.n == '1'": (vars) => ("n" in vars ? vars["n"] === "1" : undefined),
};

export function exitsOf(node: DocNode): string[] {
  if (node.type === "menu") return [...(node.config["choices"] as { key: string }[]).map((item) => item.key), "noInput", "invalid"];
  const fixed: Record<string, string[]> = {
    say: ["next"],
    wait: ["next"],
    hangup: ["next"],
    "collect-digits": ["ok", "noInput", "invalid"],
    http: ["ok", "clientError", "serverError", "timeout"],
    transfer: node.config["mode"] === "blind" ? ["ok", "rejected"] : ["ok", "busy", "noAnswer", "rejected"],
  };
  return fixed[node.type] ?? [];
}
