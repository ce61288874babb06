import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Process = {
  url: string;
  sip: { port: number };
  recovered: { calls: number; scripts: number };
  child: ChildProcess;
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  kill(signal?: NodeJS.Signals): Promise<void>;
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "sufler-data-"));

/** Runs a file of ours with the project's Node; resolves with what it printed when it ends. */
export function run(file: string, args: string[], environment: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("exit", (code) => resolve({ code: code ?? -1, output }));
  });
}

export const serveChild = join(import.meta.dirname, "serve-child.ts");

/** Starts the product in a child process on a data folder; free ports. */
export async function startProcess(data: string, environment: Record<string, string> = {}): Promise<Process> {
  const child = spawn(process.execPath, [serveChild], {
    env: { ...process.env, SUFLER_DATA: data, SUFLER_HTTP_PORT: "0", SUFLER_SIP_PORT: "0", SUFLER_RTP_PORTS: "0-0", SUFLER_VOICE: "tone", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}`)));
  });
  const up = JSON.parse(line) as Pick<Process, "url" | "sip" | "recovered">;
  return {
    ...up,
    child,
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${up.url}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (response.status === 204 ? {} : await response.json()) as T;
    },
    async kill(signal = "SIGKILL") {
      child.kill(signal);
      await gone;
    },
  };
}
