/** The thread of `promptWorker`: one message in, one out. */
import { parentPort } from "node:worker_threads";
import { AudioError } from "./audio-error.ts";
import { type PreparedPrompt, preparePrompt, type SpeechAudio } from "./prepare-prompt.ts";
import type { AudioErrorCode } from "./audio-error.ts";

export type PrepareJob = { id: number; source: Uint8Array | SpeechAudio };
export type PrepareReply = { id: number; prompt: PreparedPrompt } | { id: number; code: AudioErrorCode; message: string };

parentPort?.on("message", async ({ id, source }: PrepareJob) => {
  try {
    const prompt = await preparePrompt(source);
    const buffers = [prompt.pcm.buffer, prompt.ulaw.buffer, prompt.alaw.buffer] as ArrayBuffer[];
    parentPort!.postMessage({ id, prompt } satisfies PrepareReply, buffers);
  } catch (error) {
    const known = error instanceof AudioError ? error : new AudioError("corrupt", "the audio cannot be read");
    parentPort!.postMessage({ id, code: known.code, message: known.message } satisfies PrepareReply);
  }
});
