import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { promptWorker } from "./audio/prompt-worker.ts";
import { answerCache } from "./calls/answer-cache.ts";
import { answerIncoming } from "./calls/answer-incoming.ts";
import { callRegistry, type CallDeps } from "./calls/call-registry.ts";
import { keptWrites } from "./calls/kept-writes.ts";
import { keepHostsInUse } from "./calls/hosts-in-use.ts";
import { liveBus } from "./calls/live-bus.ts";
import { machineCache } from "./calls/machines.ts";
import { outbox } from "./calls/outbox.ts";
import { callPrompts, type SpokenItem } from "./calls/prompts.ts";
import { adoptRecordings } from "./calls/cut-recordings.ts";
import { adoptUploads } from "./calls/stray-files.ts";
import { closeBrokenCalls } from "./calls/recover.ts";
import { recordedClips } from "./calls/recorded-clips.ts";
import { ringbackTone } from "./calls/ringback.ts";
import { staticItems } from "./calls/static-prompts.ts";
import { scriptDesk } from "./calls/script-desk.ts";
import { campaigns } from "./campaigns/campaigns.ts";
import type { Outbound } from "./campaigns/judge-call.ts";
import { loadRanges } from "./campaigns/load-ranges.ts";
import { resolveBind, ConfigError, isLoopback, mediaThreadsOf, type Config } from "./config.ts";
import { crmByKind } from "./crm/crm-by-kind.ts";
import { demoConnector } from "./crm/demo-connector.ts";
import { webhookCrm } from "./crm/webhook-crm.ts";
import { seedDemo } from "./demo.ts";
import { httpApp } from "./http/app.ts";
import type { HttpDeps } from "./http/deps.ts";
import { gatewayNotify } from "./notify/gateway-notify.ts";
import { folderHeld, mayPass, StoreError } from "./ports/store-error.ts";
import { outside } from "./outside/fetch-bounded.ts";
import { systemClock, timeIds } from "./system.ts";
import type { Synthesizer } from "./ports/speech.ts";
import { commandSynthesizer } from "./speech/command/command.ts";
import { espeakSynthesizer } from "./speech/espeak/espeak.ts";
import { fallbackSynthesizer } from "./speech/fallback.ts";
import { promptCache } from "./speech/prompt-cache.ts";
import { toneSynthesizer } from "./speech/tone/tone.ts";
import { sqliteStore } from "./store/index.ts";
import { readStoredFlow } from "./stored-flow.ts";
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

type House = { closed: boolean; deps: CallDeps; http: HttpDeps; close(): Promise<void>; sip: { address: string; port: number } | null };

const toConsole = (message: string): void => console.error(message);
/** A part that calls cannot do without is gone for good. */
const endProcess = (sentence: string): void => {
  console.error(sentence);
  process.exit(1);
};

/** The composition root, the only code that chooses adapters. Throws ConfigError with one clear sentence. */
export async function startSufler(given: Config, log: (message: string) => void = toConsole, end: (sentence: string) => void = endProcess): Promise<Running> {
  const config = await resolveBind(given);
  prepareFolder(config.data);
  const house = await assemble(config, { log, end, bindName: given.bind });
  const { deps, http } = house;
  try {
    const calls = await closeBrokenCalls(deps);
    if (config.demo) await seedDemo(http);
    await warm(deps);
    // Calls and HTTP requests are accepted only after recovery from a restart.
    const scripts = await http.desk.recover();
    house.sip = await startSip(house, config);
    const server = await listen(http, config);
    await http.campaigns.resumeAll();
    deps.outbox.begin();
    // Behind the first calls; a stop in between leaves the rest for the next start.
    const behind = (what: string) => (error: unknown) => house.closed || log(`${what}: ${String(error)}`);
    void warmPrompts(deps).catch(behind("prompts"));
    void adoptFiles(house).catch(behind("files"));
    return running(house, server, config, { calls, scripts });
  } catch (error) {
    await house.close();
    if (error instanceof StoreError && mayPass(error))
      throw new ConfigError(
        `The database in ${config.data} cannot be written (${error.message}): free up disk space or choose another folder with SUFLER_DATA.`,
      );
    throw error;
  }
}

type Outlets = { log(message: string): void; end(sentence: string): void; bindName: string };

async function assemble(config: Config, { log, end, bindName }: Outlets): Promise<House> {
  const store = await openStore(config, log, end);
  const synthesizer = voiceOf(config, log);
  const prompts = promptCache({ dir: join(config.data, "prompts"), synthesizer, maxBytes: promptBytes, log });
  const recordings = promptWorker();
  const telephony = telephonyOf(config, log);
  const ids = timeIds();
  const allowed = [...(config.allowHosts ?? []), ...(await keepHostsInUse({ store, log }, systemClock.now()))];
  const way = outside({ allowed: () => allowed });
  const kept = keptWrites({ clock: systemClock, log, probe: () => store.settings.write("probe", systemClock.now()) });
  const deps: CallDeps = {
    store,
    telephony,
    machines: machineCache(store.flows),
    prompts: callPrompts(prompts, ringbackTone(join(config.data, "prompts"))),
    clock: systemClock,
    ids,
    bus: liveBus(),
    registry: callRegistry(),
    kept,
    crm: crmByKind({ webhook: webhookCrm(systemClock, way), demo: demoConnector(config.zone, systemClock) }),
    outbox: outbox({ store: store.outbox, notify: gatewayNotify(store.settings, systemClock, way), clock: systemClock, ids, kept, log }),
    answers: answerCache(),
    outside: way,
    recorded: recordedClips((source) => recordings.prepare(source)),
    recordings: join(config.data, "recordings"),
    zone: config.zone,
    country: config.country,
    defaultTrunk: config.trunks[0]?.name ?? "",
    maxCalls: config.maxCalls,
    log,
  };
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const http: HttpDeps = {
    config,
    bindName,
    calls: deps,
    desk: scriptDesk(deps),
    campaigns: campaigns(deps, outboundOf(config, log)),
    prompts,
    voices: () => synthesizer.languages(),
    sipAddress: () => house.sip,
    version,
    startedAt: systemClock.now(),
    templates: join(root, "templates"),
  };
  const close = async () => {
    house.closed = true;
    deps.outbox.stop();
    await telephony.stop();
    await prompts.stop();
    await recordings.stop();
    await synthesizer.stop();
    await kept.settle();
    await store.close();
  };
  const house: House = { closed: false, deps, http, close, sip: null };
  return house;
}

/** Tables of trunks and ranges of numbers. Throws ConfigError when a file of ranges cannot be used. */
function outboundOf({ trunks, numberRanges }: Config, log: (message: string) => void): Outbound {
  try {
    return { outcomes: Object.fromEntries(trunks.map((trunk) => [trunk.name, trunk.outcomes ?? []])), ranges: loadRanges(numberRanges ?? [], log) };
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

function telephonyOf(config: Config, log: (message: string) => void) {
  const { bind, sipPort, rtpPorts, trunks, advertisedAddress } = config;
  const allow = isLoopback(bind) || config.openSip ? "any" : trunks.map((trunk) => trunk.host);
  return sipTelephony({
    bind,
    sipPort,
    rtpPorts,
    trunks,
    maxLegs: config.maxCalls * 2,
    mediaThreads: mediaThreadsOf(config),
    allow,
    log,
    ...(advertisedAddress ? { advertisedAddress } : {}),
  });
}

async function startSip({ deps }: House, config: Config): Promise<{ address: string; port: number }> {
  try {
    return await deps.telephony.start({ onIncoming: (leg) => void answerIncoming(leg, deps) });
  } catch (error) {
    throw portError(error as NodeJS.ErrnoException, config.sipPort, "SIP", "SUFLER_SIP_PORT", config.bind);
  }
}

/** Prompts without variables of flows bound to numbers are prepared in the background, after the first calls. */
async function warmPrompts({ store, machines, prompts }: CallDeps): Promise<void> {
  for (const { flow, alias } of await store.numbers.all()) {
    const version = await store.flows.alias(flow, alias);
    const compiled = version === null ? null : await machines.get(flow, version);
    if (compiled) await prompts.warm(staticItems(compiled.flow));
  }
}

/** Files left by a crash without a row get one, in the background. */
async function adoptFiles({ deps, http }: House): Promise<void> {
  const recordings = await adoptRecordings({ store: deps.store, recordings: deps.recordings, before: http.startedAt });
  const uploads = await adoptUploads({ store: deps.store, prompts: http.prompts });
  if (recordings + uploads > 0) deps.log(`files: ${recordings} recordings and ${uploads} uploads were found without a row and have been added`);
}

/** Maximum wait for the voice at start; the remaining prompts are prepared in the background. */
const voiceWaitMs = 8_000;

/** Flows bound to numbers are compiled, and their prompts prepared, before the ports open, so that no call waits. */
async function warm({ store, machines, prompts, clock, log }: CallDeps): Promise<void> {
  const items: SpokenItem[] = [];
  for (const { flow, alias } of await store.numbers.all()) {
    const version = await store.flows.alias(flow, alias);
    if (version === null) continue;
    const compiled = await machines.get(flow, version).catch((error: unknown) => log(`flow ${flow}, version ${version}: ${String(error)}`));
    if (compiled) items.push(...staticItems(compiled.flow));
  }
  let cancel = () => {};
  const limit = new Promise<void>((resolve) => (cancel = clock.after(voiceWaitMs, resolve)));
  await Promise.race([prompts.warm(items), limit]);
  cancel();
}

function running(house: House, server: ServerType, config: Config, recovered: Running["recovered"]): Running {
  const { deps, http } = house;
  const address = server.address();
  const httpPort = typeof address === "object" && address ? address.port : config.httpPort;
  const host = config.bind.includes(":") ? `[${config.bind}]` : config.bind;
  return {
    url: `${config.tlsCert ? "https" : "http"}://${host}:${httpPort}`,
    httpPort,
    sip: house.sip!,
    voices: http.voices(),
    recovered,
    async stop() {
      http.campaigns.stop();
      const live = deps.registry.all();
      for (const call of live) call.hangup();
      await Promise.race([Promise.allSettled(live.map((call) => call.ended)), new Promise((resolve) => setTimeout(resolve, 2_000))]);
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await house.close();
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

async function openStore(config: Config, log: (message: string) => void, end: (sentence: string) => void) {
  try {
    return await sqliteStore(join(config.data, "sufler.sqlite"), readStoredFlow, { log, onDead: end });
  } catch (error) {
    if (error instanceof StoreError && error.code === folderHeld)
      throw new ConfigError(`Another Sufler process is using the data folder ${config.data}: stop it or choose another folder with SUFLER_DATA.`);
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
  const tls =
    config.tlsCert && config.tlsKey ? { createServer: createHttpsServer, serverOptions: { cert: readPem(config.tlsCert), key: readPem(config.tlsKey) } } : {};
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.httpPort, hostname: config.bind, ...tls } as Parameters<typeof serve>[0], () => resolve(server));
    server.on("error", (error: NodeJS.ErrnoException) => reject(portError(error, config.httpPort, "HTTP", "SUFLER_HTTP_PORT", config.bind)));
  });
}

function readPem(file: string): Buffer {
  if (!existsSync(file)) throw new ConfigError(`Certificate file ${file} does not exist: fix SUFLER_TLS_CERT and SUFLER_TLS_KEY.`);
  return readFileSync(file);
}

function portError(error: NodeJS.ErrnoException, port: number, what: string, variable: string, bind: string): Error {
  if (error.code === "EADDRINUSE")
    return new ConfigError(`Port ${port} (${what}) is in use: stop the program that uses it or choose another port with ${variable}.`);
  if (error.code === "EACCES") return new ConfigError(`Port ${port} (${what}) needs elevated rights: choose a port above 1023 with ${variable}.`);
  if (error.code === "EADDRNOTAVAIL") return new ConfigError(`This machine has no address ${bind}: fix SUFLER_BIND.`);
  return error;
}
