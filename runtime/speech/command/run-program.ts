import { spawn } from "node:child_process";
import { SpeechUnavailable } from "../../ports/speech.ts";

const maxOutputBytes = 64 * 1024 * 1024;

/** Runs a program without a shell: text to its stdin, its stdout back. Killed after `timeoutMs`, or when `signal` says so. */
export function runProgram(file: string, args: readonly string[], text: string, timeoutMs: number, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new SpeechUnavailable(`${file}: stopped`));
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => give(`no response in ${timeoutMs} ms`), timeoutMs);
    const onAbort = (): void => give("stopped");
    signal.addEventListener("abort", onAbort);

    function give(failure?: string): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      if (failure === undefined) return resolve(Buffer.concat(chunks));
      child.kill("SIGKILL");
      reject(new SpeechUnavailable(`${file}: ${failure}`));
    }

    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutputBytes) give("too much output");
      else chunks.push(chunk);
    });
    child.on("error", (error) => give(error.message));
    child.on("close", (code, killed) => give(code === 0 ? undefined : `ended with ${killed ?? code}`));
    // A program may end without reading everything.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
  });
}
