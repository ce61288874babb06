import type { LiveEvent } from "../../runtime/calls/live-bus.ts";
import { address } from "./client.ts";

export type { LiveEvent };

/** Follows the live stream; the browser reconnects automatically with Last-Event-ID. `reset` means: reload. */
export function follow(query: { call?: string }, on: { event(event: LiveEvent): void; reset(): void; state?(connected: boolean): void }): () => void {
  const source = new EventSource(address("/live", query));
  source.onmessage = (message) => on.event(JSON.parse(message.data as string) as LiveEvent);
  source.addEventListener("reset", () => on.reset());
  source.onopen = () => on.state?.(true);
  source.onerror = () => on.state?.(false);
  return () => source.close();
}
