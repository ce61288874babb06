import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forkPinned } from "./one-core/pinned.ts";
import { writeWav } from "../../../runtime/audio/wav.ts";

export const heldNumber = "1000";
export const shortNumber = "1001";

/** `cores`: a list for taskset; `node`: options of its Node; `config`: what differs from the bench's configuration. */
export type ProductOptions = { cores?: string; node?: string[]; config?: Record<string, unknown> };
/** Those of `bin/sufler.mjs serve`. */
const serverFlags = ["--max-semi-space-size=4", "--heap-growing-percent=40"];
export type Product = { pid: number; sip: { host: string; port: number }; stop(): Promise<void> };

/** Starts Sufler in a child process and gives it the flows of the bench. */
export async function startProduct({ cores, node = [], config = {} }: ProductOptions = {}): Promise<Product> {
  const data = await mkdtemp(join(tmpdir(), "sufler-bench-"));
  const script = join(import.meta.dirname, "server-child.ts");
  const args = [data, JSON.stringify(config)];
  const flags = [...serverFlags, ...node];
  const child = cores
    ? forkPinned(script, { cores, args, node: flags }).process
    : fork(script, args, { execArgv: flags, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { url, sip } = await firstMessage(child);
  const first = await upload(url, "first", 60, 0.1);
  const second = await upload(url, "second", 1, -0.1);
  await publish(url, loopFlow(first, second), heldNumber);
  await publish(url, straightFlow(second), shortNumber);
  return {
    pid: child.pid!,
    sip: { host: sip.address, port: sip.port },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

function firstMessage(child: ChildProcess): Promise<{ url: string; sip: { address: string; port: number } }> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as { url: string; sip: { address: string; port: number } }));
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code} before it was ready`)));
  });
}

/** The sign of a prompt survives levels and G.711: positive samples are codes from 0x80, negative ones are below. */
export const isSecond = (code: number): boolean => code < 0x80;

/** A recording of one constant value; its RTP packets are told from another's by any byte. */
async function upload(url: string, title: string, seconds: number, value: number): Promise<string> {
  const samples = new Int16Array(8_000 * seconds).fill(Math.round(value * 32_767));
  const { hash } = await ask<{ hash: string }>(url, "POST", `/api/prompts?title=${title}`, writeWav(samples, 8_000), "audio/wav");
  return hash;
}

async function publish(url: string, document: { id: string }, number: string): Promise<void> {
  const { revision } = await ask<{ revision: number }>(url, "POST", "/api/flows", JSON.stringify({ document }));
  await ask(url, "POST", `/api/flows/${document.id}/publish`, JSON.stringify({ revision, number }));
}

async function ask<T>(url: string, method: string, path: string, body: string | Uint8Array, type = "application/json"): Promise<T> {
  const response = await fetch(`${url}${path}`, { method, headers: { "content-type": type }, body });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const recording = (audio: string) => ({ en: { audio } });
const flow = (id: string, prompts: Record<string, unknown>, start: string, nodes: Record<string, unknown>) => ({
  sufler: 2,
  id,
  kind: "ivr",
  title: { en: id },
  languages: ["en"],
  outcomes: ["served"],
  prompts,
  start,
  nodes,
});

/** A menu with a minute-long prompt; key 1 plays the second prompt and comes back to the menu. */
function loopFlow(first: string, second: string) {
  return flow("bench-loop", { first: recording(first), second: recording(second) }, "begin", {
    begin: { type: "start", exits: { next: "ask" } },
    ask: {
      type: "menu",
      config: { prompt: "first", choices: [{ key: "1", value: "one" }], attempts: 10 },
      exits: { "1": "tell", noInput: "end", invalid: "end" },
    },
    tell: { type: "say", config: { prompt: "second" }, exits: { next: "ask" } },
    end: { type: "hangup", config: { outcome: "served" } },
  });
}

/** Answer, one prompt, hang up: the caller leaves after 200 ms. */
function straightFlow(second: string) {
  return flow("bench-short", { second: recording(second) }, "begin", {
    begin: { type: "start", exits: { next: "tell" } },
    tell: { type: "say", config: { prompt: "second" }, exits: { next: "end" } },
    end: { type: "hangup", config: { outcome: "served" } },
  });
}
