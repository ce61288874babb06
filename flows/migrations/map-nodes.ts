import type { RawDocument } from "./migration.ts";

export type RawNode = Readonly<Record<string, unknown>>;

/** A copy of the document with each node changed, in the graph and in its parts; everything else is unchanged. */
export function mapNodes(document: RawDocument, change: (node: RawNode) => RawNode): RawDocument {
  const nodesOf = (graph: RawDocument): RawDocument => {
    const { nodes } = graph;
    return isRecord(nodes) ? { ...graph, nodes: mapRecords(nodes, change) } : graph;
  };
  const whole = nodesOf(document);
  return isRecord(whole["parts"]) ? { ...whole, parts: mapRecords(whole["parts"], nodesOf) } : whole;
}

/** The config of a raw node; an empty one when it is no object. */
export const configOf = (node: RawNode): RawNode => (isRecord(node["config"]) ? node["config"] : {});

const mapRecords = (records: RawDocument, change: (value: RawDocument) => RawDocument): RawDocument =>
  Object.fromEntries(Object.entries(records).map(([id, value]) => [id, isRecord(value) ? change(value) : value]));

export const isRecord = (value: unknown): value is RawDocument => typeof value === "object" && value !== null && !Array.isArray(value);
