import type { SipResponse } from "../message/sip-message.ts";
import { authorize, parseChallenge, type Challenge, type Credentials } from "./digest.ts";

/** Answers 401 and 407 for one trunk. One try per nonce; a stale nonce is renewed without counting as a refusal. */
export class Authenticator {
  private readonly credentials: Credentials | undefined;
  private readonly cnonce: () => string;
  private tries = 0;
  private challenge: Challenge | undefined;
  private headerName = "Authorization";
  private count = 0;
  private refused = false;

  constructor(credentials: Credentials | undefined, cnonce: () => string) {
    this.credentials = credentials;
    this.cnonce = cnonce;
  }

  /** Learns the challenge of a 401 or 407. False: no credentials, or these were already refused. */
  challenged(response: SipResponse): boolean {
    const proxy = response.status === 407;
    const challenge = parseChallenge(response.headers.get(proxy ? "proxy-authenticate" : "www-authenticate") ?? []);
    if (!this.credentials || !challenge) return false;
    this.refused ||= this.refusedBy(challenge);
    if (this.refused) return false;
    this.tries++;
    this.headerName = proxy ? "Proxy-Authorization" : "Authorization";
    this.challenge = challenge;
    this.count = 0;
    return true;
  }

  /** A later attempt: what was refused may be right by then. */
  reset(): void {
    this.challenge = undefined;
    this.refused = false;
    this.tries = 0;
  }

  /** A success: the next challenge is a new round. */
  accepted(): void {
    this.tries = 0;
  }

  /** The answer to our credentials is another challenge: they are wrong, unless only the nonce was old. */
  private refusedBy(challenge: Challenge): boolean {
    if (this.tries >= 5) return true;
    const tried = this.challenge !== undefined && this.count > 0;
    return tried && !challenge.stale && (this.tries >= 1 || challenge.nonce === this.challenge?.nonce);
  }

  /** The header for a request, or nothing before the first challenge. */
  headers(method: string, uri: string): [string, string][] {
    if (!this.challenge || !this.credentials) return [];
    const nc = ++this.count;
    return [[this.headerName, authorize(this.challenge, this.credentials, { method, uri, cnonce: this.cnonce(), nc })]];
  }
}
