import type { Fault } from "../events.ts";
import type { JournalKind } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { Context, Decision } from "./context.ts";

/** Adds a line to the journal of this step. */
export function tell(context: Context, node: string, kind: JournalKind, data?: Record<string, Value>): void {
  context.lines.push(data ? { at: context.now, node, kind, data } : { at: context.now, node, kind });
}

/** A record with one key set: a new one. */
export function withKey<V>(record: Readonly<Record<string, V>>, key: string, value: V): Record<string, V> {
  return { ...record, [key]: value };
}

/** A record without one of its keys: a new one. Copied key by key, because `delete` makes an object slow for good. */
export function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  const rest: Record<string, V> = {};
  for (const name in record) if (name !== key) rest[name] = record[name]!;
  return rest;
}

/** Sets variables of a scope: the call's own, or those of a subflow. */
export function assign(context: Context, scope: string, values: Record<string, Value>): void {
  const inner = scope === "" ? undefined : context.scopes[scope];
  if (inner) context.scopes = withKey(context.scopes, scope, { ...inner, vars: { ...inner.vars, ...values } });
  else context.vars = { ...context.vars, ...values };
}

/** The masked form of a value in the journal and the result. */
export const masked = "•••";

/** Named values go to the variables of their scope and to the call's result; secret ones masked. */
export function save(context: Context, path: string, scope: string, values: Record<string, Value> | undefined, secret = false): void {
  if (!values || Object.keys(values).length === 0) return;
  const shown = secret ? Object.fromEntries(Object.keys(values).map((name) => [name, masked])) : values;
  assign(context, scope, values);
  context.result = { ...context.result, ...shown };
  tell(context, path, "result", { values: shown });
}

/** The node failed: it leaves by `error`. */
export function faulted(context: Context, path: string, fault: Fault): void {
  context.out = withKey<Decision>(context.out, path, { exit: "error", fault });
  tell(context, path, "fault", { ...fault });
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message.split("\n")[0]! : String(error)).slice(0, 500);
