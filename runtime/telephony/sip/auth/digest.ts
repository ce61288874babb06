/** Digest access authentication as a client (RFC 2617, RFC 7616, RFC 8760). */
import { createHash } from "node:crypto";
import { parseParams } from "../message/params.ts";

export type Challenge = { realm: string; nonce: string; opaque?: string; algorithm: "MD5" | "SHA-256"; qop?: "auth"; stale: boolean; session: boolean };

export type Credentials = { username: string; password: string };

type Request = { method: string; uri: string; cnonce: string; nc: number };

/** Reads WWW-Authenticate or Proxy-Authenticate values and picks the strongest we know; undefined when none. */
export function parseChallenge(values: readonly string[]): Challenge | undefined {
  const known = values.flatMap((value) => {
    const match = /^Digest\s+(.*)$/is.exec(value);
    const challenge = match && readChallenge(match[1]!);
    return challenge ? [challenge] : [];
  });
  return known.find((challenge) => challenge.algorithm === "SHA-256") ?? known[0];
}

/** The value of Authorization or Proxy-Authorization. */
export function authorize(challenge: Challenge, credentials: Credentials, request: Request): string {
  const response = digestResponse(challenge, credentials, request);
  const parts = [
    `username=${quote(credentials.username)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${response}"`,
    `algorithm=${challenge.algorithm}${challenge.session ? "-sess" : ""}`,
  ];
  if (challenge.qop) parts.push("qop=auth", `nc=${hex8(request.nc)}`, `cnonce=${quote(request.cnonce)}`);
  if (challenge.opaque !== undefined) parts.push(`opaque=${quote(challenge.opaque)}`);
  return `Digest ${parts.join(", ")}`;
}

/** The `response` value alone (RFC 7616 §3.4.1). */
export function digestResponse(challenge: Challenge, credentials: Credentials, request: Request): string {
  const hash = (text: string) =>
    createHash(challenge.algorithm === "MD5" ? "md5" : "sha256")
      .update(text, "utf8")
      .digest("hex");
  const plain = hash(`${credentials.username}:${challenge.realm}:${credentials.password}`);
  const a1 = challenge.session ? hash(`${plain}:${challenge.nonce}:${request.cnonce}`) : plain;
  const a2 = hash(`${request.method}:${request.uri}`);
  if (!challenge.qop) return hash(`${a1}:${challenge.nonce}:${a2}`);
  return hash(`${a1}:${challenge.nonce}:${hex8(request.nc)}:${request.cnonce}:auth:${a2}`);
}

function readChallenge(text: string): Challenge | undefined {
  const params = parseParams(text, ",");
  const nonce = params.get("nonce");
  const written = (params.get("algorithm") ?? "MD5").toUpperCase();
  const session = written.endsWith("-SESS");
  const algorithm = session ? written.slice(0, -5) : written;
  if (nonce === undefined || (algorithm !== "MD5" && algorithm !== "SHA-256")) return undefined;
  const offered = params
    .get("qop")
    ?.split(",")
    .map((item) => item.trim().toLowerCase());
  // auth-int alone is not supported.
  if (offered && !offered.includes("auth")) return undefined;
  return {
    realm: params.get("realm") ?? "",
    nonce,
    opaque: params.get("opaque"),
    algorithm,
    qop: offered ? "auth" : undefined,
    stale: params.get("stale")?.toLowerCase() === "true",
    session,
  };
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function hex8(count: number): string {
  return count.toString(16).padStart(8, "0");
}
