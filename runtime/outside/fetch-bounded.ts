import type { Value } from "../../flows/schema/values.ts";

const bodyLimit = 256 * 1024;

export type Fetched = { status: number; value: Value } | { timedOut: true } | { failed: string };
export type Limits = { timeoutMs: number; signal?: AbortSignal };

/**
 * One request to a server of someone else: http and https only, at most `timeoutMs` milliseconds in all, at most 256 KB
 * of answer. JSON is parsed, anything else is a text. Never throws.
 */
export async function fetchBounded(address: string, init: RequestInit, { timeoutMs, signal }: Limits): Promise<Fetched> {
  try {
    const url = new URL(address);
    if (url.protocol !== "http:" && url.protocol !== "https:") return { failed: `only http and https: ${address.slice(0, 200)}` };
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    return { status: response.status, value: parse(await readBounded(response)) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") return { timedOut: true };
    return { failed: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error("the answer is larger than 256 KB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
