/** What every synthesizer must do, run by each adapter's own test. No exact samples: engines change. */
import { afterAll, describe, expect, it } from "vitest";
import { type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../../runtime/ports/speech.ts";

const sentences: Record<string, string> = {
  ru: "Для связи с оператором нажмите ноль или оставайтесь на линии.",
  en: "To speak with an operator, press zero or stay on the line.",
};

export function request(over: Partial<SynthesisRequest> = {}): SynthesisRequest {
  const language = over.language ?? "ru";
  return { text: sentences[language] ?? "text", language, voice: "", rate: 1, ...over };
}

export function speechContract(name: string, make: () => Synthesizer): void {
  describe(`speech contract: ${name}`, () => {
    const engine = make();
    afterAll(() => engine.stop());
    const seconds = async (over: Partial<SynthesisRequest>): Promise<number> => {
      const { samples, sampleRate } = await engine.synthesize(request(over));
      return samples.length / sampleRate;
    };

    it("has an id and speaks Russian and English", () => {
      expect(engine.id).not.toBe("");
      expect(engine.languages()).toEqual(expect.arrayContaining(["ru", "en"]));
    });

    it.each(["ru", "en"])("says a sentence in %s: rate, length, loudness", async (language) => {
      const { samples, sampleRate } = await engine.synthesize(request({ language }));
      expect(samples).toBeInstanceOf(Int16Array);
      expect(sampleRate).toBeGreaterThanOrEqual(8000);
      expect(samples.length / sampleRate).toBeGreaterThan(1.5);
      expect(samples.length / sampleRate).toBeLessThan(8);
      const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      expect(rms).toBeGreaterThan(500);
      expect(rms).toBeLessThan(16000);
    });

    it("is faster at a higher rate", async () => {
      expect(await seconds({ rate: 1.5 })).toBeLessThan((await seconds({})) * 0.9);
    });

    it.each(["", "   \n"])("says nothing for %j", async (text) => {
      expect((await engine.synthesize(request({ text }))).samples.length).toBe(0);
    });

    it("says a very long text, refuses an endless one", async () => {
      const long = `${sentences["ru"]} `.repeat(80);
      expect(await seconds({ text: long })).toBeGreaterThan(100);
      await expect(engine.synthesize(request({ text: "а".repeat(20_000) }))).rejects.toThrow(SpeechUnavailable);
    });

    it.each([
      "a < b & c > d",
      '<break time="9s"/> hello',
      "a [[h@l]] b",
      "--version",
      "$(reboot); `ls`",
      "“€” 日本語 👍",
      "one\u2028two\r\nthree\u0085",
      "one\u0000two \ud83d",
    ])("takes %j as plain text", async (text) => {
      expect(await seconds({ text, language: "en" })).toBeLessThan(8);
    });

    it.each([{ language: "xx" }, { voice: "../../etc/passwd" }, { voice: "-w" }, { rate: 0 }, { rate: NaN }])("refuses %j", async (over) => {
      await expect(engine.synthesize(request(over))).rejects.toThrow(SpeechUnavailable);
    });

    it("answers many at once, each with its own", async () => {
      const texts = Array.from({ length: 20 }, (_, i) => "Нажмите один. ".repeat(1 + (i % 4)));
      const lengths = await Promise.all(texts.map((text) => seconds({ text })));
      lengths.forEach((length, i) => i % 4 > 0 && expect(length).toBeGreaterThan(lengths[i - 1]!));
    });
  });

  describe(`speech contract: ${name}, stopped`, () => {
    it("rejects what waits and what comes, with SpeechUnavailable", async () => {
      const engine = make();
      const waiting = engine.synthesize(request({ text: `${sentences["ru"]} `.repeat(100) })).catch((error: unknown) => error);
      await engine.stop();
      const result = await waiting;
      if (result instanceof Error) expect(result).toBeInstanceOf(SpeechUnavailable);
      await expect(engine.synthesize(request())).rejects.toThrow(SpeechUnavailable);
      await engine.stop();
    });
  });
}
