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

/** A call's place under the limit. Given back by itself when its call has ended; else by `release`, which may be called twice. */
export type Place = { release(): void };

export type CallRegistry = {
  /** Takes a place before anything is awaited; null when `limit` are taken. */
  take(limit: number): Place | null;
  /** The call leaves, and its place is free, when it has ended. */
  add(call: LiveCall, place?: Place): void;
  get(id: string): LiveCall | undefined;
  all(): LiveCall[];
  /** Calls that go on. */
  readonly size: number;
  /** Places taken: these calls, and those that have just come or are being dialled. */
  readonly taken: number;
};

/** The calls that are going on. A call leaves when it has ended. */
export function callRegistry(): CallRegistry {
  const calls = new Map<string, LiveCall>();
  const places = new Set<Place>();
  return {
    take(limit) {
      if (places.size >= limit) return null;
      const place: Place = { release: () => void places.delete(place) };
      places.add(place);
      return place;
    },
    add(call, place) {
      calls.set(call.call.id, call);
      void call.ended.finally(() => {
        calls.delete(call.call.id);
        place?.release();
      });
    },
    get: (id) => calls.get(id),
    all: () => [...calls.values()],
    get size() {
      return calls.size;
    },
    get taken() {
      return places.size;
    },
  };
}
