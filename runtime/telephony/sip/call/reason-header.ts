/** Q.850 causes in Reason headers (RFC 3326). */
import { parseParams } from "../message/params.ts";
import type { HeaderMap } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import type { HeaderList } from "../message/write-message.ts";

export type Reason = { q850?: number; text?: string };

/** Reads the Q.850 cause, if there is one. */
export function readReason(message: { headers: HeaderMap }): Reason {
  for (const value of (message.headers.get("reason") ?? []).flatMap((line) => splitList(line))) {
    const semicolon = value.indexOf(";");
    const protocol = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toUpperCase();
    const params = parseParams(semicolon < 0 ? "" : value.slice(semicolon + 1));
    const cause = Number(params.get("cause") ?? NaN);
    if (protocol === "Q.850" && cause >= 0 && cause < 128) return { q850: cause, text: params.get("text") };
  }
  return {};
}

/** The header for a cause; nothing without one. */
export function reasonHeaders(q850: number | undefined): HeaderList {
  return q850 === undefined ? [] : [["Reason", `Q.850;cause=${Math.trunc(q850)}`]];
}
