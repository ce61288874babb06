import type { Command } from "../commands.ts";
import type { CallEvent, Fault } from "../events.ts";
import type { JournalKind } from "../result.ts";
import type { Value } from "../schema/values.ts";

/** The active commands of one waiting command: act ID → command. */
export type Acts = Record<string, Command>;

/** The input of a reducer in addition to its state. `ahead` are typed-ahead digits; national numbers belong to `country` (ISO 3166). */
export type WaitView = { id: string; at: number; ahead: string; country: string };

/**
 * A digit to drop should it come before `until`: a terminator after a full number, or, `unlessWanted`, the # that many
 * press after any key, which the next question keeps when # is one of its own keys.
 */
export type Swallow = { digit: string; until: number; unlessWanted?: boolean };

/** The new state of a waiting command after one event. With `exit` it is over. */
export type Turn<S> = {
  state: S;
  acts: Acts;
  /** Virtual time of the next `tick`, or null. */
  due: number | null;
  /** Digits left in the type-ahead buffer. */
  ahead: string;
  exit?: string;
  /** Named values captured: they go to `vars` and `result`. */
  values?: Record<string, Value>;
  /** The values are secret: masked in journal and result. */
  secret?: boolean;
  fault?: Fault;
  swallow?: Swallow | undefined;
  lines?: { kind: JournalKind; data: Record<string, Value> }[];
};

/**
 * The waiting logic of one kind of command, pure: the same reducer runs live, in the simulator and in replay.
 * `feed` returns null for an event that is not its business.
 */
export type Waiter<A, S> = {
  begin(args: A, view: WaitView): Turn<S>;
  feed(args: A, state: S, acts: Acts, event: CallEvent, view: WaitView): Turn<S> | null;
  /** A question to the caller: whether this digit, as the first of an answer, is one of its keys. Absent: it asks nothing. */
  wants?(args: A, digit: string): boolean;
  /** What was captured so far, saved when the command is left early, at this time. */
  partial?(args: A, state: S, at: number): Record<string, Value> | undefined;
};
