import type { Flow } from "../../schema/flow.ts";
import type { DocumentEdit, DocumentPath, Fix } from "../../schema/issue.ts";
import { parseFlow } from "../../schema/parse-flow.ts";

const most = 500;
const deepest = 12;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Applies a fix to a flow. Pure: the given flow does not change and shares unchanged data with the result. Returns the
 * same flow if the fix no longer applies: a place is missing, the result is too large or not a valid document.
 */
export function applyFix(flow: Flow, fix: Pick<Fix, "edits">): Flow {
  if (fix.edits.length === 0 || fix.edits.length > most) return flow;
  let next: unknown = flow;
  for (const edit of fix.edits) {
    const path = "set" in edit ? edit.set : edit.remove;
    if (path.length === 0 || path.length > deepest || path.some((key) => forbidden.has(key))) return flow;
    next = changed(next, path, edit);
    if (next === undefined) return flow;
  }
  return parseFlow(next as object).flow ? (next as Flow) : flow;
}

/** A copy of `value` with the edit at `path`; undefined if the path does not exist. */
function changed(value: unknown, [key, ...rest]: DocumentPath, edit: DocumentEdit): unknown {
  if (typeof value !== "object" || value === null || key === undefined) return undefined;
  if (Array.isArray(value)) return changedList(value, key, rest, edit);
  const record = value as Record<string, unknown>;
  const has = Object.hasOwn(record, key);
  if (rest.length === 0) {
    if ("set" in edit) return { ...record, [key]: edit.to };
    if (!has) return record;
    return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
  }
  // Maps that a document may leave out are made on the way to what is set in them.
  const inner = changed(has ? record[key] : "set" in edit ? {} : undefined, rest, edit);
  return inner === undefined ? undefined : { ...record, [key]: inner };
}

function changedList(list: readonly unknown[], key: string, rest: DocumentPath, edit: DocumentEdit): unknown {
  const index = Number(key);
  if (!Number.isInteger(index) || index < 0 || index > list.length) return undefined;
  if (rest.length > 0) {
    const inner = changed(list[index], rest, edit);
    return inner === undefined ? undefined : list.map((item, at) => (at === index ? inner : item));
  }
  if ("set" in edit) return index === list.length ? [...list, edit.to] : list.map((item, at) => (at === index ? edit.to : item));
  return list.filter((_item, at) => at !== index);
}
