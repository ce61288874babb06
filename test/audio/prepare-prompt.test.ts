import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { afterAll, describe, expect, it } from "vitest";
import { decode } from "../../runtime/audio/g711.ts";
import { voicedRms } from "../../runtime/audio/levels.ts";
import { preparePrompt } from "../../runtime/audio/prepare-prompt.ts";
import { promptWorker } from "../../runtime/audio/prompt-worker.ts";
import { resampleTo8k } from "../../runtime/audio/resample.ts";
import { writeWav } from "../../runtime/audio/wav.ts";
import { sine, strength } from "./sine.ts";

const mp3 = new Uint8Array(readFileSync(new URL("./tone-440hz-1s.mp3", import.meta.url)));
const pcm = (samples: Float32Array): Int16Array => Int16Array.from(samples, (v) => Math.round(v * 32767));
const floats = (samples: Int16Array): Float32Array => Float32Array.from(samples, (v) => v / 32768);
const decibels = (ratio: number): number => 20 * Math.log10(ratio);

describe("preparePrompt", () => {
  it("makes 8 kHz G.711 of an MP3", async () => {
    const prompt = await preparePrompt(mp3);
    expect(prompt.ms).toBeGreaterThan(900);
    expect(prompt.ms).toBeLessThan(1100);
    expect(prompt.ulaw.length).toBe(prompt.pcm.length);
    expect(strength(floats(decode("alaw", prompt.alaw)), 440, 8000)).toBeGreaterThan(0.1);
  });

  it.each([0.01, 0.1, 0.9])("levels a tone of amplitude %f to −20 dBFS", async (amplitude) => {
    const prompt = await preparePrompt(writeWav(pcm(sine(440, 22050, 1, amplitude)), 22050));
    expect(decibels(voicedRms(floats(prompt.pcm)))).toBeCloseTo(-20, 0);
  });

  it("keeps peaks under −3 dBFS", async () => {
    const clicks = sine(300, 8000, 1, 0.02).map((v, i) => (i % 400 === 0 ? 0.9 : v));
    const prompt = await preparePrompt(writeWav(pcm(clicks), 8000));
    expect(decibels(Math.max(...floats(prompt.pcm)))).toBeLessThanOrEqual(-2.99);
  });

  it("trims silence to 20 ms and pads speech with 200 ms", async () => {
    const samples = new Float32Array(16000);
    samples.set(sine(440, 16000, 0.3), 5000);
    expect((await preparePrompt(writeWav(pcm(samples), 16000))).ms).toBeCloseTo(340, -2);
    expect((await preparePrompt({ samples: pcm(samples), sampleRate: 16000 })).ms).toBeCloseTo(540, -2);
  });

  it("keeps recorded silence, and makes a pad of empty speech", async () => {
    expect((await preparePrompt(writeWav(new Int16Array(4000), 8000))).ms).toBe(500);
    expect((await preparePrompt({ samples: new Int16Array(0), sampleRate: 22050 })).ms).toBe(200);
  });

  it.each([
    ["empty", new Uint8Array(0)],
    ["empty", writeWav(new Int16Array(0), 8000)],
    ["unknown-format", new Uint8Array(100)],
    ["too-large", new Uint8Array(21 * 1024 * 1024)],
  ])("%s", async (code, bytes) => {
    await expect(preparePrompt(bytes as Uint8Array)).rejects.toMatchObject({ name: "AudioError", code });
  });
});

describe("resampleTo8k", () => {
  it.each([11025, 22050, 24000, 44100, 48000])("from %i Hz: passes speech, drops what would alias", (rate) => {
    const level = (frequency: number, heard: number): number =>
      decibels(strength(resampleTo8k({ samples: sine(frequency, rate, 0.5), sampleRate: rate }).subarray(500, 3500), heard, 8000) / 0.5);
    expect(level(1000, 1000)).toBeGreaterThan(-0.5);
    expect(level(3200, 3200)).toBeGreaterThan(-1.5);
    if (rate > 12000) expect(level(5500, 2500)).toBeLessThan(-50);
  });
});

describe("promptWorker", () => {
  const worker = promptWorker();
  afterAll(() => worker.stop());

  it("gives the same bytes as the direct call, and survives bad files", async () => {
    const [good, bad, again] = await Promise.allSettled([worker.prepare(mp3), worker.prepare(mp3.slice(0, 40)), worker.prepare(mp3)]);
    expect(bad).toMatchObject({ status: "rejected", reason: { name: "AudioError", code: "corrupt" } });
    expect(good).toMatchObject({ status: "fulfilled" });
    expect(again).toEqual(good);
    expect((await worker.prepare(mp3)).ulaw).toEqual((await preparePrompt(mp3)).ulaw);
  });

  it("leaves this thread free while ten minutes are prepared", async () => {
    const long = writeWav(pcm(sine(440, 16000, 590)), 16000);
    const start = performance.now();
    let worst = 0;
    let last = performance.now();
    const ticker = setInterval(() => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    }, 5);
    const { ms } = await worker.prepare(long);
    clearInterval(ticker);
    expect(ms).toBeGreaterThan(589_000);
    process.stdout.write(`590 s of 16 kHz: ${Math.round(performance.now() - start)} ms, longest pause of this thread ${Math.round(worst)} ms\n`);
    expect(worst).toBeLessThan(400);
  }, 30_000);

  it("gives up on time", async () => {
    const hasty = promptWorker({ timeoutMs: 1 });
    await expect(hasty.prepare(mp3)).rejects.toMatchObject({ code: "timeout" });
    await hasty.stop();
    await expect(hasty.prepare(mp3)).rejects.toMatchObject({ code: "timeout" });
  });
});
