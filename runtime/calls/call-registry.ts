import type { Context } from "../../flows/compile/context.ts";
import type { CallResult } from "../../flows/result.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { NewCall, Store } from "../ports/store.ts";
import type { Outside } from "../outside/fetch-bounded.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Crm } from "../ports/crm.ts";
import type { AnswerCache } from "./answer-cache.ts";
import type { KeptWrites } from "./kept-writes.ts";
import type { Journal } from "./journal.ts";
import type { LiveBus } from "./live-bus.ts";
import type { Machines } from "./machines.ts";
import type { Outbox } from "./outbox.ts";
import type { Prompts } from "./prompts.ts";
import type { RecordedClips } from "./recorded-clips.ts";

/** What playing a call needs. */
export type CallDeps = {
  store: Store;
  telephony: Telephony;
  machines: Machines;
  prompts: Prompts;
  clock: Clock;
  ids: Ids;
  bus: LiveBus;
  registry: CallRegistry;
  /** Writes that wait for a store that cannot write now. */
  kept: KeptWrites;
  crm: Crm;
  outbox: Outbox;
  answers: AnswerCache;
  /** The way to other people's servers. */
  outside: Outside;
  /** Recordings of a call, to be heard again in it. */
  recorded: RecordedClips;
  /** Folder of recordings. */
  recordings: string;
  zone: string;
  country: string;
  defaultTrunk: string;
  maxCalls: number;
  log(message: string): void;
};

export type LiveCall = {
  readonly call: NewCall;
  readonly context: Context;
  readonly journal: Journal;
  readonly ended: Promise<CallResult>;
  hangup(): void;
};

export type CallRegistry = {
  add(call: LiveCall): void;
  get(id: string): LiveCall | undefined;
  all(): LiveCall[];
  readonly size: number;
};

/** The calls that are going on. A call leaves when it has ended. */
export function callRegistry(): CallRegistry {
  const calls = new Map<string, LiveCall>();
  return {
    add(call) {
      calls.set(call.call.id, call);
      void call.ended.finally(() => calls.delete(call.call.id));
    },
    get: (id) => calls.get(id),
    all: () => [...calls.values()],
    get size() {
      return calls.size;
    },
  };
}
