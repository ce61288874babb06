import type { Fault, FaultCode } from "../events.ts";
import { assign, tell, withKey } from "./change.ts";
import type { Context, Decision } from "./context.ts";

type Lost = { path: string; code?: FaultCode };

const faultOf = (context: Context, { path, code }: Lost): Fault =>
  code ? { code, message: "this exit is not connected" } : (context.out[path]?.fault ?? { code: "bad-value", message: "unhandled error" });

/** A fault not reported by a command is journalled where it is detected. */
function notice(context: Context, params: Lost, fault: Fault): void {
  if (params.code) tell(context, params.path, "fault", { ...fault });
}

/** An unhandled error: recorded as the way the call ended. */
export function fail(context: Context, params: Lost): void {
  const fault = faultOf(context, params);
  context.fault ??= fault;
  notice(context, params, fault);
}

/** An unhandled error inside a subflow or branch: its outcome is `error`, with the fault passed on. */
export function lost(context: Context, params: Lost): void {
  const fault = faultOf(context, params);
  context.out = withKey<Decision>(context.out, params.path, { exit: context.out[params.path]?.exit ?? "error", fault });
  notice(context, params, fault);
}

/** `on-error` takes over: the error becomes a variable of the flow. */
export function caught(context: Context, params: Lost & { saveAs?: string }): void {
  const fault = faultOf(context, params);
  notice(context, params, fault);
  tell(context, params.path, "note", { caught: fault.code });
  context.caught++;
  if (params.saveAs) assign(context, "", { [params.saveAs]: { node: params.path, code: fault.code, message: fault.message } });
}
