import { type Speech, type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../ports/speech.ts";

/** Several engines as one: each request goes to the first working engine that supports the language. */
export function fallbackSynthesizer(engines: readonly Synthesizer[]): Synthesizer {
  return {
    id: engines.map((engine) => engine.id).join(" > "),
    languages: () => [...new Set(engines.flatMap((engine) => engine.languages()))],
    async synthesize(request: SynthesisRequest): Promise<Speech> {
      let last = new SpeechUnavailable(`no speech engine supports ${JSON.stringify(request.language)}`);
      const speaking = engines.filter((engine) => engine.languages().includes(request.language));
      for (const [place, engine] of speaking.entries()) {
        try {
          const speech = await engine.synthesize(request);
          return place === 0 ? speech : { ...speech, standIn: engine.id };
        } catch (error) {
          if (!(error instanceof SpeechUnavailable)) throw error;
          last = error;
        }
      }
      throw last;
    },
    async stop() {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}
