import { lookup } from "node:dns";
import { isIP } from "node:net";
import { elapsed, type Clock } from "../../../ports/clock.ts";
import type { Trunk } from "../../../ports/telephony.ts";
import { parseUri } from "../message/uri.ts";
import type { Flow } from "./flow.ts";

type Located = (flow: Flow | undefined) => void;
export type Resolve = (host: string, done: (address: string | undefined) => void) => void;

const CACHE_MS = 60_000;

/** Finds addresses for URIs and trunks, and knows which sources may call us. */
export class Locator {
  private readonly clock: Clock;
  private readonly resolve: Resolve;
  private readonly cache = new Map<string, { address: string; until: number }>();
  private readonly allow: ReadonlySet<string> | "any";

  constructor(clock: Clock, allow: "any" | readonly string[], resolve: Resolve = systemResolve) {
    this.clock = clock;
    this.resolve = resolve;
    this.allow = allow === "any" ? "any" : new Set(allow);
    if (allow === "any") return;
    for (const host of allow) if (isIP(host) === 0) this.address(host, () => {});
  }

  /** True for a source in the list, by address or by the last known address of a listed host. */
  allowed(address: string): boolean {
    if (this.allow === "any" || this.allow.has(address)) return true;
    let found = false;
    for (const host of this.allow) {
      const known = this.cache.get(host);
      if (known?.address === address) found = true;
      if (isIP(host) === 0 && (!known || known.until < elapsed(this.clock))) this.address(host, () => {});
    }
    return found;
  }

  /** Where to send a request for `uri`; `near` is the dialog's flow, whose TCP connection is kept. */
  locate(uri: string, near: Flow, located: Located): void {
    const parsed = parseUri(uri);
    if (!parsed || parsed.host === "") return located(near);
    if (near.transport === "tcp" && near.connection !== undefined) return located(near);
    // A Contact behind NAT cannot be reached; where its messages come from can.
    if (isPrivate(parsed.host) && !isPrivate(near.address)) return located(near);
    const transport = parsed.params.get("transport")?.toLowerCase() === "tcp" ? "tcp" : "udp";
    this.address(parsed.host, (address) => located(address === undefined ? undefined : { transport, address, port: parsed.port ?? 5060 }));
  }

  trunk(trunk: Trunk, located: Located): void {
    this.address(trunk.host, (address) => located(address === undefined ? undefined : { transport: trunk.transport, address, port: trunk.port }));
  }

  private address(host: string, done: (address: string | undefined) => void): void {
    if (isIP(host) !== 0) return done(host);
    const known = this.cache.get(host);
    if (known && known.until > elapsed(this.clock)) return done(known.address);
    this.resolve(host, (address) => {
      if (address !== undefined) this.remember(host, address);
      done(address ?? known?.address);
    });
  }

  private remember(host: string, address: string): void {
    if (this.cache.size >= 1_000) this.cache.clear();
    this.cache.set(host, { address, until: elapsed(this.clock) + CACHE_MS });
  }
}

/** RFC 1918 and loopback addresses. */
function isPrivate(address: string): boolean {
  return isIP(address) === 4 && /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);
}

function systemResolve(host: string, done: (address: string | undefined) => void): void {
  lookup(host, { family: 4 }, (error, address) => done(error ? undefined : address));
}
