import type { Context } from "hono";
import { problem } from "./problem.ts";

/** Whether a text is an address that a request can be sent to: http or https, with a host. */
export function isHttpUrl(text: string): boolean {
  const url = /^https?:\/\/[^/\s]/.test(text) ? URL.parse(text) : null;
  return url !== null && url.hostname !== "";
}

export const badUrl = (c: Context) =>
  problem(
    c,
    422,
    "bad-url",
    "это не адрес: нужен http:// или https:// с узлом, например https://crm.example.com/calls",
    "this is not an address: write http:// or https:// and a host, such as https://crm.example.com/calls",
  );
