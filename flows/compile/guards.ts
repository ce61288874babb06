import type { Context } from "./context.ts";
import { endedIn, joiningOf } from "./ended-in.ts";

/** The named guards of every compiled machine. They only compare stored data. */
export const guards = {
  /** The node has decided on this exit. */
  took: (context: Context, { path, exit }: { path: string; exit: string }) => context.out[path]?.exit === exit,
  /** The node may retry before its error exit is taken. */
  mayRetry: ({ out, tries }: Context, { path, times }: { path: string; times: number }) => out[path]?.exit === "error" && (tries[path] ?? 0) < times,
  mayCatch({ out, caught, gone }: Context, { path, exit, codes, times, code }: { path: string; exit: string; codes: string[]; times: number; code?: string }) {
    if (out[path]?.exit !== exit || caught >= times || gone !== null) return false;
    return codes.length === 0 || codes.includes(code ?? out[path]?.fault?.code ?? "bad-value");
  },
  hungBy(context: Context, { by, during }: { by: string[]; during: string[] }, event: unknown) {
    if (context.gone !== null) return false;
    return (by.length === 0 || by.includes((event as { by: string }).by)) && (during.length === 0 || during.includes(endedIn(context)));
  },
  /** The caller hangs up while waiting for a person. */
  abandons: ({ gone, pending }: Context, { path }: { path: string }) => gone === null && pending[path] !== undefined && joiningOf(pending[path]) === "waiting",
  halted: (context: Context) => context.halted || context.ending,
  present: (context: Context) => context.gone === null,
};
export type GuardName = keyof typeof guards;
