import { parseParams, type Params } from "./params.ts";
import { hostText, parseHostPort } from "./uri.ts";

/** One Via (RFC 3261 §20.42). */
export type Via = { transport: string; host: string; port?: number; params: Params };

const SENT = /^SIP\s*\/\s*\d{1,3}\.\d{1,3}\s*\/\s*([A-Za-z0-9.\-_]{1,20})\s+([^;]+)/i;

/** Reads one Via value of any version (a request of another one is answered 505); undefined when malformed. */
export function parseVia(text: string): Via | undefined {
  const semicolon = text.indexOf(";");
  const match = SENT.exec(semicolon < 0 ? text : text.slice(0, semicolon));
  if (!match) return undefined;
  const sentBy = parseHostPort(match[2]!);
  if (!sentBy) return undefined;
  return { transport: match[1]!.toLowerCase(), ...sentBy, params: parseParams(semicolon < 0 ? "" : text.slice(semicolon + 1)) };
}

/** Writes a Via back. */
export function viaText(via: Via): string {
  let text = `SIP/2.0/${via.transport.toUpperCase()} ${hostText(via.host)}${via.port === undefined ? "" : `:${via.port}`}`;
  for (const [name, value] of via.params) text += value === "" ? `;${name}` : `;${name}=${value}`;
  return text;
}
