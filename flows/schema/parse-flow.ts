import { flowSchema, type Flow } from "./flow.ts";
import type { Issue } from "./issue.ts";
import { limits } from "./limits.ts";

export type ParsedFlow = { flow: Flow; issues: Issue[] } | { flow: null; issues: Issue[] };

/**
 * Reads a flow document at the door: bounded, shape-checked, never throwing. Configs of nodes are checked by
 * the rules of `check`, so that a half-drawn flow can still be opened and saved.
 */
export function parseFlow(source: string | object): ParsedFlow {
  let value: unknown = source;
  if (typeof source === "string") {
    if (source.length > limits.documentBytes) return refused("", "too-large", "документ больше 4 МБ", "the document is larger than 4 MB");
    try {
      value = JSON.parse(source);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return refused("", "not-json", `это не JSON: ${message}`, `this is not JSON: ${message}`);
    }
  }
  const id = typeof value === "object" && value !== null && "id" in value ? String(value.id).slice(0, 60) : "";
  const parsed = flowSchema.safeParse(value);
  if (parsed.success) {
    const tooMany = Object.keys(parsed.data.nodes).length > limits.nodesPerFlow;
    if (tooMany) return refused(id, "too-large", `узлов больше ${limits.nodesPerFlow}`, `more than ${limits.nodesPerFlow} nodes`);
    return { flow: parsed.data, issues: [] };
  }
  const issues = parsed.error.issues.slice(0, 50).map((problem): Issue => {
    const path = problem.path.join(".");
    const node = problem.path[0] === "nodes" ? String(problem.path[1] ?? "") : null;
    const detail = problem.code === "unrecognized_keys" ? `${problem.message}` : problem.message;
    return {
      flow: id,
      node,
      code: "malformed",
      severity: "error",
      path,
      message: { ru: `${path || "документ"}: ${detail}`, en: `${path || "document"}: ${detail}` },
    };
  });
  return { flow: null, issues };
}

function refused(flow: string, code: string, ru: string, en: string): ParsedFlow {
  return { flow: null, issues: [{ flow, node: null, code, severity: "error", message: { ru, en } }] };
}
