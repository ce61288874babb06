/** Sends digits as RFC 4733 events, or as tones when the far end has no telephone-event. */
import { encode, type Law } from "../../audio/g711.ts";
import { eventKeys } from "./event-receiver.ts";
import { dtmfTone } from "./tones.ts";

const FRAME = 160;

/** What goes out in one 20 ms slot. `offset` counts back from the slot's timestamp to the event's start. */
export type DigitSlot =
  | { kind: "event"; payload: Buffer; marker: boolean; offset: number; copies: number }
  | { kind: "audio"; payload: Uint8Array }
  | { kind: "gap" };

export class DigitSender {
  readonly id: string;
  private readonly slots: DigitSlot[] = [];
  private next = 0;

  constructor(id: string, digits: string, options: { ms: number; gapMs: number; law: Law; events: boolean }) {
    this.id = id;
    const frames = Math.max(2, Math.round(options.ms / 20));
    const gaps = Math.max(1, Math.round(options.gapMs / 20));
    for (const digit of digits.toUpperCase().slice(0, 128)) {
      if (!eventKeys.includes(digit)) continue;
      if (options.events) this.addEvent(eventKeys.indexOf(digit), frames);
      else this.addTone(digit, frames, options.law);
      for (let i = 0; i < gaps; i++) this.slots.push({ kind: "gap" });
    }
  }

  /** The next slot; undefined when all digits were sent. */
  take(): DigitSlot | undefined {
    return this.slots[this.next++];
  }

  get done(): boolean {
    return this.next >= this.slots.length;
  }

  private addEvent(event: number, frames: number): void {
    for (let i = 0; i < frames; i++) {
      const last = i === frames - 1;
      const payload = Buffer.from([event, (last ? 0x80 : 0) | 10, 0, 0]);
      payload.writeUInt16BE((i + 1) * FRAME, 2);
      // The end is sent three times (§2.5.1.4).
      this.slots.push({ kind: "event", payload, marker: i === 0, offset: i * FRAME, copies: last ? 3 : 1 });
    }
  }

  private addTone(digit: string, frames: number, law: Law): void {
    const codes = encode(law, dtmfTone(digit, frames * 20));
    for (let i = 0; i < frames; i++) this.slots.push({ kind: "audio", payload: codes.subarray(i * FRAME, (i + 1) * FRAME) });
  }
}
