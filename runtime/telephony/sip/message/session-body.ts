import { parseParams } from "./params.ts";
import { header, headerText, type HeaderMap } from "./sip-message.ts";

/** The session description of a message; `other`: a body of which nothing can be read. */
export type SessionBody = { kind: "none" } | { kind: "sdp"; text: string } | { kind: "other" };

type Part = { headers: HeaderMap; body: string };

const MAX_PARTS = 20;
const MAX_DEPTH = 3;
const SDP = "application/sdp";

/**
 * Finds the SDP of a message: the body itself, or a part of a multipart body (RFC 2046 §5.1, RFC 5621) next to ISUP, PIDF and others,
 * which are passed over. Without a Content-Type a body is taken as SDP.
 */
export function sessionBody(message: Part): SessionBody {
  return read(message, 0);
}

/** The SDP text, or "" if there is none. */
export function sdpOf(message: Part): string {
  const found = sessionBody(message);
  return found.kind === "sdp" ? found.text : "";
}

function read(part: Part, depth: number): SessionBody {
  if (part.body.trim() === "") return { kind: "none" };
  const [type, params] = contentType(header(part, "content-type") ?? SDP);
  if (!/^identity$/i.test((header(part, "content-encoding") ?? "identity").trim())) return { kind: "other" };
  if (type === SDP) return { kind: "sdp", text: decoded(part) };
  if (!type.startsWith("multipart/") || depth >= MAX_DEPTH) return { kind: "other" };
  const found = partsOf(part.body, params.get("boundary") ?? "").map((each) => read(each, depth + 1));
  // A multipart body without SDP is a message without an offer: its parts are for others.
  return found.find((each) => each.kind === "sdp") ?? (found.length > 0 ? { kind: "none" } : { kind: "other" });
}

function contentType(value: string): [string, Map<string, string>] {
  const semicolon = value.indexOf(";");
  const type = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
  return [type, parseParams(semicolon < 0 ? "" : value.slice(semicolon + 1))];
}

/** The parts between the boundary lines; preamble and epilogue are none. */
function partsOf(body: string, boundary: string): Part[] {
  if (boundary === "" || boundary.length > 70) return [];
  const parts: Part[] = [];
  let current: string[] | undefined;
  for (const line of body.split("\n")) {
    const bare = line.replace(/[ \t\r]+$/, "");
    if (bare !== `--${boundary}` && bare !== `--${boundary}--`) {
      current?.push(line);
      continue;
    }
    if (current) parts.push(partOf(current.join("\n")));
    if (bare.endsWith(`${boundary}--`) || parts.length >= MAX_PARTS) return parts;
    current = [];
  }
  return parts;
}

/** Headers, an empty line, the body; the line break before the next boundary is not the body's. */
function partOf(text: string): Part {
  const headers: HeaderMap = new Map();
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0)
      headers.set(partHeaders[line.slice(0, colon).trim().toLowerCase()] ?? line.slice(0, colon).trim().toLowerCase(), [line.slice(colon + 1).trim()]);
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : "" };
}

const partHeaders: Readonly<Record<string, string>> = { c: "content-type", e: "content-encoding" };

function decoded(part: Part): string {
  return /^base64$/i.test(headerText(part, "content-transfer-encoding").trim()) ? Buffer.from(part.body, "base64").toString("latin1") : part.body;
}
