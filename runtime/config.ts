import { lookup } from "node:dns/promises";
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { isHostEntry } from "./outside/address-rules.ts";
import { outcomeOverrides } from "./campaigns/outcomes.ts";
import { knownZone } from "../flows/schema/calendar.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.union([z.boolean(), z.enum(["0", "1", "true", "false", ""]).transform((value) => value === "1" || value === "true")]);

function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

const trunkSchema = z
  .object({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
    host: z.string().min(1).max(255),
    port: port.default(5060),
    transport: z.enum(["udp", "tcp"]).default("udp"),
    username: z.string().max(100).optional(),
    password: z.string().max(200).optional(),
    register: z.boolean().default(false),
    callerId: z.string().max(60).optional(),
    maxLines: z.number().int().min(1).max(10_000).default(30),
    /** The meaning of a status or a cause on this trunk, if it differs. */
    outcomes: outcomeOverrides.optional(),
  })
  .strict();

const configSchema = z
  .object({
    httpPort: port.default(8080),
    sipPort: port.default(5060),
    rtpPorts: z.tuple([port, port]).default([20_000, 20_999]),
    bind: z.string().max(64).default("127.0.0.1"),
    advertisedAddress: z.string().max(255).optional(),
    data: z.string().default("./data"),
    /** Maximum concurrent calls; further calls get 503 with Retry-After. */
    maxCalls: z.coerce.number().int().min(1).max(20_000).default(500),
    /** Media threads; the default depends on the number of cores. */
    mediaThreads: z.coerce.number().int().min(1).max(16).optional(),
    zone: z.string().refine(knownZone, "is not a time zone such as Europe/Moscow").default("Europe/Moscow"),
    /** Country that national numbers belong to, ISO 3166. */
    country: z.string().length(2).default("RU"),
    /** The URL at which people open Sufler; its host name is accepted in requests. */
    publicUrl: z
      .string()
      .max(500)
      .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""), "is not a URL such as https://sufler.example.com")
      .optional(),
    /** Proxies whose X-Forwarded-For is trusted, with `behindProxy`: addresses and networks; default: this machine. */
    trustedProxies: z.array(z.string().refine(isNetwork, "is not an address or a network such as 10.0.0.0/8")).max(50).optional(),
    /** Hosts of this machine and of private networks that flows, connectors and gateways may call. */
    allowHosts: z.array(z.string().max(255).refine(isHostEntry, "is not a name, an address or a network")).max(500).optional(),
    password: z.string().max(200).optional(),
    tlsCert: z.string().optional(),
    tlsKey: z.string().optional(),
    behindProxy: flag.default(false),
    /** Whether to accept SIP calls from addresses that are not trunks. Always on for loopback. */
    openSip: flag.default(false),
    /** Add demo flows and numbers to an empty database. */
    demo: flag.default(true),
    voice: z.enum(["auto", "espeak", "command", "tone", "none"]).default("auto"),
    trunks: z.array(trunkSchema).max(50).default([]),
    /** CSV files of the Russian numbering registry: mobile numbers get the zones of their region. */
    numberRanges: z.array(z.string().min(1).max(1000)).max(20).optional(),
  })
  .strict();

export type Config = z.infer<typeof configSchema>;

/** Environment variable → key; the environment wins over the file. */
const variables: Record<string, keyof Config> = {
  SUFLER_HTTP_PORT: "httpPort",
  SUFLER_SIP_PORT: "sipPort",
  SUFLER_BIND: "bind",
  SUFLER_ADVERTISED_ADDRESS: "advertisedAddress",
  SUFLER_DATA: "data",
  SUFLER_MAX_CALLS: "maxCalls",
  SUFLER_MEDIA_THREADS: "mediaThreads",
  SUFLER_ZONE: "zone",
  SUFLER_COUNTRY: "country",
  SUFLER_PUBLIC_URL: "publicUrl",
  SUFLER_PASSWORD: "password",
  SUFLER_TLS_CERT: "tlsCert",
  SUFLER_TLS_KEY: "tlsKey",
  SUFLER_BEHIND_PROXY: "behindProxy",
  SUFLER_OPEN_SIP: "openSip",
  SUFLER_DEMO: "demo",
  SUFLER_VOICE: "voice",
};

/** The same for lists with commas. */
const lists: Record<string, keyof Config> = {
  SUFLER_NUMBER_RANGES: "numberRanges",
  SUFLER_TRUSTED_PROXIES: "trustedProxies",
  SUFLER_ALLOW_HOSTS: "allowHosts",
};

/** An unusable configuration; the message is one clear sentence with a solution. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The only reader of the environment: `sufler.config.json` in the working folder (or SUFLER_CONFIG), then variables. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const file = environment["SUFLER_CONFIG"] ?? "sufler.config.json";
  const values: Record<string, unknown> = existsSync(file) ? readJson(file) : {};
  if (environment["SUFLER_CONFIG"] && !existsSync(file)) throw new ConfigError(`SUFLER_CONFIG points to ${file}, but the file does not exist.`);
  Object.assign(values, valuesOf(environment));
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const variable = Object.entries(variables).find(([, key]) => key === path[0])?.[0];
    throw new ConfigError(`Configuration: "${path.join(".")}" ${message}. Fix it in ${file}${variable ? ` or in ${variable}` : ""}.`);
  }
  const config = { ...parsed.data, data: resolve(parsed.data.data) };
  // A name is asked at the start, where waiting is possible (`resolveBind`).
  if (isIP(config.bind) !== 0) checkDoors(config, loopback(config.bind));
  return config;
}

function valuesOf(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(variables)) if (environment[name]) values[key] = environment[name];
  for (const [name, key] of Object.entries(lists)) if (environment[name]) values[key] = environment[name].split(",").map((each) => each.trim());
  if (environment["SUFLER_RTP_PORTS"]) values["rtpPorts"] = environment["SUFLER_RTP_PORTS"].split("-").map(Number);
  return values;
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    throw new ConfigError(`${file} is not valid JSON (${error instanceof Error ? error.message : String(error)}). Fix or remove it.`);
  }
}

/** Whether an address is loopback. For a name, `resolveBind` checks what it resolves to. */
const loopback = (bind: string): boolean => bind === "::1" || (isIP(bind) === 4 && bind.startsWith("127."));

/** Resolves a host name to listen on to its addresses; an address is unchanged. Throws ConfigError if it resolves to none. */
async function addressesOf(bind: string): Promise<string[]> {
  if (isIP(bind) !== 0) return [bind];
  const found = await lookup(bind, { all: true }).catch(() => []);
  if (found.length === 0) throw new ConfigError(`SUFLER_BIND=${bind} is not an address or host name of this machine: fix SUFLER_BIND.`);
  return found.map((each) => each.address);
}

/** The configuration with an address to listen on where it had a name. A name is loopback only when all its addresses are. */
export async function resolveBind(config: Config): Promise<Config> {
  const addresses = await addressesOf(config.bind);
  checkDoors(config, addresses.every(loopback));
  return { ...config, bind: addresses.find((address) => isIP(address) === 4) ?? addresses[0]! };
}

/** Any address but loopback needs a password and TLS. */
function checkDoors(config: Config, closed: boolean): void {
  if (closed) return;
  if (!config.password) throw new ConfigError(`SUFLER_BIND=${config.bind} exposes Sufler to the network: also set SUFLER_PASSWORD, or bind to 127.0.0.1.`);
  const tls = config.tlsCert && config.tlsKey;
  if (!tls && !config.behindProxy) {
    throw new ConfigError(
      `SUFLER_BIND=${config.bind} needs TLS: set SUFLER_TLS_CERT and SUFLER_TLS_KEY, or SUFLER_BEHIND_PROXY=1 if a reverse proxy terminates TLS.`,
    );
  }
}

export const isLoopback = loopback;

/** The main thread and signalling get a core each; more than four media threads must be configured explicitly. */
export const mediaThreadsOf = ({ mediaThreads }: Pick<Config, "mediaThreads">, cores = availableParallelism()): number =>
  mediaThreads ?? Math.max(1, Math.min(4, cores - 2));
