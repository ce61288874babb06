import { parseWav } from "../../audio/wav.ts";
import { type Speech, type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../../ports/speech.ts";
import { checkRequest, espeakSpeed } from "../request.ts";
import { findProgram } from "./installed-program.ts";
import { runProgram } from "./run-program.ts";

export type CommandOptions = {
  /** A name on the search path, or an absolute path. It reads text from stdin and writes a WAV file to stdout. */
  program?: string;
  args?: (request: SynthesisRequest) => string[];
  languages?: readonly string[];
  /** Goes into cache keys: change it with the program's version or its arguments. */
  id?: string;
  searchPath?: string;
  timeoutMs?: number;
  /** How many run at once. */
  atOnce?: number;
};

/** An installed speech program (`apt install espeak-ng` by default); without it, no languages are available. */
export function commandSynthesizer(options: CommandOptions = {}): Synthesizer {
  const program = options.program ?? "espeak-ng";
  const id = options.id ?? `command:${program}`;
  const file = findProgram(program, options.searchPath ?? process.env["PATH"] ?? "");
  const languages = file ? (options.languages ?? ["ru", "en"]) : [];
  const stopping = new AbortController();
  const turn = turns(options.atOnce ?? 4);

  return {
    id,
    languages: () => languages,
    async synthesize(request: SynthesisRequest): Promise<Speech> {
      checkRequest(this, request);
      if (!file || stopping.signal.aborted) throw new SpeechUnavailable(`${program} not found`);
      if (request.text.trim() === "") return { samples: new Int16Array(0), sampleRate: 22050 };
      const done = await turn();
      try {
        const args = (options.args ?? espeakArgs)(request);
        // Double brackets mean phonemes to eSpeak; a prompt is plain text.
        const text = request.text.replaceAll("[[", "[ [");
        return readSpeech(await runProgram(file, args, text, options.timeoutMs ?? 5000, stopping.signal), program);
      } finally {
        done();
      }
    },
    async stop() {
      stopping.abort();
    },
  };
}

function espeakArgs({ language, voice, rate }: SynthesisRequest): string[] {
  return ["-v", voice || (language === "en" ? "en-us" : language), "-s", String(espeakSpeed(rate)), "--stdin", "--stdout"];
}

function readSpeech(bytes: Uint8Array, program: string): Speech {
  try {
    const { samples, sampleRate } = parseWav(bytes);
    return { samples: Int16Array.from(samples, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768)))), sampleRate };
  } catch {
    throw new SpeechUnavailable(`${program} did not return a WAV file`);
  }
}

/** Lets `atOnce` callers through; each calls what it was given when it is done. */
function turns(atOnce: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const done = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async () => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return done;
  };
}
