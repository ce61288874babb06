import type { Fault, FaultCode } from "../events.ts";
import type { Context } from "./context.ts";
import { assign, line, type Patch } from "./patch.ts";

type Lost = { path: string; code?: FaultCode };

const faultOf = (context: Context, { path, code }: Lost): Fault =>
  code ? { code, message: "this exit leads nowhere" } : (context.out[path]?.fault ?? { code: "bad-value", message: "unhandled error" });

/** A fault that no command reported is journalled where it is noticed. */
const linesOf = (context: Context, params: Lost, fault: Fault) =>
  params.code ? [...context.lines, line(context, params.path, "fault", { ...fault })] : context.lines;

/** An error nobody handles: remembered as the way the call ended. */
export function fail(context: Context, params: Lost): Patch {
  const fault = faultOf(context, params);
  return { fault: context.fault ?? fault, lines: linesOf(context, params, fault) };
}

/** An error nobody handles inside a subflow or branch: its outcome `error`, with the fault handed out. */
export function lost(context: Context, params: Lost): Patch {
  const fault = faultOf(context, params);
  return { out: { ...context.out, [params.path]: { exit: context.out[params.path]?.exit ?? "error", fault } }, lines: linesOf(context, params, fault) };
}

/** `on-error` takes over: what happened is a variable of the flow. */
export function caught(context: Context, params: Lost & { saveAs?: string }): Patch {
  const fault = faultOf(context, params);
  const lines = [...linesOf(context, params, fault), line(context, params.path, "note", { caught: fault.code })];
  const told = params.saveAs ? assign(context, "", { [params.saveAs]: { node: params.path, code: fault.code, message: fault.message } }) : {};
  return { caught: context.caught + 1, lines, ...told };
}
