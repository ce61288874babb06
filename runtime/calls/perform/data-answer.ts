import type { Command } from "../../../flows/commands.ts";
import type { Fault, FaultCode } from "../../../flows/events.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Crm } from "../../ports/crm.ts";
import type { Store } from "../../ports/store.ts";
import type { AnswerCache } from "../answer-cache.ts";
import type { Outside } from "../../outside/fetch-bounded.ts";
import type { Outbox } from "../outbox.ts";

/** Dependencies of data commands; the same for a call, a script and a strategy. */
export type DataDeps = { store: Store; clock: Clock; country: string; outbox: Outbox; crm: Crm; answers: AnswerCache; outside: Outside };

/** Whose command it is, and whether it is still wanted. `withheld`: the number of a caller who withholds it, for lists only. */
export type DataCall = { callId: string; signal: AbortSignal; withheld?: string };

export type Reply = { exit: string; value?: Value; fault?: Fault };

/** Performs one data command. If it rejects, the fault is `network`. */
export type DataAnswer<C extends Command> = (command: C, deps: DataDeps, call: DataCall) => Promise<Reply>;

/** The node leaves by `error`, for this reason. */
export const failed = (code: FaultCode, message: string): Reply => ({ exit: "error", fault: { code, message: message.slice(0, 500) } });
