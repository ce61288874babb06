import { type Speech, type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../../ports/speech.ts";
import { checkRequest } from "../request.ts";

export type ToneOptions = { languages?: readonly string[]; id?: string };

/** The assumed length of a prompt without audio (the Phone in the editor uses the same). */
const msPerCharacter = 65;
const sampleRate = 8000;

/** A fake for tests: a tone per text, 65 ms per character, always the same. After `stop` it is unavailable. */
export function toneSynthesizer(options: ToneOptions = {}): Synthesizer {
  const languages = options.languages ?? ["ru", "en"];
  let stopped = false;
  return {
    id: options.id ?? "tone@1",
    languages: () => languages,
    async synthesize(request: SynthesisRequest): Promise<Speech> {
      checkRequest(this, request);
      if (stopped) throw new SpeechUnavailable("the tone is stopped");
      const length = Math.round((request.text.trim().length * msPerCharacter * sampleRate) / 1000 / request.rate);
      const step = (2 * Math.PI * toneFrequency(request)) / sampleRate;
      return { samples: Int16Array.from({ length }, (_, i) => Math.round(8000 * Math.sin(i * step))), sampleRate };
    },
    async stop() {
      stopped = true;
    },
  };
}

/** 300–1299 Hz from a hash (FNV-1a) of text, language and voice: different prompts sound different. */
export function toneFrequency({ text, language, voice }: Pick<SynthesisRequest, "text" | "language" | "voice">): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${language}/${voice}/${text.trim()}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return 300 + (hash % 1000);
}
