import { SpeechUnavailable, type SynthesisRequest, type Synthesizer } from "../ports/speech.ts";

/** Words a minute of eSpeak at rate 1. */
const wordsPerMinute = 175;

/** Ten minutes of slow speech; a prompt may not be longer anyway. */
export const maxTextLength = 10_000;

/** Throws SpeechUnavailable for what no engine here can say. */
export function checkRequest(engine: Pick<Synthesizer, "id" | "languages">, { text, language, voice, rate }: SynthesisRequest): void {
  if (!engine.languages().includes(language)) throw new SpeechUnavailable(`${engine.id} does not speak ${JSON.stringify(language)}`);
  if (text.length > maxTextLength) throw new SpeechUnavailable(`text longer than ${maxTextLength} characters`);
  // Engines look voices up as files.
  if (!/^(?:[A-Za-z0-9][\w+-]*)?$/.test(voice)) throw new SpeechUnavailable("no such voice");
  if (!(rate >= 0.25 && rate <= 4)) throw new SpeechUnavailable("rate outside 0.25–4");
}

/** A rate as eSpeak's words a minute (it accepts 80–450). */
export function espeakSpeed(rate: number): number {
  return Math.max(80, Math.min(450, Math.round(wordsPerMinute * rate)));
}
