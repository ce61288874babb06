import type { AnyStateMachine } from "xstate";
import type { Context, StartInput } from "../../flows/compile/context.ts";
import { rewind, save, start, step, type Saved, type Snapshot, type Step } from "../../flows/compile/step.ts";
import type { CallEvent } from "../../flows/events.ts";
import type { JournalLine } from "../../flows/result.ts";
import type { Clock } from "../ports/clock.ts";

/** Callbacks of an instance to its host after each step, in order. */
export type InstanceHost = {
  journal(lines: readonly JournalLine[]): void;
  ask(ask: Step["asks"][number]): void;
  cancel(id: string): void;
  /** Once: the flow has ended, or a bug ended it (`engine-fault`). */
  done(): void;
};

type Options = { machine: AnyStateMachine; clock: Clock; host: InstanceHost; input: StartInput };

/** A live flow: the pure step with a real clock. An exception ends only this instance. Call `begin` once. */
export class Instance {
  private readonly options: Options;
  private snapshot: Snapshot | null = null;
  private ended = false;
  private working = false;
  private readonly queue: (() => Step)[] = [];
  private cancelTimer = () => {};
  private dueAt: number | null = null;

  constructor(options: Options) {
    this.options = options;
  }

  get done(): boolean {
    return this.ended;
  }

  get context(): Context {
    return this.snapshot!.context as Context;
  }

  begin(): void {
    this.enqueue(() => start(this.options.machine, this.options.input));
  }

  send(event: CallEvent): void {
    if (!this.ended) this.enqueue(() => step(this.options.machine, this.snapshot!, event));
  }

  saved(): Saved {
    return save(this.snapshot!);
  }

  /** Returns to a saved mark of this instance (scripts). */
  rewind(mark: Saved): void {
    this.enqueue(() => rewind(this.options.machine, mark, this.snapshot!, this.options.clock.now()));
  }

  /** One step at a time: a performer that reports at once is queued behind the step that asked. */
  private enqueue(work: () => Step): void {
    this.queue.push(work);
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.queue.shift(); next && !this.ended; next = this.queue.shift()) this.settle(next());
    } catch (error) {
      this.fail(error);
    } finally {
      this.working = false;
    }
  }

  private settle(next: Step): void {
    const { host } = this.options;
    this.snapshot = next.snapshot;
    host.journal(next.journal);
    for (const id of next.cancels) host.cancel(id);
    this.arm(next.due);
    for (const ask of next.asks) host.ask(ask);
    if (next.done) this.finish();
  }

  /** A bug: this call ends with `engine-fault`. */
  private fail(error: unknown): void {
    const at = this.options.clock.now();
    const message = (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 2000);
    this.queue.length = 0;
    this.options.host.journal([
      { at, node: "", kind: "fault", data: { code: "engine-fault", message } },
      { at, node: "", kind: "end", data: { ended: "fault", outcome: null } },
    ]);
    this.finish();
  }

  private finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.cancelTimer();
    this.options.host.done();
  }

  /** Replays ticks due up to a past moment: a replay has no timers. */
  catchUp(until: number): void {
    while (!this.ended && this.dueAt !== null && this.dueAt <= until) this.send({ type: "tick", at: this.dueAt });
  }

  private arm(due: number | null): void {
    const { clock } = this.options;
    this.cancelTimer();
    this.dueAt = due;
    if (due === null || this.ended) return;
    this.cancelTimer = clock.after(Math.max(0, due - clock.now()), () => this.send({ type: "tick", at: Math.max(due, clock.now()) }));
  }
}
