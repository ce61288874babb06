/**
 * SIP message parser (RFC 3261 §7, §25). Tolerant where a reader may be, bounded everywhere; it never
 * throws: what cannot be read comes back with a reason and with enough to answer 400.
 */
import { limits } from "./limits.ts";
import { parseNameAddress } from "./name-address.ts";
import { headerText, type CSeq, type HeaderMap, type SipMessage } from "./sip-message.ts";
import { splitList } from "./split-list.ts";
import { parseVia, type Via } from "./via.ts";

export type ParseResult =
  | { ok: true; message: SipMessage }
  /** `request`: a response may be sent if `headers` has Via, From, To, Call-ID and CSeq. */
  | { ok: false; reason: string; status: number; request: boolean; headers: HeaderMap };

type StartLine = { kind: "request"; method: string; uri: string } | { kind: "response"; status: number; reason: string };
type Failure = { reason: string; status: number };
type Framing = { datagram: boolean };

const TOKEN = /^[!%'*+\-.0-9A-Z_`a-z~]+$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i;
const compactForms: Record<string, string> = {
  a: "accept-contact",
  b: "referred-by",
  c: "content-type",
  d: "request-disposition",
  e: "content-encoding",
  f: "from",
  i: "call-id",
  j: "reject-contact",
  k: "supported",
  l: "content-length",
  m: "contact",
  n: "identity-info",
  o: "event",
  r: "refer-to",
  s: "subject",
  t: "to",
  u: "allow-events",
  v: "via",
  x: "session-expires",
  y: "identity",
};
const single = ["from", "to", "call-id", "cseq", "content-length", "max-forwards"];

/** Reads one message from latin-1 bytes. With `datagram` the body ends with the data (RFC 3261 §18.3). */
export function parseMessage(bytes: Buffer | string, framing: Framing = { datagram: true }): ParseResult {
  const headers: HeaderMap = new Map();
  if (bytes.length > limits.messageBytes) return fail("message too large", false, headers, 513);
  let text = typeof bytes === "string" ? bytes : bytes.toString("latin1");
  if (text.charCodeAt(0) <= 13) text = text.replace(/^[\r\n]+/, "");
  const end = headEnd(text);
  const lines = headLines(text.slice(0, end.head));
  const start = parseStartLine(lines[0] ?? "");
  const request = "kind" in start ? start.kind === "request" : start.status === 505 || start.status === 400;
  const headerProblem = readHeaders(lines, headers);
  if (!("kind" in start)) return fail(start.reason, request, headers, start.status);
  if (headerProblem) return fail(headerProblem, request, headers);
  const rest = text.slice(end.body);
  return assemble(start, headers, rest, framing);
}

function assemble(start: StartLine, headers: HeaderMap, rest: string, framing: Framing): ParseResult {
  const read = readMandatory(start, headers);
  if (typeof read === "string") return fail(read, start.kind === "request", headers);
  const body = bodyOf(headers, rest, framing);
  if (body === undefined) return fail("bad Content-Length", start.kind === "request", headers);
  return { ok: true, message: { ...start, headers, ...read, body } };
}

/** The six fields of every message (§8.1.1), or what is wrong with them. */
function readMandatory(start: StartLine, headers: HeaderMap): Pick<SipMessage, "via" | "from" | "to" | "callId" | "cseq"> | string {
  for (const name of single) if ((headers.get(name)?.length ?? 0) > 1) return `more than one ${name}`;
  const via = parseVias(headers.get("via"));
  if (!via) return "bad or missing Via";
  const from = parseNameAddress(headerText({ headers }, "from"));
  const to = parseNameAddress(headerText({ headers }, "to"));
  if (!from || !to) return "bad or missing From or To";
  const callId = headerText({ headers }, "call-id");
  if (callId === "" || /\s/.test(callId)) return "bad or missing Call-ID";
  const cseq = parseCSeq(headerText({ headers }, "cseq"));
  if (!cseq) return "bad or missing CSeq";
  if (start.kind === "request" && cseq.method !== start.method) return "CSeq method differs";
  return { via, from, to, callId, cseq };
}

function fail(reason: string, request: boolean, headers: HeaderMap, status = 400): ParseResult {
  return { ok: false, reason, status, request, headers };
}

function headEnd(text: string): { head: number; body: number } {
  const crlf = text.indexOf("\r\n\r\n");
  if (crlf >= 0) return { head: crlf, body: crlf + 4 };
  const lf = text.indexOf("\n\n");
  return lf >= 0 ? { head: lf, body: lf + 2 } : { head: text.length, body: text.length };
}

/** Lines of the head with folded lines joined (RFC 3261 §7.3.1). */
function headLines(head: string): string[] {
  const lines = head.split("\n", limits.headers * 4);
  const joined: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const raw = lines[i]!;
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const first = line.charCodeAt(0);
    if ((first === 32 || first === 9) && joined.length > 1) joined[joined.length - 1] += ` ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
}

function parseStartLine(line: string): StartLine | Failure {
  const status = STATUS_LINE.exec(line);
  if (status) return { kind: "response", status: Number(status[1]), reason: status[2] ?? "" };
  if (/^SIP\//i.test(line)) return { reason: "bad status line", status: 0 };
  const parts = line.split(" ");
  const [method, uri, version] = parts;
  if (parts.length !== 3 || !method || !uri || !version || !TOKEN.test(method)) return { reason: "bad request line", status: 400 };
  if (version.toUpperCase() === "SIP/2.0") return { kind: "request", method, uri };
  return /^SIP\/\d+\.\d+$/i.test(version) ? { reason: "version not supported", status: 505 } : { reason: "bad request line", status: 400 };
}

/** Fills `headers`; returns what is wrong, if anything. */
function readHeaders(lines: string[], headers: HeaderMap): string | undefined {
  let problem: string | undefined;
  if (lines.length - 1 > limits.headers) problem = "too many headers";
  for (let i = 1; i < lines.length && i <= limits.headers; i++) {
    const line = lines[i]!;
    const colon = line.indexOf(":");
    const written = colon < 0 ? "" : line.slice(0, colon).trimEnd();
    if (written === "" || !TOKEN.test(written)) {
      problem ??= "bad header line";
      continue;
    }
    const lower = written.toLowerCase();
    const name = (lower.length === 1 ? compactForms[lower] : undefined) ?? lower;
    const value = line.slice(colon + 1).trim();
    const values = headers.get(name);
    if (values) values.push(value);
    else headers.set(name, [value]);
  }
  return problem;
}

function parseVias(values: string[] | undefined): Via[] | undefined {
  const vias: Via[] = [];
  for (const value of values ?? []) {
    for (const item of splitList(value)) {
      const via = parseVia(item);
      if (!via || vias.length >= limits.vias) return undefined;
      vias.push(via);
    }
  }
  return vias.length > 0 ? vias : undefined;
}

function parseCSeq(value: string): CSeq | undefined {
  const match = /^(\d{1,10})\s+(\S+)$/.exec(value);
  if (!match || !TOKEN.test(match[2]!)) return undefined;
  const number = Number(match[1]);
  return number < 2 ** 31 ? { number, method: match[2]! } : undefined;
}

function bodyOf(headers: HeaderMap, rest: string, framing: Framing): string | undefined {
  const value = headers.get("content-length")?.[0];
  if (value === undefined) return framing.datagram ? rest : rest === "" ? "" : undefined;
  if (!/^\d{1,9}$/.test(value)) return undefined;
  const length = Number(value);
  return length <= rest.length ? rest.slice(0, length) : undefined;
}
