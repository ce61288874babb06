import { upgrade } from "../migrations/index.ts";
import { flowFormat, flowSchema, type Flow } from "./flow.ts";
import type { Issue } from "./issue.ts";
import { limits } from "./limits.ts";
import { problemWords } from "./problem-words.ts";

export type ParsedFlow = { flow: Flow; issues: Issue[] } | { flow: null; issues: Issue[] };

/**
 * Parses a flow document: size-limited, converted to the current format, shape-checked, never throws. Configs of
 * nodes are checked by the rules in `check`, so that an incomplete flow can still be opened and saved.
 */
export function parseFlow(source: string | object): ParsedFlow {
  let value: unknown = source;
  if (typeof source === "string") {
    if (source.length > limits.documentBytes) return refused("", "too-large", "документ больше 4 МБ", "the document is larger than 4 MB");
    try {
      value = JSON.parse(source);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return refused("", "not-json", `это не JSON: ${message}`, `not valid JSON: ${message}`);
    }
  }
  if (!looksLikeFlow(value)) return refused("", "malformed", notFlow.ru, notFlow.en);
  const id = "id" in value ? String(value.id).slice(0, 60) : "";
  const upgraded = upgrade(value);
  if ("newer" in upgraded) return fromTheFuture(id, upgraded.newer);
  const parsed = flowSchema.safeParse(upgraded.document);
  if (!parsed.success) return { flow: null, issues: parsed.error.issues.slice(0, 50).map((problem) => malformed(id, problem)) };
  const parts = Object.values(parsed.data.parts ?? {});
  const count = [parsed.data, ...parts].reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0);
  if (count > limits.nodesPerFlow) return refused(id, "too-large", `узлов больше ${limits.nodesPerFlow}`, `more than ${limits.nodesPerFlow} nodes`);
  return { flow: parsed.data, issues: [] };
}

const looksLikeFlow = (value: unknown): value is object => typeof value === "object" && value !== null && ("sufler" in value || "nodes" in value);
const notFlow = {
  ru: "это не сценарий Суфлёра: в документе нет ни поля sufler, ни узлов (nodes)",
  en: "this is not a Sufler flow: the document has neither a sufler field nor nodes",
};

function malformed(flow: string, problem: { path: PropertyKey[]; message: string }): Issue {
  const path = problem.path.join(".");
  const inner = { ...problem, path: [] };
  return {
    flow,
    node: nodeAt(problem.path),
    code: "malformed",
    severity: "error",
    path,
    message: { ru: `${path || "документ"}: ${problemWords(inner, "ru")}`, en: `${path || "document"}: ${problemWords(inner, "en")}` },
  };
}

/** "nodes.greet…" → "greet", "parts.lookup.nodes.ask…" → "lookup/ask". */
function nodeAt(path: PropertyKey[]): string | null {
  const [head, first = "", inner, second = ""] = path.map(String);
  if (head === "nodes") return first;
  return head === "parts" && inner === "nodes" ? `${first}/${second}` : null;
}

const fromTheFuture = (id: string, format: number): ParsedFlow =>
  refused(
    id,
    "newer-format",
    `сценарий сделан более новой версией Суфлёра: формат ${format}, а здесь читается до ${flowFormat}. Обновите Суфлёр`,
    `the flow was created by a newer version of Sufler: its format is ${format}, but this version reads up to ${flowFormat}. Update Sufler`,
  );

function refused(flow: string, code: string, ru: string, en: string): ParsedFlow {
  return { flow: null, issues: [{ flow, node: null, code, severity: "error", message: { ru, en } }] };
}
