/** One press is one key, whatever its sender does with timestamps and ends (RFC 4733 §2.5). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventReceiver, eventKeys } from "../../runtime/telephony/media/event-receiver.ts";
import type { RtpPacket } from "../../runtime/telephony/media/rtp-packet.ts";

type Sender = {
  /** Timestamps: one for each press; one for each packet; one for each packet that stands still in pauses; never moved. */
  timestamps: "press" | "packet" | "counted" | "frozen";
  durations: "grow" | "constant";
  /** How often the end is sent; 0 = never. */
  ends: number;
  /** An end that comes once more, later. */
  lateEnd: boolean;
  marker: "first" | "never" | "always";
  /** Milliseconds between packets. */
  every: 10 | 20 | 50;
};
type Press = { key: string; ms: number; pauseMs: number };
type Sent = { packet: RtpPacket; at: number };

/** Packets of presses as such a sender makes them. */
function send(sender: Sender, presses: readonly Press[], start: { sequence: number; timestamp: number }): Sent[] {
  const sent: Sent[] = [];
  let { sequence } = start;
  let clock = start.timestamp;
  let counted = start.timestamp;
  let at = 0;
  const step = sender.every * 8;
  for (const { key, ms, pauseMs } of presses) {
    const begin = clock;
    const frames = Math.max(2, Math.round(ms / sender.every));
    const total = frames + sender.ends;
    for (let i = 0; i < total; i++) {
      const end = i >= frames;
      const payload = Buffer.from([eventKeys.indexOf(key), end ? 0x8a : 0x0a, 0, 0]);
      payload.writeUInt16BE(sender.durations === "grow" ? Math.min(i + 1, frames) * step : step, 2);
      const timestamp = { press: begin, packet: clock, counted, frozen: start.timestamp }[sender.timestamps] >>> 0;
      const marker = sender.marker === "always" || (sender.marker === "first" && i === 0);
      sent.push({ packet: { payloadType: 101, marker, sequence: sequence++ & 0xffff, timestamp, ssrc: 7, payload }, at });
      // Ends are often sent back to back: no time passes for them.
      if (!end) {
        clock += step;
        counted += step;
        at += sender.every;
      }
    }
    const last = sent.at(-1)!;
    if (sender.lateEnd && sender.ends > 0) sent.push({ packet: { ...last.packet, sequence: sequence++ & 0xffff }, at: at + Math.min(20, pauseMs / 2) });
    clock += pauseMs * 8;
    at += pauseMs;
  }
  return sent;
}

function heard(sent: readonly Sent[]): string {
  const receiver = new EventReceiver();
  return sent.map(({ packet, at }) => receiver.push(packet, at) ?? "").join("");
}

const start = { sequence: 65_530, timestamp: 0xffff_fe00 };
const plain: Sender = { timestamps: "press", durations: "grow", ends: 3, lateEnd: false, marker: "first", every: 20 };
const presses = (keys: string, ms = 100, pauseMs = 80): Press[] => [...keys].map((key) => ({ key, ms, pauseMs }));

describe("one press", () => {
  test.each<[string, Partial<Sender>]>([
    ["by the book", {}],
    ["a timestamp of its own for each packet", { timestamps: "packet" }],
    ["… with a constant duration", { timestamps: "packet", durations: "constant" }],
    ["… without ends", { timestamps: "packet", durations: "constant", ends: 0 }],
    ["… ends again, later", { timestamps: "packet", lateEnd: true }],
    ["timestamps that stand still in pauses", { timestamps: "counted" }],
    ["timestamps that never move", { timestamps: "frozen" }],
    ["ends that are lost", { ends: 0 }],
    ["seven ends", { ends: 7, timestamps: "packet" }],
    ["a marker on each packet", { marker: "always" }],
    ["packets of 50 ms", { every: 50, timestamps: "packet" }],
    ["packets of 10 ms", { every: 10, timestamps: "packet" }],
  ])("%s", (_title, wrong) => {
    for (const ms of [60, 100, 600, 2_000]) expect(heard(send({ ...plain, ...wrong }, presses("12", ms), start))).toBe("12");
    expect(heard(send({ ...plain, ...wrong }, presses("1100#1", 100, 80), start))).toBe("1100#1");
  });

  test("of twelve seconds, in segments and with a duration that goes round", () => {
    const segments: Sent[] = [];
    for (let i = 0; i < 600; i++) {
      const elapsed = (i + 1) * 160;
      const segment = Math.floor((elapsed - 1) / 0xffff);
      const payload = Buffer.from([5, 0x0a, 0, 0]);
      payload.writeUInt16BE(elapsed - segment * 0xffff, 2);
      segments.push({ packet: { payloadType: 101, marker: i === 0, sequence: i, timestamp: segment * 0xffff, ssrc: 1, payload }, at: i * 20 });
    }
    expect(heard(segments)).toBe("5");
    const round = segments.map(({ packet, at }, i) => {
      const payload = Buffer.from([5, 0x0a, 0, 0]);
      payload.writeUInt16BE(((i + 1) * 160) & 0xffff, 2);
      return { packet: { ...packet, timestamp: 0, payload }, at };
    });
    expect(heard(round)).toBe("5");
  });

  test("ends of the press before, late among the packets of the next one, end nothing", () => {
    for (const late of [1, 2, 3]) {
      const one = send({ ...plain, ends: 1 }, presses("1", 100), start);
      const two = send({ ...plain, ends: 1 }, presses("2", 160), { sequence: start.sequence + 50, timestamp: start.timestamp + 2_000 });
      const end = one.at(-1)!;
      const ends = Array.from({ length: late }, (_, i) => ({ ...end, at: 200 + i * 20 }));
      const mixed = [...one, ...two.flatMap((each, i) => (i > 0 && ends[i - 1] ? [ends[i - 1]!, each] : [each]))];
      const numbered = mixed.map(({ packet, at }, i) => ({ packet: { ...packet, sequence: (start.sequence + i) & 0xffff }, at }));
      expect(heard(numbered)).toBe("12");
    }
  });

  test("a new SSRC in the middle of a press does not press again; after it, it does", () => {
    const sent = send(plain, presses("4", 400), start);
    const changed = sent.map((one, i) =>
      i < 8 ? one : { ...one, packet: { ...one.packet, ssrc: 9, sequence: i, timestamp: one.packet.timestamp + 5_000_000 } },
    );
    expect(heard(changed)).toBe("4");
    const next = send(plain, presses("4"), { sequence: 1, timestamp: 99 }).map(({ packet, at }) => ({ packet: { ...packet, ssrc: 9 }, at: at + 500 }));
    expect(heard([...sent, ...next])).toBe("44");
  });
});

const senders = fc.record<Sender>({
  timestamps: fc.constantFrom("press", "packet", "counted", "frozen"),
  durations: fc.constant("grow" as const),
  ends: fc.integer({ min: 1, max: 6 }),
  lateEnd: fc.boolean(),
  marker: fc.constantFrom("first", "never", "always"),
  every: fc.constantFrom(10, 20, 50),
});
const constant = fc.record<Sender>({
  timestamps: fc.constantFrom("press", "packet"),
  durations: fc.constant("constant" as const),
  ends: fc.integer({ min: 0, max: 6 }),
  lateEnd: fc.boolean(),
  marker: fc.constantFrom("first", "never", "always"),
  every: fc.constantFrom(10, 20),
});
const typed = fc.array(fc.record({ key: fc.constantFrom(...eventKeys), ms: fc.integer({ min: 60, max: 900 }), pauseMs: fc.integer({ min: 80, max: 900 }) }), {
  minLength: 1,
  maxLength: 8,
});
const begin = fc.record({ sequence: fc.nat(0xffff), timestamp: fc.nat(0xffff_ffff) });
const keysOf = (given: readonly Press[]) => given.map(({ key }) => key).join("");

describe("any sender, any keys", () => {
  test("as many keys as presses", () => {
    fc.assert(
      fc.property(fc.oneof(senders, constant), typed, begin, (sender, given, from) => {
        expect(heard(send(sender, given, from))).toBe(keysOf(given));
      }),
      { numRuns: 2_000 },
    );
  });

  test("packets that come twice change nothing", () => {
    fc.assert(
      fc.property(senders, typed, begin, fc.infiniteStream(fc.nat(3)), (sender, given, from, dice) => {
        const sent = send(sender, given, from);
        const twice = sent.flatMap((one) => Array.from({ length: 1 + (dice.next().value === 0 ? 1 : 0) }, () => one));
        expect(heard(twice)).toBe(keysOf(given));
      }),
      { numRuns: 500 },
    );
  });

  test("neighbours that change places change nothing", () => {
    fc.assert(
      fc.property(senders, typed, begin, fc.infiniteStream(fc.nat(4)), (sender, given, from, dice) => {
        const sent = send(sender, given, from);
        for (let i = 1; i < sent.length; i++) {
          const [a, b] = [sent[i - 1]!, sent[i]!];
          // Inside one press only: the first packet of the next one is far away.
          if (dice.next().value !== 0 || b.at - a.at > 50 || a.packet.payload[0] !== b.packet.payload[0]) continue;
          [sent[i - 1], sent[i]] = [
            { ...b, at: a.at },
            { ...a, at: b.at },
          ];
          i++;
        }
        expect(heard(sent)).toBe(keysOf(given));
      }),
      { numRuns: 500 },
    );
  });

  test("one or two packets that are lost lose no key and add none", () => {
    fc.assert(
      fc.property(senders, typed, begin, fc.infiniteStream(fc.nat(9)), (sender, given, from, dice) => {
        let lost = 0;
        const sent = send(sender, given, from).filter(({ packet }) => {
          const end = (packet.payload[1]! & 0x80) !== 0;
          const lose = !end && lost < (sender.every === 50 ? 1 : 2) && dice.next().value < 3;
          lost = lose ? lost + 1 : 0;
          return !lose;
        });
        expect(heard(sent)).toBe(keysOf(given));
      }),
      { numRuns: 500 },
    );
  });
});
