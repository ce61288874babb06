// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * A separate process around eSpeak NG (GPL-3): the only file that loads it. It reads JSON lines from stdin
 * and writes reply frames to stdout; it ends when stdin ends.
 */
import { createInterface } from "node:readline";
import { type EngineRequest, encodeReply } from "./reply-frames.ts";

type Engine = {
  get_samplerate(): number;
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  /** Calls back with pieces of PCM16 until the text is said or the callback returns true. */
  synthesize(text: string, onAudio: (samples: Int16Array | null) => boolean): void;
};
type EngineModule = { eSpeakNGWorker: new () => Engine };

const maxSeconds = 600;
const packageName = process.argv[2] ?? "@echogarden/espeak-ng-emscripten";

/** The engine reads SSML tags and phonemes in double brackets: a prompt is plain text. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("[[", "[ [");
}

function speak(engine: Engine, { text, voice, speed }: EngineRequest): Uint8Array {
  if (engine.set_voice(voice) !== 0) throw new Error("no such voice");
  engine.set_rate(speed);
  const limit = engine.get_samplerate() * maxSeconds;
  const pieces: Uint8Array[] = [];
  let length = 0;
  engine.synthesize(escape(text), (samples) => {
    if (samples) pieces.push(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    length += samples?.length ?? 0;
    return length > limit;
  });
  if (length > limit) throw new Error("longer than ten minutes");
  return Buffer.concat(pieces);
}

function answer(engine: Engine, request: EngineRequest): Uint8Array {
  try {
    return encodeReply({ id: request.id, sampleRate: engine.get_samplerate(), bytes: speak(engine, request) });
  } catch (error) {
    return encodeReply({ id: request.id, sampleRate: 0, bytes: new TextEncoder().encode(String(error)) });
  }
}

// The module is Emscripten's: what it prints must not get into the frames.
const { default: load } = (await import(packageName)) as { default: (options: object) => Promise<EngineModule> };
const module = await load({ print: console.error, printErr: console.error });
const engine = new module.eSpeakNGWorker();
for await (const line of createInterface({ input: process.stdin })) {
  if (line) process.stdout.write(answer(engine, JSON.parse(line) as EngineRequest));
}
