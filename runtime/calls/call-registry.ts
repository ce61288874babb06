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

/** Dependencies of a running call. */
export type CallDeps = {
  store: Store;
  telephony: Telephony;
  machines: Machines;
  prompts: Prompts;
  clock: Clock;
  ids: Ids;
  bus: LiveBus;
  registry: CallRegistry;
  /** Writes waiting for a store that cannot write now. */
  kept: KeptWrites;
  crm: Crm;
  outbox: Outbox;
  answers: AnswerCache;
  /** HTTP client for external servers. */
  outside: Outside;
  /** Recordings of a call for playback in the same call. */
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

/** A place in the call limit. Released automatically when the call ends; otherwise by `release`, which may be called twice. */
export type Place = { release(): void };

export type CallRegistry = {
  /** Reserves a place before waiting for anything; null if all `limit` places are taken. */
  take(limit: number): Place | null;
  /** When the call ends, it is removed and its place is released. */
  add(call: LiveCall, place?: Place): void;
  get(id: string): LiveCall | undefined;
  all(): LiveCall[];
  /** Calls in progress. */
  readonly size: number;
  /** Reserved places: these calls, new calls, and calls being dialled. */
  readonly taken: number;
};

/** Calls in progress. A call is removed when it ends. */
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
