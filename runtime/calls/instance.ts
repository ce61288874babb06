import type { AnyStateMachine } from "xstate";
import type { Context, StartInput } from "../../flows/compile/context.ts";
import { resume, rewind, save, start, step, type Saved, type Snapshot, type Step } from "../../flows/compile/step.ts";
import type { CallEvent } from "../../flows/events.ts";
import type { JournalLine } from "../../flows/result.ts";
import type { Clock } from "../ports/clock.ts";

/** What an instance tells its host after each step, in order. */
export type InstanceHost = {
  journal(lines: readonly JournalLine[]): void;
  ask(ask: Step["asks"][number]): void;
  cancel(id: string): void;
  /** Once: the flow has ended, or a bug ended it (`engine-fault`). */
  done(): void;
};

export type Instance = {
  send(event: CallEvent): void;
  readonly done: boolean;
  readonly context: Context;
  saved(): Saved;
  /** Goes back to a saved mark of this instance (scripts). */
  rewind(mark: Saved): void;
  stop(): void;
};

type Options = { machine: AnyStateMachine; clock: Clock; host: InstanceHost };

/** Starts playing a flow live: the pure step with a real clock. A throw ends this instance and no other. */
export function startInstance(options: Options & { input: StartInput }): Instance {
  return run(options, () => start(options.machine, options.input));
}

/** Goes on with a saved instance: its pending commands are asked again. */
export function resumeInstance(options: Options & { snapshot: Snapshot }): Instance {
  const { snapshot } = options;
  return run(options, () => ({ snapshot, ...resume(snapshot), cancels: [], journal: [], done: snapshot.status !== "active" }));
}

function run({ machine, clock, host }: Options, first: () => Step): Instance {
  let snapshot: Snapshot | null = null;
  let ended = false;
  let cancelTimer: (() => void) | null = null;
  const queue: (() => Step)[] = [];
  let working = false;

  function settle(next: Step): void {
    snapshot = next.snapshot;
    host.journal(next.journal);
    for (const id of next.cancels) host.cancel(id);
    arm(next.due);
    for (const ask of next.asks) host.ask(ask);
    if (next.done) finish();
  }

  function finish(): void {
    if (ended) return;
    ended = true;
    cancelTimer?.();
    host.done();
  }

  function arm(due: number | null): void {
    cancelTimer?.();
    cancelTimer = due === null || ended ? null : clock.after(Math.max(0, due - clock.now()), () => send({ type: "tick", at: Math.max(due, clock.now()) }));
  }

  /** One step at a time: a performer that reports at once is queued behind the step that asked. */
  function enqueue(work: () => Step): void {
    queue.push(work);
    if (working) return;
    working = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (ended) break;
        settle(next());
      }
    } catch (error) {
      queue.length = 0;
      const message = (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 2000);
      const at = clock.now();
      host.journal([
        { at, node: "", kind: "fault", data: { code: "engine-fault", message } },
        { at, node: "", kind: "end", data: { ended: "fault", outcome: null } },
      ]);
      finish();
    } finally {
      working = false;
    }
  }

  function send(event: CallEvent): void {
    if (!ended) enqueue(() => step(machine, snapshot!, event));
  }

  const instance: Instance = {
    send,
    get done() { return ended; },
    get context() { return snapshot!.context as Context; },
    saved: () => save(snapshot!),
    rewind: (mark) => enqueue(() => rewind(machine, mark, snapshot!, clock.now())),
    stop() {
      ended = true;
      cancelTimer?.();
    },
  };
  enqueue(first);
  return instance;
}
