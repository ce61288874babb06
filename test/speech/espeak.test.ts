import { performance } from "node:perf_hooks";
import { afterEach, describe, expect, it } from "vitest";
import { SpeechUnavailable, type Synthesizer } from "../../runtime/ports/speech.ts";
import { type EspeakOptions, espeakSynthesizer } from "../../runtime/speech/espeak/espeak.ts";
import { encodeReply, replyReader } from "../../runtime/speech/espeak/reply-frames.ts";
import { request, speechContract } from "../contracts/speech.ts";

// A busy machine may take its time: the limit is what other tests are about.
speechContract("espeak", () => espeakSynthesizer({ timeoutMs: 30_000 }));

describe("espeak", () => {
  let engine: Synthesizer | undefined;
  afterEach(() => engine?.stop());
  const moody = (options: EspeakOptions = {}): Synthesizer =>
    (engine = espeakSynthesizer({ childFile: new URL("./children/moody-child.ts", import.meta.url), restartMs: 20, ...options }));
  const say = (text: string): Promise<number> => engine!.synthesize(request({ text })).then(({ samples }) => samples.length);

  it("has no languages and rejects when the package is missing", async () => {
    engine = espeakSynthesizer({ packageName: "@nobody/no-such-engine" });
    expect(engine.languages()).toEqual([]);
    await expect(say("один")).rejects.toThrow(SpeechUnavailable);
  });

  it("is quick when warm", async () => {
    engine = espeakSynthesizer();
    await say("готово");
    const start = performance.now();
    for (let i = 0; i < 20; i++) await engine.synthesize(request());
    process.stdout.write(`espeak child: ${((performance.now() - start) / 20).toFixed(1)} ms a sentence\n`);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it.each(["die", "rubbish"])("comes back after the child's %s; the others in the queue are answered", async (mood) => {
    moody({ timeoutMs: 3000 });
    const results = await Promise.allSettled([say("раз"), say(mood), say("два"), say("три")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { name: "SpeechUnavailable" } });
  });

  it("kills a child that hangs", async () => {
    moody({ timeoutMs: 300 });
    await say("раз");
    const start = performance.now();
    await expect(say("hang")).rejects.toThrow("no response in 300 ms");
    expect(performance.now() - start).toBeLessThan(1500);
    // The new child has to load first: its first answer has twice the time.
    await expect.poll(() => say("два").catch(() => 0), { timeout: 5000 }).toBe(8000);
  });

  it("refuses at once while an engine that cannot start is down", async () => {
    const notes: string[] = [];
    engine = espeakSynthesizer({ childFile: new URL("./children/dead-child.ts", import.meta.url), restartMs: 20, log: (note) => notes.push(note) });
    await expect(Promise.all([say("раз"), say("два")])).rejects.toThrow(SpeechUnavailable);
    await expect.poll(() => notes.length, { timeout: 5000 }).toBeGreaterThanOrEqual(3);
    await expect(say("три")).rejects.toThrow(SpeechUnavailable);
    expect(notes.join()).not.toContain("раз");
  });

  it("refuses when the queue is full", async () => {
    moody({ maxQueue: 3 });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => say("раз")));
    expect(results.filter(({ status }) => status === "rejected").length).toBeGreaterThan(4);
  });
});

describe("reply frames", () => {
  it("survive any cutting", () => {
    const replies = [1, 2, 3].map((id) => ({ id, sampleRate: 8000, bytes: new Uint8Array(id * 7).fill(id) }));
    const stream = Buffer.concat(replies.map(encodeReply));
    for (const step of [1, 5, 12, 13, 1000]) {
      const seen: unknown[] = [];
      const read = replyReader((reply) => seen.push(reply));
      for (let at = 0; at < stream.length; at += step) read(stream.subarray(at, at + step));
      expect(seen).toEqual(replies);
    }
  });
});
