import type { Command } from "../../../flows/commands.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { Performer } from "./performer.ts";

const bodyLimit = 256 * 1024;
type Http = Extract<Command, { do: "http" }>;

/** One HTTP request with retries on network errors and 5xx, inside one time limit per try; at most 256 KB of answer are read. */
export const http: Performer<Http> = ({ id, command }, call) => {
  const abort = new AbortController();
  void attempt(command, abort.signal).then((answer) => {
    if (abort.signal.aborted) return;
    if ("exit" in answer) call.reply(id, answer.exit, answer.value);
    else call.fault(id, "network", answer.message);
  });
  return () => abort.abort();
};

type Answer = { exit: string; value?: Value } | { message: string };

async function attempt(command: Http, signal: AbortSignal): Promise<Answer> {
  let answer: Answer = { message: "not tried" };
  for (let tried = 0; tried <= command.retries && !signal.aborted; tried++) {
    answer = await request(command, signal);
    const again = !("exit" in answer) || answer.exit === "serverError" || answer.exit === "timeout";
    if (!again) return answer;
  }
  return answer;
}

async function request(command: Http, signal: AbortSignal): Promise<Answer> {
  try {
    const url = new URL(command.url);
    if (url.protocol !== "http:" && url.protocol !== "https:") return { message: `only http and https: ${command.url.slice(0, 200)}` };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(command.timeoutMs)]);
    const response = await fetch(url, { ...requestOf(command), signal: limit });
    return { exit: exitOf(response.status), value: parse(await readBounded(response)) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") return { exit: "timeout" };
    return { message: reasonOf(error) };
  }
}

function requestOf({ method, body, headers }: Http): RequestInit {
  const hasBody = method !== "GET" && body !== "";
  const type: Record<string, string> = hasBody ? { "content-type": "application/json" } : {};
  return { method, headers: { accept: "application/json", ...type, ...headers }, ...(hasBody ? { body } : {}) };
}

const exitOf = (status: number): string => (status < 400 ? "ok" : status < 500 ? "clientError" : "serverError");

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

/** The same request without a call: strategies and scripts use it. */
export const requestHttp = attempt;
