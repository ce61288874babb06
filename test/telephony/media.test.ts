import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decode, encode, type Law } from "../../runtime/audio/g711.ts";
import type { LegEvent } from "../../runtime/ports/telephony.ts";
import { CallRecorder } from "../../runtime/telephony/media/call-recorder.ts";
import { ClipCache } from "../../runtime/telephony/media/clip-cache.ts";
import { ClipPlayer } from "../../runtime/telephony/media/clip-player.ts";
import { DigitGate } from "../../runtime/telephony/media/digit-gate.ts";
import { EventReceiver } from "../../runtime/telephony/media/event-receiver.ts";
import { InbandDigits } from "../../runtime/telephony/media/inband-digits.ts";
import { JitterBuffer } from "../../runtime/telephony/media/jitter-buffer.ts";
import { readRtp, writeRtp, type RtpPacket } from "../../runtime/telephony/media/rtp-packet.ts";
import { SourceLatch } from "../../runtime/telephony/media/source-latch.ts";
import { dtmfTone } from "../../runtime/telephony/media/tones.ts";
import { transcode } from "../../runtime/telephony/media/transcode.ts";
import { VoiceRecorder } from "../../runtime/telephony/media/voice-recorder.ts";
import { sine } from "./sine.ts";

const folder = mkdtempSync(join(tmpdir(), "sufler-media-"));
const laws: Law[] = ["ulaw", "alaw"];

describe("RTP", () => {
  test("writes and reads back", () => {
    const packet = writeRtp({ payloadType: 8, marker: true, sequence: 65_536 + 7, timestamp: 2 ** 32 + 5, ssrc: 99 }, Buffer.from("abc"));
    expect(readRtp(packet)).toMatchObject({ payloadType: 8, marker: true, sequence: 7, timestamp: 5, ssrc: 99 });
    expect(readRtp(packet)!.payload.toString()).toBe("abc");
  });

  test("CSRC, extension and padding are taken off", () => {
    const head = writeRtp({ payloadType: 0, marker: false, sequence: 1, timestamp: 1, ssrc: 1 }, Buffer.alloc(0));
    head[0] = 0x80 | 0x20 | 0x10 | 1;
    const packet = Buffer.concat([head, Buffer.alloc(4), Buffer.from([0, 0, 0, 1, 9, 9, 9, 9]), Buffer.from("xyz"), Buffer.from([0, 2])]);
    expect(readRtp(packet)!.payload.toString()).toBe("xyz");
  });

  test.each([
    [Buffer.alloc(0)],
    [Buffer.alloc(11, 0x80)],
    [Buffer.alloc(20, 0x00)],
    [Buffer.from([0x80, 200, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])],
    [Buffer.concat([Buffer.from([0xbf]), Buffer.alloc(11, 0xff)])],
  ])("not RTP: %#", (bytes) => {
    expect(readRtp(bytes)).toBeUndefined();
  });
});

describe("in-band digits", () => {
  const all = "1234567890*#ABCD";
  for (const law of laws) {
    test.each([
      [50, 50],
      [80, 60],
      [200, 40],
    ])(`${law}: every key once at %d ms on, %d ms off`, (on, off) => {
      const detector = new InbandDigits();
      let heard = "";
      for (const key of `${all}1155`) {
        heard += detector.push(decode(law, encode(law, dtmfTone(key, on))));
        heard += detector.push(decode(law, encode(law, new Int16Array(off * 8))));
      }
      expect(heard).toBe(`${all}1155`);
    });
  }

  test("quiet and skewed keys are heard, noise and speech-like sounds are not", () => {
    const detect = (samples: Int16Array) => new InbandDigits().push(samples);
    expect(detect(dtmfTone("5", 100).map((sample) => sample / 16))).toBe("5");
    expect(detect(mix(sine(697, 100, 8000), sine(1209, 100, 4500)))).toBe("1");
    expect(detect(sine(697, 1_000))).toBe("");
    expect(detect(mix(sine(697, 500), sine(1209, 500), sine(440, 500, 12_000)))).toBe("");
    let state = 1;
    const noise = Int16Array.from({ length: 80_000 }, () => ((state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) >> 15) - 32768);
    expect(detect(noise)).toBe("");
  });

  test("a short dropout does not make two keys of one", () => {
    const tone = dtmfTone("9", 300);
    tone.fill(0, 1000, 1060);
    expect(new InbandDigits().push(tone)).toBe("9");
  });
});

describe("RFC 4733", () => {
  const packet = (timestamp: number, event: number, duration: number, end = false, ssrc = 1): RtpPacket => {
    const payload = Buffer.from([event, end ? 0x8a : 10, 0, 0]);
    payload.writeUInt16BE(duration, 2);
    return { payloadType: 101, marker: false, sequence: 0, timestamp, ssrc, payload };
  };

  test("acts on the first packet that comes, whichever it is", () => {
    const events = new EventReceiver();
    expect([
      events.push(packet(100, 5, 160)),
      events.push(packet(100, 5, 320)),
      events.push(packet(100, 5, 480, true)),
      events.push(packet(100, 5, 480, true)),
    ]).toEqual(["5", undefined, undefined, undefined]);
    expect(events.push(packet(900, 5, 800, true))).toBe("5");
    expect(events.push(packet(100, 5, 480, true))).toBeUndefined();
  });

  test("a press longer than 8 seconds is one key", () => {
    const events = new EventReceiver();
    expect(events.push(packet(100, 1, 160))).toBe("1");
    events.push(packet(100, 1, 0xffff));
    expect(events.push(packet(100 + 0xffff, 1, 160))).toBeUndefined();
  });

  test("events that are no keys, and short payloads, are passed over", () => {
    const events = new EventReceiver();
    expect(events.push(packet(1, 16, 160))).toBeUndefined();
    expect(events.push({ ...packet(2, 1, 160), payload: Buffer.from([1]) })).toBeUndefined();
  });
});

describe("one key, one report", () => {
  test("tone first, event after", () => {
    const gate = new DigitGate();
    expect([gate.accepts("1", "inband", 0), gate.accepts("1", "rfc4733", 30), gate.accepts("1", "rfc4733", 300)]).toEqual([true, false, true]);
  });
  test("a far end that sends events has no tones", () => {
    const gate = new DigitGate();
    expect([gate.accepts("1", "rfc4733", 0), gate.accepts("1", "inband", 30), gate.accepts("2", "inband", 9_000)]).toEqual([true, false, false]);
  });
  test("INFO besides events", () => {
    const gate = new DigitGate();
    expect([gate.accepts("1", "rfc4733", 0), gate.accepts("1", "info", 60), gate.accepts("1", "info", 900)]).toEqual([true, false, true]);
  });
});

test("transcoding twice gives the nearest value again", () => {
  const codes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const there = decode("alaw", transcode(codes, "ulaw", "alaw"));
  const here = decode("ulaw", codes);
  for (let i = 0; i < 256; i++) expect(Math.abs(there[i]! - here[i]!)).toBeLessThanOrEqual(Math.max(16, Math.abs(here[i]!) / 16));
});

describe("clips", () => {
  test("back to back without a gap, the last frame filled up", () => {
    const player = new ClipPlayer("p", [Buffer.alloc(100, 1), Buffer.alloc(0), Buffer.alloc(100, 2)], "ulaw", false);
    const frame = Buffer.alloc(160, 9);
    player.fill(frame);
    expect([frame[99], frame[100], frame[159], player.done]).toEqual([1, 2, 2, false]);
    frame.fill(9);
    player.fill(frame);
    expect([frame[39], frame[40], player.done, player.ms]).toEqual([2, 9, true, 25]);
  });

  test("the cache keeps to its bytes and falls back to the other law", async () => {
    const cache = new ClipCache(2_500);
    for (const name of ["a", "b", "c"]) writeFileSync(join(folder, `${name}.ulaw`), Buffer.alloc(1_000, 7));
    for (const name of ["a", "b", "a", "c"]) await cache.load(join(folder, name), "ulaw");
    expect([cache.size, cache.peek(join(folder, "b"), "ulaw"), cache.peek(join(folder, "a"), "ulaw")?.length]).toEqual([2_000, undefined, 1_000]);
    expect((await cache.load(join(folder, "a"), "alaw"))[0]).toBe(transcode(Buffer.from([7]), "ulaw", "alaw")[0]);
    await expect(cache.load(join(folder, "none"), "ulaw")).rejects.toThrow("none.ulaw");
  });
});

describe("jitter buffer", () => {
  const frame = (value: number) => new Int16Array(160).fill(value);
  test("orders, fills gaps with silence, drops what is late", () => {
    const buffer = new JitterBuffer();
    buffer.push(1_000, frame(1));
    buffer.push(1_320, frame(3));
    buffer.push(1_160, frame(2));
    buffer.push(1_640, frame(5));
    const out = Array.from({ length: 8 }, () => buffer.pull(160)[0]);
    expect(out).toEqual([0, 0, 0, 1, 2, 3, 0, 5]);
    buffer.push(1_000, frame(9));
    expect(buffer.pull(160)[0]).toBe(0);
  });

  test("timestamps that wrap or jump", () => {
    const buffer = new JitterBuffer();
    buffer.push(2 ** 32 - 160, frame(1));
    buffer.push(0, frame(2));
    expect(Array.from({ length: 5 }, () => buffer.pull(160)[0])).toEqual([0, 0, 0, 1, 2]);
    buffer.push(900_000, frame(7));
    expect(Array.from({ length: 4 }, () => buffer.pull(160)[0])).toEqual([0, 0, 0, 7]);
  });
});

describe("recording", () => {
  type Recorded = Extract<LegEvent, { type: "recorded" }>;
  async function record(
    options: { maxMs?: number; silenceMs?: number; terminator?: string; beep?: boolean },
    run: (recorder: VoiceRecorder, speak: (ms: number, loud?: boolean) => void) => void,
  ): Promise<Recorded & { samples: Int16Array }> {
    const file = join(folder, `r${Math.random()}.wav`);
    let timestamp = 77;
    const event = await new Promise<Recorded>((resolve) => {
      const recorder = new VoiceRecorder({ id: "r", file, maxMs: 10_000, silenceMs: 0, terminator: "", beep: false, ...options }, resolve);
      run(recorder, (ms, loud = true) => {
        for (let i = 0; i < ms / 20; i++) {
          recorder.takeBeep();
          recorder.push(timestamp, loud ? sine(500, 20) : new Int16Array(160));
          timestamp += 160;
          recorder.tick();
        }
      });
    });
    const bytes = readFileSync(file);
    expect([bytes.toString("latin1", 0, 4), bytes.readUInt32LE(4), bytes.readUInt32LE(40)]).toEqual(["RIFF", bytes.length - 8, bytes.length - 44]);
    return { ...event, samples: new Int16Array(bytes.buffer, bytes.byteOffset + 44, (bytes.length - 44) / 2) };
  }

  test("until the terminator, the delay is emptied", async () => {
    const event = await record({ terminator: "#*" }, (recorder, speak) => {
      speak(1_000);
      expect(recorder.digit("5")).toBe(false);
      expect(recorder.digit("*")).toBe(true);
    });
    expect(event).toMatchObject({ reason: "terminator", digit: "*", ms: 1_060 });
    expect(event.samples.length).toBe(1_060 * 8);
    expect(event.speechMs).toBeGreaterThanOrEqual(900);
  });

  test("until silence; speech counted by energy", async () => {
    const event = await record({ silenceMs: 500 }, (_recorder, speak) => {
      speak(400);
      speak(300, false);
      speak(200);
      speak(900, false);
    });
    expect(event).toMatchObject({ reason: "silence", speechMs: 600 });
    expect(event.ms).toBe(60 + 400 + 300 + 200 + 500);
  });

  test("at most; the beep is not in it", async () => {
    const event = await record({ maxMs: 250, beep: true }, (_recorder, speak) => speak(900));
    expect([event.reason, event.ms, event.samples.length]).toEqual(["max", 250, 2_000]);
  });

  test("a folder that is not there: failed, no throw", async () => {
    const event = await new Promise<Recorded>((resolve) => {
      const recorder = new VoiceRecorder({ id: "r", file: "/nowhere/at/all.wav", maxMs: 100, silenceMs: 0, terminator: "", beep: false }, resolve);
      recorder.end("hangup");
    });
    expect(event.reason).toBe("failed");
  });

  test("a whole call: left received, right sent", async () => {
    const file = join(folder, "call.wav");
    const recorder = new CallRecorder(file);
    for (let i = 0; i < 50; i++) {
      recorder.pushReceived(i * 160, new Int16Array(160).fill(100));
      if (i >= 25) recorder.pushSent(9_000 + i * 160, new Int16Array(160).fill(200));
      recorder.tick();
    }
    await recorder.close();
    const bytes = readFileSync(file);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset + 44, (bytes.length - 44) / 2);
    expect([bytes.readUInt16LE(22), samples.length]).toEqual([2, (1_000 + 60) * 16]);
    expect([samples[16 * 500], samples[16 * 500 + 1], samples[16 * 900], samples[16 * 900 + 1]]).toEqual([100, 0, 100, 200]);
  });
});

describe("source of the stream", () => {
  test("nothing is sent into a black hole", () => {
    const latch = new SourceLatch();
    latch.expect("0.0.0.0", 4000);
    expect(latch.target).toBeUndefined();
  });
});

function mix(...parts: Int16Array[]): Int16Array {
  return Int16Array.from(parts[0]!, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
}
