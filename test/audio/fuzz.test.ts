/** Whatever is uploaded, the answer is a prompt or an AudioError. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { AudioError } from "../../runtime/audio/audio-error.ts";
import { preparePrompt } from "../../runtime/audio/prepare-prompt.ts";
import { promptWorker } from "../../runtime/audio/prompt-worker.ts";
import { writeWav } from "../../runtime/audio/wav.ts";
import { sine } from "./sine.ts";
import { wavBytes } from "./wav-bytes.ts";

vi.spyOn(console, "error").mockImplementation(() => {});
const tone = Int16Array.from(sine(440, 8000, 0.2), (v) => v * 32767);
const seeds = [
  writeWav(tone, 8000),
  wavBytes({ tag: 3, bits: 32, channels: 2, sampleRate: 44100, extensible: true, list: true }, new Uint8Array(4000)),
  new Uint8Array(readFileSync(new URL("./tone-440hz-1s.mp3", import.meta.url))),
];
const damage = fc.record({
  at: fc.nat(400),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  anywhere: fc.double({ min: 0, max: 1, noNaN: true }),
  spread: fc.boolean(),
});
const damaged = fc
  .tuple(fc.constantFrom(...seeds), fc.array(damage, { minLength: 1, maxLength: 6 }), fc.option(fc.double({ min: 0, max: 1, noNaN: true })))
  .map(([seed, damages, cut]) => {
    const bytes = seed.slice();
    for (const { at, bytes: with_, anywhere, spread } of damages) {
      bytes.set(with_, Math.min(spread ? Math.floor(anywhere * bytes.length) : at, bytes.length - with_.length));
    }
    return cut === null ? bytes : bytes.slice(0, Math.floor(cut * bytes.length));
  });
const anything = fc.oneof(
  damaged,
  damaged,
  fc.uint8Array({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 3000 }).map((noise) => Uint8Array.from([0xff, 0xfb, 0x90, 0x64, ...noise])),
);

async function survives(prepare: typeof preparePrompt, bytes: Uint8Array): Promise<void> {
  const result = await prepare(bytes).catch((error: unknown) => error);
  if (result instanceof Error) expect(result).toBeInstanceOf(AudioError);
  else expect(result).toMatchObject({ ms: expect.any(Number) });
}

describe("fuzz", () => {
  const worker = promptWorker();
  afterAll(() => worker.stop());

  it("parses or refuses", async () => {
    await fc.assert(
      fc.asyncProperty(anything, (bytes) => survives(preparePrompt, bytes)),
      { numRuns: 400 },
    );
  }, 60_000);

  it("in the worker too, which is alive afterwards", async () => {
    await fc.assert(
      fc.asyncProperty(anything, (bytes) => survives(worker.prepare, bytes)),
      { numRuns: 200 },
    );
    expect((await worker.prepare(seeds[0]!)).ms).toBeGreaterThan(150);
  }, 60_000);
});
