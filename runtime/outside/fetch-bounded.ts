import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Value } from "../../flows/schema/values.ts";
import { isAllowed, isClosed } from "./address-rules.ts";

const bodyLimit = 256 * 1024;
const mostRedirects = 5;

/** `refused`: the address is one that flows may not ask; trying again changes nothing. */
export type Fetched = { status: number; value: Value } | { timedOut: true } | { failed: string } | { refused: string };
export type Limits = { timeoutMs: number; signal?: AbortSignal };
export type Sent = { method?: string; headers?: Record<string, string>; body?: string };

/**
 * One request to an external server: http and https only, at most `timeoutMs` milliseconds in total, a response of at most 256 KB
 * of answer. JSON is parsed, anything else is a text. Never throws. Addresses of this machine, of private networks and
 * of cloud metadata are asked only when allowed; what a name resolves to is checked and is what is connected to, at
 * each redirect anew.
 */
export type Outside = (address: string, sent: Sent, limits: Limits) => Promise<Fetched>;

type Options = {
  /** Names, addresses and networks that may be asked although they are closed to others. Asked at each request. */
  allowed(): readonly string[];
  /** For tests. */
  lookup?: typeof systemLookup;
};

class Refused extends Error {}

/** HTTP client for external servers. */
export function outside({ allowed, lookup = systemLookup }: Options): Outside {
  const check = (host: string, address: string): void => {
    if (!isClosed(address) || isAllowed(host, address, allowed())) return;
    const what = host === address ? host : `${host} (${address})`;
    throw new Refused(`${what} is an address of this machine or of a private network: allow it in allowHosts (SUFLER_ALLOW_HOSTS)`);
  };
  return async (address, sent, { timeoutMs, signal }) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const aborted = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      return await follow(urlOf(address), sent, { check, lookup, signal: aborted });
    } catch (error) {
      if (error instanceof Refused) return { refused: error.message };
      if (limit.aborted && !signal?.aborted) return { timedOut: true };
      return { failed: reasonOf(error) };
    }
  };
}

type Way = { check(host: string, address: string): void; lookup: typeof systemLookup; signal: AbortSignal };

function urlOf(address: string, base?: URL): URL {
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new Error(`only http and https are allowed: ${address.slice(0, 200)}`);
  return url;
}

async function follow(first: URL, given: Sent, way: Way): Promise<Fetched> {
  let [url, sent] = [first, given];
  for (let hops = 0; ; hops++) {
    const response = await once(url, sent, way);
    const { statusCode: status = 0, headers } = response;
    const next = [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined;
    if (next === undefined) return { status, value: parse(await readBounded(response)) };
    response.destroy();
    if (hops === mostRedirects) throw new Error(`more than ${mostRedirects} redirects`);
    const target = urlOf(next, url);
    sent = redirected(sent, status, target.origin === url.origin);
    url = target;
  }
}

/** RFC 9110 §15.4: a POST becomes a GET except with 307 and 308; what proves who we are stays with its origin. */
function redirected({ method = "GET", headers = {}, body }: Sent, status: number, sameOrigin: boolean): Sent {
  const keeps = status === 307 || status === 308 || method === "GET";
  const private_ = /^(authorization|cookie|proxy-authorization|x-sufler-signature)$/i;
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => (sameOrigin || !private_.test(name)) && (keeps || !/^content-/i.test(name))));
  return keeps ? { method, headers: kept, ...(body === undefined ? {} : { body }) } : { method: "GET", headers: kept };
}

function once(url: URL, { method = "GET", headers = {}, body }: Sent, { check, lookup, signal }: Way): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // An address is not looked up: it is checked here; a name when it is known what it resolves to.
  if (isIP(host) !== 0) check(host, host);
  const options: RequestOptions = {
    method,
    headers: { "user-agent": "Sufler", ...headers, ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }) },
    lookup: checkedLookup(host, check, lookup),
    signal,
    // A connection of another request was checked for that one.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, resolve);
    request.on("error", reject);
    request.end(body);
  });
}

/** All addresses of a name must be open, else none is used: the connection goes to one that was checked. */
function checkedLookup(host: string, check: Way["check"], lookup: typeof systemLookup): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, "", 0);
      try {
        for (const { address } of found) check(host, address);
      } catch (refused) {
        return callback(refused as NodeJS.ErrnoException, "", 0);
      }
      if (options.all) return callback(null, found);
      return callback(null, found[0]?.address ?? "", found[0]?.family ?? 0);
    });
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error instanceof AggregateError ? error.errors[0] : error.cause;
  return cause instanceof Error
    ? `${error.message || "network error"}: ${cause.message}`
    : error.message || String((error as { code?: string }).code ?? error.name);
}

const unpackers: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Packed answers are unpacked within the same bound. */
async function readBounded(response: IncomingMessage): Promise<string> {
  const unpacker = unpackers[(response.headers["content-encoding"] ?? "").trim().toLowerCase()]?.();
  const stream = (
    unpacker ? response.on("error", (error) => (unpacker as Readable & NodeJS.ReadWriteStream).destroy(error)).pipe(unpacker) : response
  ) as Readable;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > bodyLimit) throw new Error("the response is larger than 256 KB");
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
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
