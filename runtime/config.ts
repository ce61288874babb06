import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { outcomeOverrides } from "./campaigns/outcomes.ts";
import { knownZone } from "../flows/schema/calendar.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.union([z.boolean(), z.enum(["0", "1", "true", "false", ""]).transform((value) => value === "1" || value === "true")]);

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
    /** What this trunk means by a status or a cause, where it differs. */
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
    /** Most calls at once; the next one hears 503 with Retry-After. */
    maxCalls: z.coerce.number().int().min(1).max(20_000).default(500),
    zone: z.string().refine(knownZone, "is not a time zone such as Europe/Moscow").default("Europe/Moscow"),
    /** Country that national numbers belong to, ISO 3166. */
    country: z.string().length(2).default("RU"),
    password: z.string().max(200).optional(),
    tlsCert: z.string().optional(),
    tlsKey: z.string().optional(),
    behindProxy: flag.default(false),
    /** Whether SIP calls from addresses that are not trunks are taken. Always on loopback. */
    openSip: flag.default(false),
    /** Put demo flows and numbers into an empty database. */
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
  SUFLER_ZONE: "zone",
  SUFLER_COUNTRY: "country",
  SUFLER_PASSWORD: "password",
  SUFLER_TLS_CERT: "tlsCert",
  SUFLER_TLS_KEY: "tlsKey",
  SUFLER_BEHIND_PROXY: "behindProxy",
  SUFLER_OPEN_SIP: "openSip",
  SUFLER_DEMO: "demo",
  SUFLER_VOICE: "voice",
};

/** A configuration that cannot be used; the message is one clear sentence with the way out. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The only reader of the environment: `sufler.config.json` in the working folder (or SUFLER_CONFIG), then variables. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const file = environment["SUFLER_CONFIG"] ?? "sufler.config.json";
  const values: Record<string, unknown> = existsSync(file) ? readJson(file) : {};
  if (environment["SUFLER_CONFIG"] && !existsSync(file)) throw new ConfigError(`SUFLER_CONFIG names ${file}, but there is no such file.`);
  for (const [name, key] of Object.entries(variables)) if (environment[name] !== undefined && environment[name] !== "") values[key] = environment[name];
  if (environment["SUFLER_NUMBER_RANGES"]) values["numberRanges"] = environment["SUFLER_NUMBER_RANGES"].split(",").map((path) => path.trim());
  if (environment["SUFLER_RTP_PORTS"]) values["rtpPorts"] = environment["SUFLER_RTP_PORTS"].split("-").map(Number);
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const variable = Object.entries(variables).find(([, key]) => key === path[0])?.[0];
    throw new ConfigError(`Configuration: "${path.join(".")}" ${message}. Correct it in ${file}${variable ? ` or in ${variable}` : ""}.`);
  }
  const config = { ...parsed.data, data: resolve(parsed.data.data) };
  checkDoors(config);
  return config;
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    throw new ConfigError(`${file} is not valid JSON (${error instanceof Error ? error.message : String(error)}). Correct it or remove it.`);
  }
}

const loopback = (bind: string): boolean => bind === "localhost" || bind === "::1" || bind.startsWith("127.");

/** house.md §5, doors: any address but loopback needs a password and TLS. */
function checkDoors(config: Config): void {
  if (loopback(config.bind)) return;
  if (!config.password) throw new ConfigError(`SUFLER_BIND=${config.bind} opens Sufler to the network: set SUFLER_PASSWORD too, or bind to 127.0.0.1.`);
  const tls = config.tlsCert && config.tlsKey;
  if (!tls && !config.behindProxy) {
    throw new ConfigError(
      `SUFLER_BIND=${config.bind} needs TLS: set SUFLER_TLS_CERT and SUFLER_TLS_KEY, or SUFLER_BEHIND_PROXY=1 when a proxy in front does it.`,
    );
  }
}

export const isLoopback = loopback;
