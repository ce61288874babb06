import { describe, expect, test } from "vitest";
import { decode, encode } from "../../runtime/audio/g711.ts";
import { InbandDigits, mayBeginKey } from "../../runtime/telephony/media/inband-digits.ts";
import { dtmfColumns, dtmfKeys, dtmfRows } from "../../runtime/telephony/media/tones.ts";

/** Packets are looked at quickly before they are listened to: no key is lost by it, wherever in a packet it begins. */
const FRAME = 160;

function heard(samples: Int16Array): { keys: string; listened: number } {
  const tones = new InbandDigits();
  let keys = "";
  let listened = 0;
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const codes = encode("ulaw", samples.subarray(at, at + FRAME));
    if (tones.idle && !mayBeginKey("ulaw", codes)) tones.quiet(FRAME);
    else {
      keys += tones.push(decode("ulaw", codes));
      listened++;
    }
  }
  return { keys, listened };
}

function press(samples: Int16Array, key: string, from: number, length: number, rowLevel: number, columnLevel: number): void {
  const index = dtmfKeys.indexOf(key);
  const [row, column] = [dtmfRows[Math.floor(index / 4)]!, dtmfColumns[index % 4]!];
  for (let i = 0; i < length; i++) {
    const t = (2 * Math.PI * i) / 8_000;
    samples[from + i] = Math.round(rowLevel * Math.sin(row * t) + columnLevel * Math.sin(column * t));
  }
}

const noise = (length: number, level: number): Int16Array => {
  let seed = 7;
  return Int16Array.from({ length }, () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.round((seed / 0x40000000 - 1) * level);
  });
};

describe("a key of 40 ms", () => {
  test.each([
    ["even", 6_000, 6_000],
    ["louder column", 3_000, 7_000],
    ["louder row", 7_000, 3_000],
  ])("%s: heard wherever it begins, after silence and after speech", (_title, rowLevel, columnLevel) => {
    for (const key of "159D#")
      for (let from = 0; from < FRAME; from += 3)
        for (const background of [new Int16Array(10 * FRAME), noise(10 * FRAME, 3_000)]) {
          press(background, key, 4 * FRAME + from, 320, rowLevel, columnLevel);
          expect([key, from, heard(background).keys]).toEqual([key, from, key]);
        }
  });
});

test("speech is not listened to closely: most of its packets are passed over, and it is no key", () => {
  const { keys, listened } = heard(noise(1_000 * FRAME, 8_000));
  expect(keys).toBe("");
  expect(listened).toBeLessThan(400);
});
