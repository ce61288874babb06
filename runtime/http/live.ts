import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { LiveEvent, Numbered } from "../calls/live-bus.ts";
import type { HttpDeps } from "./deps.ts";
import { describe } from "./problem.ts";

const callOf = (event: LiveEvent): string | null => (event.type === "line" ? event.line.callId : "call" in event ? event.call.id : null);
const heartbeatMs = 15_000;
const queueLimit = 10_000;

/** Server-sent events of everything live; `?call=` narrows to one call. Honours Last-Event-ID. */
export function liveRoutes({ calls }: HttpDeps) {
  return new Hono().get("/", describe("live", "Live events (SSE)"), (c) =>
    streamSSE(c, async (stream) => {
      const only = c.req.query("call");
      const given = c.req.header("last-event-id") ?? c.req.query("after");
      const lastId = given !== undefined && /^\d+$/.test(given) ? Number(given) : null;
      const queue: Numbered[] = [];
      let wake = () => {};
      const { stop, missed } = calls.bus.subscribe(lastId, (item) => {
        if (only && callOf(item.event) !== only) return;
        queue.push(item);
        if (queue.length > queueLimit) queue.splice(0, queue.length - queueLimit);
        wake();
      });
      stream.onAbort(() => {
        stop();
        wake();
      });
      if (missed) await stream.writeSSE({ event: "reset", data: "{}" });
      while (!stream.aborted && !stream.closed) {
        const item = queue.shift();
        if (item) await stream.writeSSE({ id: String(item.id), data: JSON.stringify(item.event) });
        else if (await idle()) await stream.writeSSE({ event: "ping", data: "{}" });
      }
      stop();

      /** True after a quiet while, false when something came. */
      function idle(): Promise<boolean> {
        return new Promise((resolve) => {
          const timer = setTimeout(() => resolve(true), heartbeatMs);
          wake = () => {
            clearTimeout(timer);
            resolve(false);
          };
          if (stream.aborted || queue.length > 0) wake();
        });
      }
    }),
  );
}
