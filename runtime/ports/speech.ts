/** Speech ports: text to audio. Audio is PCM16 mono at the engine's own rate; the prompt cache converts it to G.711. */

/** `standIn`: the engine that spoke in place of the one whose id the synthesizer has; absent when it was that one. */
export type Speech = { samples: Int16Array; sampleRate: number; standIn?: string };

export type SynthesisRequest = {
  text: string;
  /** BCP 47 primary tag: "ru", "en". */
  language: string;
  /** Engine's own voice name; empty = its default for the language. */
  voice: string;
  /** 1 = normal speed. */
  rate: number;
};

export interface Synthesizer {
  /** Goes into the cache key: name and version of engine and voice. */
  readonly id: string;
  /** Languages it speaks; empty when no engine is there. */
  languages(): readonly string[];
  /** Rejects with `SpeechUnavailable` when the engine is absent, dead or late. */
  synthesize(request: SynthesisRequest): Promise<Speech>;
  stop(): Promise<void>;
}

export class SpeechUnavailable extends Error {
  override readonly name = "SpeechUnavailable";
}
