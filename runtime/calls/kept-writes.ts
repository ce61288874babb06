import type { Clock } from "../ports/clock.ts";
import { mayPass, StoreError } from "../ports/store-error.ts";

/** State of the store: start of the failure (ms since the epoch), pending writes, and writes lost for lack of space. */
export type StoreState = { failing: boolean; since: number | null; reason: string; waiting: number; lost: number };

export type KeptWrites = {
  /**
   * Performs a write. If the store cannot write now, the write is kept and retried after the earlier ones of
   * its key. True: stored. False: kept for later, or lost and logged where the same write would fail again. Never
   * rejects. `bytes` count for the bound on what waits; without them it is always kept.
   */
  write(key: string, work: () => Promise<unknown>, bytes?: () => number): Promise<boolean>;
  /** As `write`; settles when it is stored, however long that takes. Rejects where the same write would fail again. */
  stored<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** A write elsewhere has failed for the same reason: the store is looked at until it works. */
  noticed(error: unknown): void;
  /** Whether something of this key is not stored yet. */
  waits(key: string): boolean;
  state(): StoreState;
  /** Tries everything once more, for the end of the program. */
  settle(): Promise<void>;
};

type Item = { work: () => Promise<unknown>; bytes: number; drop: (error: unknown) => void };
type Options = {
  clock: Pick<Clock, "now" | "after">;
  log(message: string): void;
  /** A small write that tells whether the store works, when nothing waits. */
  probe?: () => Promise<unknown>;
  maxBytes?: number;
  retryMs?: number;
};

const usualMaxBytes = 64 * 1024 * 1024;
const usualRetryMs = 1_000;
const atOnce = 50;
const none = () => 0;

/** Keeps writes rejected by a full or failing disk, within a limit, until the store accepts them. */
export const keptWrites = (options: Options): KeptWrites => new Keeper(options);

class Keeper implements KeptWrites {
  private readonly options: Options;
  /** What waits, by key, in order. */
  private readonly chains = new Map<string, Item[]>();
  private bytes = 0;
  private lost = 0;
  private since: number | null = null;
  private reason = "";
  private armed = false;
  private trying: Promise<void> | null = null;

  constructor(options: Options) {
    this.options = options;
  }

  write(key: string, work: Item["work"], bytes: () => number = none): Promise<boolean> {
    return this.attempt(key, work, bytes, (error) => this.options.log(`store: ${key}: ${String(error)}`));
  }

  stored<T>(key: string, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      void this.attempt(key, async () => resolve(await work()), none, reject);
    });
  }

  noticed(error: unknown): void {
    if (error instanceof StoreError && mayPass(error)) this.fails(error);
  }

  waits(key: string): boolean {
    return this.chains.has(key);
  }

  state(): StoreState {
    const { since, reason, lost, chains } = this;
    return { failing: since !== null, since, reason, waiting: [...chains.values()].reduce((sum, chain) => sum + chain.length, 0), lost };
  }

  async settle(): Promise<void> {
    if (this.chains.size > 0) await this.tryAll();
  }

  private async attempt(key: string, work: Item["work"], bytes: () => number, drop: Item["drop"]): Promise<boolean> {
    const keepIt = () => this.keep(key, { work, bytes: bytes(), drop });
    if (this.chains.has(key)) return (keepIt(), false);
    try {
      await work();
      return true;
    } catch (error) {
      if (!mayPass(error)) return (drop(error), false);
      keepIt();
      this.fails(error);
      return false;
    }
  }

  /** Without room for it, it is lost. */
  private keep(key: string, item: Item): void {
    const { maxBytes = usualMaxBytes, log } = this.options;
    if (item.bytes > 0 && this.bytes + item.bytes > maxBytes) {
      this.lost += 1;
      if (this.lost === 1) log("store: the write buffer is full; new journal lines are lost");
      return;
    }
    this.bytes += item.bytes;
    const chain = this.chains.get(key);
    if (chain) chain.push(item);
    else this.chains.set(key, [item]);
  }

  private fails(error: unknown): void {
    const { log, clock } = this.options;
    this.reason = error instanceof Error ? error.message : String(error);
    if (this.since === null) log(`store: a write failed (${this.reason}); it will be retried, and new calls are refused until it succeeds`);
    this.since ??= clock.now();
    this.arm();
  }

  private works(): void {
    if (this.since === null) return;
    const { log, clock } = this.options;
    log(
      `store: writing works again after ${clock.now() - this.since} ms${this.lost > 0 ? `; ${this.lost} writes did not fit in the buffer and are lost` : ""}`,
    );
    this.since = null;
    this.reason = "";
  }

  private arm(): void {
    if (this.armed) return;
    this.armed = true;
    this.options.clock.after(this.options.retryMs ?? usualRetryMs, () => {
      this.armed = false;
      void this.tryAll();
    });
  }

  private tryAll(): Promise<void> {
    return (this.trying ??= this.look().finally(() => (this.trying = null)));
  }

  /** One chain first: while the store fails, the others are left alone. */
  private async look(): Promise<void> {
    const [first, ...others] = this.chains.keys();
    if (!(first === undefined ? await this.probed() : await this.drain(first))) return;
    for (let at = 0; at < others.length; at += atOnce) await Promise.all(others.slice(at, at + atOnce).map((key) => this.drain(key)));
    if (this.chains.size === 0) this.works();
    else this.arm();
  }

  private async probed(): Promise<boolean> {
    try {
      await this.options.probe?.();
      return true;
    } catch (error) {
      if (!mayPass(error)) return true;
      this.fails(error);
      return false;
    }
  }

  /** True when the chain is empty, false at the first write that fails again. */
  private async drain(key: string): Promise<boolean> {
    const chain = this.chains.get(key) ?? [];
    for (let item = chain[0]; item; item = chain[0]) {
      try {
        await item.work();
      } catch (error) {
        if (mayPass(error)) return (this.fails(error), false);
        item.drop(error);
      }
      this.bytes -= item.bytes;
      chain.shift();
    }
    this.chains.delete(key);
    return true;
  }
}
