import { parseParams, type Params } from "./params.ts";

/** RFC 3261 §19.1 (sip, sips) and RFC 3966 (tel). Other schemes are not parsed. */
export type SipUri = {
  scheme: "sip" | "sips" | "tel";
  /** Unescaped; for tel the number without visual separators. */
  user: string;
  /** Lower case; empty for tel. IPv6 without brackets. */
  host: string;
  port?: number;
  params: Params;
};

const HOST = /^[a-z0-9.\-_]+$/;
const IPV6 = /^\[[0-9a-f:.%]+\]$/;

/** Parses a URI; undefined if the scheme is not supported. Never throws. */
export function parseUri(text: string): SipUri | undefined {
  const colon = text.indexOf(":");
  if (colon < 0 || /[\s<>"]/.test(text)) return undefined;
  const scheme = text.slice(0, colon).toLowerCase();
  const rest = text.slice(colon + 1);
  if (scheme === "tel") return parseTel(rest);
  if (scheme !== "sip" && scheme !== "sips") return undefined;
  const at = rest.indexOf("@");
  const userinfo = at < 0 ? "" : rest.slice(0, at);
  let hostPart = at < 0 ? rest : rest.slice(at + 1);
  const question = hostPart.indexOf("?");
  if (question >= 0) hostPart = hostPart.slice(0, question);
  const semicolon = hostPart.indexOf(";");
  const params = semicolon < 0 ? parseParams("") : parseParams(hostPart.slice(semicolon + 1));
  const hostPort = parseHostPort(semicolon < 0 ? hostPart : hostPart.slice(0, semicolon));
  if (!hostPort) return undefined;
  const password = userinfo.indexOf(":");
  const user = unescapeUri(password < 0 ? userinfo : userinfo.slice(0, password));
  return { scheme, user, ...hostPort, params };
}

/** `host`, `host:port` or `[v6]:port`; undefined when malformed. */
export function parseHostPort(text: string): { host: string; port?: number } | undefined {
  const lower = text.trim().toLowerCase();
  const v6 = lower.startsWith("[");
  const end = v6 ? lower.indexOf("]") + 1 : lower.indexOf(":");
  const host = end <= 0 ? (v6 ? "" : lower) : lower.slice(0, end);
  if (!(v6 ? IPV6 : HOST).test(host)) return undefined;
  const rest = end <= 0 ? "" : lower.slice(end).trim();
  const bare = v6 ? host.slice(1, -1) : host;
  if (rest === "") return { host: bare };
  if (!/^:\s*\d{1,5}$/.test(rest)) return undefined;
  const port = Number(rest.slice(1));
  return port > 0 && port < 65536 ? { host: bare, port } : undefined;
}

function parseTel(rest: string): SipUri | undefined {
  const semicolon = rest.indexOf(";");
  const number = (semicolon < 0 ? rest : rest.slice(0, semicolon)).replace(/[-.()]/g, "");
  if (!/^\+?[0-9a-fA-F*#]+$/.test(number)) return undefined;
  return { scheme: "tel", user: number, host: "", params: parseParams(semicolon < 0 ? "" : rest.slice(semicolon + 1)) };
}

/** Percent-decoding that leaves bad escapes as they are. */
export function unescapeUri(text: string): string {
  return text.includes("%") ? text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
}

/** Escapes a user part (RFC 3261 §25.1 `user`). */
export function escapeUser(user: string): string {
  return user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** Brackets around IPv6. */
export function hostText(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
