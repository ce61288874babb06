import { createRequire } from "node:module";
import { type Speech, type SynthesisRequest, type Synthesizer, SpeechUnavailable } from "../../ports/speech.ts";
import { checkRequest, espeakSpeed } from "../request.ts";
import { EngineProcess } from "./engine-process.ts";
import type { EngineReply } from "./reply-frames.ts";

export type EspeakOptions = {
  timeoutMs?: number;
  maxQueue?: number;
  restartMs?: number;
  log?: (message: string) => void;
  /** For tests: another child, another package. */
  childFile?: URL;
  packageName?: string;
};

const defaultVoices: Record<string, string> = { ru: "ru", en: "en-us" };
/** eSpeak's own rate; an empty text never reaches the engine. */
const sampleRate = 22050;

/** eSpeak NG in a child process (GPL-3, optional). Starts and warms up at once; without the package it has no languages. */
export function espeakSynthesizer(options: EspeakOptions = {}): Synthesizer {
  const packageName = options.packageName ?? "@echogarden/espeak-ng-emscripten";
  const id = "espeak-ng-emscripten@0.3.5";
  const languages = isInstalled(packageName) ? Object.keys(defaultVoices) : [];
  const timeoutMs = options.timeoutMs ?? 5000;
  const engine = languages.length > 0 ? startEngine() : undefined;

  function startEngine(): EngineProcess {
    const started = new EngineProcess({
      childFile: options.childFile ?? new URL("./espeak-child.ts", import.meta.url),
      args: [packageName],
      timeoutMs,
      firstTimeoutMs: timeoutMs * 2,
      maxQueue: options.maxQueue ?? 500,
      restartMs: options.restartMs ?? 250,
      log: options.log,
    });
    // The first sentence of a language is twenty times slower than the next.
    for (const language of languages) started.ask({ text: "1", voice: defaultVoices[language]!, speed: espeakSpeed(1) }).catch(() => {});
    return started;
  }

  return {
    id,
    languages: () => languages,
    async synthesize(request: SynthesisRequest): Promise<Speech> {
      checkRequest(this, request);
      if (!engine) throw new SpeechUnavailable("eSpeak is not installed");
      if (request.text.trim() === "") return { samples: new Int16Array(0), sampleRate };
      const voice = request.voice || defaultVoices[request.language]!;
      return toSpeech(await engine.ask({ text: request.text, voice, speed: espeakSpeed(request.rate) }));
    },
    async stop() {
      engine?.stop();
    },
  };
}

function toSpeech({ bytes, sampleRate: rate }: EngineReply): Speech {
  return { samples: new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1), sampleRate: rate };
}

/** Looks for the package without loading it: its licence stays in the child. */
function isInstalled(packageName: string): boolean {
  try {
    createRequire(import.meta.url).resolve(packageName);
    return true;
  } catch {
    return false;
  }
}
