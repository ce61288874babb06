import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Config } from "../../config.ts";

/** Who sent a request: the address of the connection, or the one that a trusted proxy names. An IPv6 network of 64 bits counts as one. */
export function clientAddress({ behindProxy, trustedProxies }: Pick<Config, "behindProxy" | "trustedProxies">): (c: Context) => string {
  const trusted = new BlockList();
  for (const each of trustedProxies ?? ["127.0.0.0/8", "::1"]) {
    const [address = "", bits] = each.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return (c) => {
    const peer = plain(getConnInfo(c).remote.address ?? "");
    if (!behindProxy || !isTrusted(peer)) return network(peer);
    // Each proxy appends its peer at the end: the last address that is not a trusted proxy is the client.
    const named = (c.req.header("x-forwarded-for") ?? "").split(",").map((part) => plain(part.trim()));
    const client = named.findLast((address) => isIP(address) !== 0 && !isTrusted(address));
    return network(client ?? peer);
  };
}

/** Without a port ("192.0.2.1:4711", "[2001:db8::1]:4711", as some proxies write it), a zone and the IPv6 form of IPv4. */
const plain = (address: string): string =>
  address
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/%.*$/, "");

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const all = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0"), ...right];
  return `${all.slice(0, 4).join(":")}::/64`;
}
