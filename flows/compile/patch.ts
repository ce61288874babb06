import type { Fault } from "../events.ts";
import type { JournalKind, JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { Context } from "./context.ts";

/** What an action changes; the rest of the context stays as it is. */
export type Patch = Partial<Context>;

export const line = (context: Context, node: string, kind: JournalKind, data?: Record<string, Value>): JournalLine =>
  data ? { at: context.now, node, kind, data } : { at: context.now, node, kind };

/** A record without one of its keys. */
export function without<V>(record: Record<string, V>, key: string): Record<string, V> {
  const rest = { ...record };
  delete rest[key];
  return rest;
}

/** Sets variables of a scope: the call's own, or those of a subflow. */
export function assign(context: Context, scope: string, values: Record<string, Value>): Patch {
  const inner = scope === "" ? undefined : context.scopes[scope];
  if (!inner) return { vars: { ...context.vars, ...values } };
  return { scopes: { ...context.scopes, [scope]: { ...inner, vars: { ...inner.vars, ...values } } } };
}

/** What the journal and the result show of a masked value. */
export const masked = "•••";

/** Named values go to the variables of their scope and to the call's result (house.md §4.11); secret ones masked. */
export function save(context: Context, path: string, scope: string, values: Record<string, Value> | undefined, secret = false): Patch {
  if (!values || Object.keys(values).length === 0) return {};
  const shown = secret ? Object.fromEntries(Object.keys(values).map((name) => [name, masked])) : values;
  return {
    ...assign(context, scope, values),
    result: { ...context.result, ...shown },
    lines: [...context.lines, line(context, path, "result", { values: shown })],
  };
}

export function faulted(context: Context, path: string, fault: Fault): Patch {
  return {
    out: { ...context.out, [path]: { exit: "error", fault } },
    lines: [...context.lines, line(context, path, "fault", { ...fault })],
  };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message.split("\n")[0]! : String(error)).slice(0, 500);
