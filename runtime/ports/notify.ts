import type { MessageRow } from "./data-store.ts";

/** `again`: it may work later. `reason` is one sentence. */
export type Sent = { ok: true } | { ok: false; again: boolean; reason: string };

/** Passes one message to its gateway. Never throws; takes at most ten seconds. */
export interface Notify {
  send(message: MessageRow): Promise<Sent>;
}
