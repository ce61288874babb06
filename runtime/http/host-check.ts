import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { MiddlewareHandler } from "hono";
import type { Config } from "../config.ts";
import { problem } from "./problem.ts";

type Names = Pick<Config, "bind" | "publicUrl">;

/** The host name of a Host header without its port, in URL form: lower case, addresses normalised. Null if it is not a host. */
function hostName(host: string | undefined): string | null {
  if (!host || /[\s/\\?#@]/.test(host)) return null;
  const url = URL.parse(`http://${host}`);
  return url ? bare(url.hostname) : null;
}

const bare = (name: string): string => name.replace(/^\[|\]$/g, "").replace(/\.$/, "");

/** ::ffff:7f00:1 → 127.0.0.1 */
function unmapped(address: string): string {
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (!mapped) return address;
  const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/**
 * Whether a request that names this host was meant for this server. Another name may be bound to our address by a page
 * that wants to read what we say (DNS rebinding); an address cannot be.
 */
export function isOwnHost(host: string | undefined, { bind, publicUrl }: Names): boolean {
  const name = hostName(host);
  if (name === null || name === "") return false;
  if (name === "localhost" || name === hostName(bind) || name === bare(bind.toLowerCase())) return true;
  if (publicUrl && name === bare(new URL(publicUrl).hostname)) return true;
  if (isIP(name) === 0) return false;
  const address = unmapped(name);
  if (address.startsWith("127.") || address === "::1") return true;
  return Object.values(networkInterfaces()).some((each) => each?.some((own) => own.address.toLowerCase().split("%")[0] === address));
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/** A page of another site must not drive this server from the user's browser; `null` is the origin of a sandboxed one. */
function fromOwnPage(origin: string | undefined, site: string | undefined, host: string | undefined, publicUrl: string | undefined): boolean {
  if (site === "cross-site") return false;
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.host === URL.parse(`${url.protocol}//${host}`)?.host || (publicUrl !== undefined && url.origin === new URL(publicUrl).origin);
}

/** Refuses requests to other names, and requests of other sites' pages that change something or open a socket. */
export function hostCheck(config: Names): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host");
    if (!isOwnHost(host, config)) {
      const name = (host ?? "").slice(0, 100);
      return problem(
        c,
        403,
        "other-host",
        `имя «${name}» не наше: укажите его в SUFLER_PUBLIC_URL, если Суфлёр открывают под ним`,
        `"${name}" is not a known name of this server: set SUFLER_PUBLIC_URL if Sufler is opened at this address`,
      );
    }
    const changes = !safe.has(c.req.method) || c.req.header("upgrade") !== undefined;
    if (changes && !fromOwnPage(c.req.header("origin"), c.req.header("sec-fetch-site"), host, config.publicUrl))
      return problem(c, 403, "other-origin", "запрос с чужого сайта", "cross-site request refused");
    return next();
  };
}
