import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { answerIncoming } from "./calls/answer-incoming.ts";
import { callRegistry, type CallDeps } from "./calls/call-registry.ts";
import { liveBus } from "./calls/live-bus.ts";
import { machineCache } from "./calls/machines.ts";
import { callPrompts } from "./calls/prompts.ts";
import { closeBrokenCalls } from "./calls/recover.ts";
import { ringbackTone } from "./calls/ringback.ts";
import { scriptDesk } from "./calls/script-desk.ts";
import { campaigns } from "./campaigns/campaigns.ts";
import { ConfigError, isLoopback, type Config } from "./config.ts";
import { seedDemo } from "./demo.ts";
import { httpApp } from "./http/app.ts";
import type { HttpDeps } from "./http/deps.ts";
import { systemClock, timeIds } from "./system.ts";
import type { Synthesizer } from "./ports/speech.ts";
import { commandSynthesizer } from "./speech/command/command.ts";
import { espeakSynthesizer } from "./speech/espeak/espeak.ts";
import { fallbackSynthesizer } from "./speech/fallback.ts";
import { promptCache } from "./speech/prompt-cache.ts";
import { toneSynthesizer } from "./speech/tone/tone.ts";
import { sqliteStore } from "./store/index.ts";
import { sipTelephony } from "./telephony/sip/index.ts";

export type Running = {
  /** Where the editor answers. */
  url: string;
  httpPort: number;
  sip: { address: string; port: number };
  voices: readonly string[];
  recovered: { calls: number; scripts: number };
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, "..");
const promptBytes = 1024 * 1024 * 1024;

/** The composition root: the only place where adapters are chosen. Throws ConfigError with one clear sentence. */
export async function startSufler(config: Config, log: (message: string) => void = (message) => console.error(message)): Promise<Running> {
  prepareFolder(config.data);
  const clock = systemClock;
  const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
  const store = await openStore(config);
  const synthesizer = voiceOf(config, log);
  const prompts = promptCache({ dir: join(config.data, "prompts"), synthesizer, maxBytes: promptBytes, log });
  const telephony = sipTelephony({
    bind: config.bind, sipPort: config.sipPort, rtpPorts: config.rtpPorts, trunks: config.trunks, maxLegs: config.maxCalls * 2,
    allow: isLoopback(config.bind) || config.openSip ? "any" : config.trunks.map((trunk) => trunk.host),
    ...(config.advertisedAddress ? { advertisedAddress: config.advertisedAddress } : {}),
  });
  const deps: CallDeps = {
    store, telephony, machines: machineCache(store.flows), prompts: callPrompts(prompts, ringbackTone(join(config.data, "prompts"))), clock, ids: timeIds(), bus: liveBus(),
    registry: callRegistry(), recordings: join(config.data, "recordings"), zone: config.zone, country: config.country,
    defaultTrunk: config.trunks[0]?.name ?? "", maxCalls: config.maxCalls, log,
  };
  const recoveredCalls = await closeBrokenCalls(deps);
  const desk = scriptDesk(deps);
  const running = campaigns(deps);
  let sip: { address: string; port: number } | null = null;
  const http: HttpDeps = {
    config, calls: deps, desk, campaigns: running, prompts, voices: () => synthesizer.languages(), sipAddress: () => sip, version, startedAt: clock.now(),
    templates: join(root, "templates"),
  };
  if (config.demo) await seedDemo(http);
  const server = await listen(http, config).catch(async (error: unknown) => {
    await Promise.allSettled([prompts.stop(), synthesizer.stop(), store.close()]);
    throw error;
  });
  sip = await telephony.start({ onIncoming: (leg) => void answerIncoming(leg, deps) }).catch(async (error: NodeJS.ErrnoException) => {
    server.close();
    await Promise.allSettled([telephony.stop(), prompts.stop(), synthesizer.stop(), store.close()]);
    throw portError(error, config.sipPort, "SIP", "SUFLER_SIP_PORT", config.bind);
  });
  const scripts = await desk.recover();
  await running.resumeAll();
  const address = server.address();
  const httpPort = typeof address === "object" && address ? address.port : config.httpPort;
  return {
    url: `${config.tlsCert ? "https" : "http"}://${config.bind.includes(":") ? `[${config.bind}]` : config.bind}:${httpPort}`,
    httpPort, sip, voices: synthesizer.languages(), recovered: { calls: recoveredCalls, scripts },
    async stop() {
      running.stop();
      for (const call of deps.registry.all()) call.hangup();
      await Promise.race([Promise.allSettled(deps.registry.all().map((call) => call.ended)), new Promise((resolve) => setTimeout(resolve, 2_000))]);
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await telephony.stop();
      await prompts.stop();
      await synthesizer.stop();
      await store.close();
    },
  };
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigError(`The data folder ${folder} cannot be written (${(error as Error).message}). Choose another with SUFLER_DATA.`);
  }
}

async function openStore(config: Config) {
  try {
    return await sqliteStore(join(config.data, "sufler.sqlite"));
  } catch (error) {
    throw new ConfigError(`The database in ${config.data} cannot be opened (${(error as Error).message}). Choose another folder with SUFLER_DATA.`);
  }
}

/** The voice: the eSpeak child process, else an installed espeak-ng, else none (recordings still play). */
function voiceOf(config: Config, log: (message: string) => void): Synthesizer {
  if (config.voice === "tone") return toneSynthesizer();
  if (config.voice === "none") return fallbackSynthesizer([]);
  if (config.voice === "espeak") return espeakSynthesizer({ log });
  if (config.voice === "command") return commandSynthesizer();
  return fallbackSynthesizer([espeakSynthesizer({ log }), commandSynthesizer()].filter((engine) => engine.languages().length > 0));
}

function listen(http: HttpDeps, config: Config): Promise<ServerType> {
  const app = httpApp(http, join(root, "dist", "editor"));
  const tls = config.tlsCert && config.tlsKey
    ? { createServer: createHttpsServer, serverOptions: { cert: readPem(config.tlsCert), key: readPem(config.tlsKey) } }
    : {};
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.httpPort, hostname: config.bind, ...tls } as Parameters<typeof serve>[0], () => resolve(server));
    server.on("error", (error: NodeJS.ErrnoException) => reject(portError(error, config.httpPort, "HTTP", "SUFLER_HTTP_PORT", config.bind)));
  });
}

function readPem(file: string): Buffer {
  if (!existsSync(file)) throw new ConfigError(`There is no certificate file ${file}: correct SUFLER_TLS_CERT and SUFLER_TLS_KEY.`);
  return readFileSync(file);
}

function portError(error: NodeJS.ErrnoException, port: number, what: string, variable: string, bind: string): Error {
  if (error.code === "EADDRINUSE") return new ConfigError(`Port ${port} (${what}) is in use: stop the program that holds it or choose another with ${variable}.`);
  if (error.code === "EACCES") return new ConfigError(`Port ${port} (${what}) needs rights this user does not have: choose one above 1023 with ${variable}.`);
  if (error.code === "EADDRNOTAVAIL") return new ConfigError(`This machine has no address ${bind}: correct SUFLER_BIND.`);
  return error;
}
