import type { CallEvent } from "../events.ts";

/** Events due later, in order of time, then of arrival. */
export function eventQueue() {
  let items: CallEvent[] = [];
  return {
    add(event: CallEvent): void {
      const index = items.findIndex((item) => item.at > event.at);
      items.splice(index < 0 ? items.length : index, 0, event);
    },
    first: (): CallEvent | null => items[0] ?? null,
    remove(event: CallEvent): void {
      items = items.filter((item) => item !== event);
    },
    /** Drops what would report the end of a command. */
    forget(id: string): void {
      items = items.filter((item) => !("id" in item) || item.id !== id);
    },
  };
}
