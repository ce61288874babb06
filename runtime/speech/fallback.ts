import { type Speech, type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../ports/speech.ts";

/** Several engines as one: each request goes to the first that speaks the language and is alive. */
export function fallbackSynthesizer(engines: readonly Synthesizer[]): Synthesizer {
  return {
    id: engines.map((engine) => engine.id).join(" > "),
    languages: () => [...new Set(engines.flatMap((engine) => engine.languages()))],
    async synthesize(request: SynthesisRequest): Promise<Speech> {
      let last = new SpeechUnavailable(`no engine speaks ${JSON.stringify(request.language)}`);
      for (const engine of engines) {
        if (!engine.languages().includes(request.language)) continue;
        try {
          return await engine.synthesize(request);
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
