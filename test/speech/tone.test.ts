import { expect, it } from "vitest";
import { SpeechUnavailable, type Synthesizer } from "../../runtime/ports/speech.ts";
import { fallbackSynthesizer } from "../../runtime/speech/fallback.ts";
import { toneFrequency, toneSynthesizer } from "../../runtime/speech/tone/tone.ts";
import { strength } from "../audio/sine.ts";
import { request, speechContract } from "../contracts/speech.ts";

speechContract("tone", () => toneSynthesizer());

const down = (languages: string[], error: Error = new SpeechUnavailable("down")): Synthesizer => ({
  id: "down",
  languages: () => languages,
  synthesize: () => Promise.reject(error),
  stop: async () => {},
});
speechContract("fallback", () => fallbackSynthesizer([down(["ru"]), toneSynthesizer({ languages: ["ru"] }), toneSynthesizer()]));

it("is the same every time, 65 ms a character, at the frequency of its text", async () => {
  const one = await toneSynthesizer().synthesize(request({ text: "Нажмите один" }));
  expect(await toneSynthesizer().synthesize(request({ text: "Нажмите один" }))).toEqual(one);
  expect(one.samples.length / one.sampleRate).toBeCloseTo(12 * 0.065, 3);
  expect(strength(one.samples, toneFrequency(request({ text: "Нажмите один" })), 8000)).toBeGreaterThan(7000);
  expect(toneFrequency(request({ text: "Нажмите два" }))).not.toBe(toneFrequency(request({ text: "Нажмите один" })));
});

it("falls back only when an engine is unavailable", async () => {
  const buggy = fallbackSynthesizer([down(["ru"], new TypeError("bug")), toneSynthesizer()]);
  await expect(buggy.synthesize(request())).rejects.toThrow(TypeError);
  const none = fallbackSynthesizer([down(["ru"]), down(["ru"])]);
  await expect(none.synthesize(request())).rejects.toThrow(SpeechUnavailable);
  expect(fallbackSynthesizer([]).languages()).toEqual([]);
  expect(none.id).toBe("down > down");
});
