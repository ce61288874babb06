import type { Command } from "../../../flows/commands.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Fetched, Outside, Sent } from "../../outside/fetch-bounded.ts";
import { failed, type DataAnswer, type Reply } from "./data-answer.ts";

type Http = Extract<Command, { do: "http" }>;
const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * One HTTP request with a time limit per attempt; network errors, 5xx and timeouts are retried after a pause that
 * doubles. A successful GET response is cached as long as the node defines.
 */
export const http: DataAnswer<Http> = async (command, { clock, answers, outside }, { signal }) => {
  const keeps = command.cacheSeconds > 0 && command.method === "GET";
  const key = keeps ? JSON.stringify([command.url, Object.entries(command.headers).sort()]) : "";
  const kept = keeps ? answers.get(key, clock.now()) : undefined;
  if (kept !== undefined) return { exit: "ok", value: kept };
  const reply = await attempt(command, { clock, outside }, signal);
  if (keeps && reply.exit === "ok" && reply.value !== undefined) answers.put(key, reply.value, clock.now() + command.cacheSeconds * 1000);
  return reply;
};

async function attempt(command: Http, { clock, outside }: { clock: Clock; outside: Outside }, signal: AbortSignal): Promise<Reply> {
  let reply = failed("network", "not tried");
  for (let tried = 0; tried <= command.retries && !signal.aborted; tried++) {
    if (tried > 0) await pause(Math.min(firstPauseMs * 2 ** (tried - 1), longestPauseMs), clock, signal);
    reply = replyOf(await outside(command.url, requestOf(command), { timeoutMs: command.timeoutMs, signal }));
    if (reply.exit === "ok" || reply.exit === "clientError" || reply.fault?.code === "not-allowed") return reply;
  }
  return reply;
}

function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    signal.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}

function requestOf({ method, body, headers }: Http): Sent {
  const hasBody = method !== "GET" && body !== "";
  const type: Record<string, string> = hasBody ? { "content-type": "application/json" } : {};
  return { method, headers: { accept: "application/json", ...type, ...headers }, ...(hasBody ? { body } : {}) };
}

function replyOf(answer: Fetched): Reply {
  if ("timedOut" in answer) return { exit: "timeout" };
  if ("refused" in answer) return failed("not-allowed", answer.refused);
  if ("failed" in answer) return failed("network", answer.failed);
  const exit = answer.status < 400 ? "ok" : answer.status < 500 ? "clientError" : "serverError";
  return { exit, value: answer.value };
}
