import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Networks that are of this machine, of its neighbours, or of nobody (IANA special-purpose registries, RFC 6890). */
const closed: readonly [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  // Link-local; the metadata service of clouds is 169.254.169.254.
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 128, "ipv6"],
  ["::1", 128, "ipv6"],
  // Unique local; fd00:ec2::254 is metadata, too.
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001::", 32, "ipv6"],
];
const closedNetworks = new BlockList();
for (const [address, bits, family] of closed) closedNetworks.addSubnet(address, bits, family);

/** Whether an address may not be asked unless it is allowed by name: own, private, link-local, metadata, multicast. */
export function isClosed(address: string): boolean {
  const plain = unwrapped(address);
  const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
  return isIP(plain) === 0 || closedNetworks.check(plain, family) || own(plain);
}

const own = (address: string): boolean => Object.values(networkInterfaces()).some((each) => each?.some((one) => one.address.split("%")[0] === address));

/** IPv4 inside IPv6: mapped (::ffff:…), compatible (::…), NAT64 (64:ff9b::…), 6to4 (2002:…). */
export function unwrapped(address: string): string {
  const plain = address.split("%")[0]!.toLowerCase();
  if (isIP(plain) !== 6) return plain;
  const words = wordsOf(plain);
  const zero = (from: number, to: number) => words.slice(from, to).every((word) => word === 0);
  const mapped = (zero(0, 5) && words[5] === 0xffff) || (zero(0, 6) && words[6] !== 0);
  if (mapped || (words[0] === 0x64 && words[1] === 0xff9b && zero(2, 6))) return dotted(words[6]!, words[7]!);
  return words[0] === 0x2002 ? dotted(words[1]!, words[2]!) : plain;
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".");

function wordsOf(address: string): number[] {
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a: string, b: string, c: string, d: string) => {
    const word = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
    return `${word(a, b)}:${word(c, d)}`;
  });
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...middle, ...right].map((word) => Number.parseInt(word, 16));
}

/** One entry of a list of allowed hosts: a name, `*.name`, an address, or a network such as 10.1.0.0/16. */
export function isHostEntry(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family !== 0) return more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32)));
  return bits === undefined && /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(text);
}

/** Whether a host at an address is on the list: by its name as it was written, or by the address. */
export function isAllowed(host: string, address: string, entries: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  const plain = unwrapped(address);
  return entries.some((entry) => {
    const wanted = entry.toLowerCase();
    if (wanted.startsWith("*.")) return name.endsWith(wanted.slice(1));
    return wanted === name || inNetwork(plain, wanted);
  });
}

function inNetwork(address: string, entry: string): boolean {
  const [network = "", bits] = entry.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) return false;
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? (family === 6 ? 128 : 32) : Number(bits), family === 6 ? "ipv6" : "ipv4");
  return list.check(address, family === 6 ? "ipv6" : "ipv4");
}
