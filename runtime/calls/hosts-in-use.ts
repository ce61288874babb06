import type { Flow } from "../../flows/schema/flow.ts";
import { notifySettingsKey } from "../outside/gateway-settings.ts";
import type { Store } from "../ports/store.ts";
import { inlinedFlows } from "./inlined-flows.ts";

/** The key of these settings in the store. */
export const outsideSettingsKey = "outside";
/** Hosts in use when private addresses started to require permission; `at` is the time of the record, ms since the epoch. */
export type OutsideSettings = { hosts: string[]; at: number };

type Deps = { store: Store; log(message: string): void };

/** What the store holds. */
export async function readOutsideSettings(store: Pick<Store, "settings">): Promise<OutsideSettings | null> {
  const stored = (await store.settings.read(outsideSettingsKey)) as Partial<OutsideSettings> | null;
  return stored && Array.isArray(stored.hosts) ? { hosts: stored.hosts.map(String), at: Number(stored.at ?? 0) } : null;
}

/**
 * Runs once, at the first start of a version with address restrictions: the hosts that published flows, connectors and gateways
 * already use are allowed, so that an upgrade breaks no call. Returns the allowed hosts.
 */
export async function keepHostsInUse({ store, log }: Deps, at: number): Promise<string[]> {
  const kept = await readOutsideSettings(store);
  if (kept) return kept.hosts;
  const hosts = [...new Set([...(await hostsOfFlows(store, log)), ...(await hostsOfServices(store))])].toSorted();
  await store.settings.write(outsideSettingsKey, { hosts, at });
  if (hosts.length > 0) log(`hosts that flows and connectors already use stay allowed: ${hosts.join(", ")}`);
  return hosts;
}

async function hostsOfServices({ connectors, settings }: Store): Promise<string[]> {
  const urls = (await connectors.all()).map((connector) => connector.url);
  return hostsIn(JSON.stringify([urls, await settings.read(notifySettingsKey)]));
}

/** Live flows, flows of campaigns, and their subflows. */
async function hostsOfFlows({ flows, campaigns }: Store, log: Deps["log"]): Promise<string[]> {
  const versions: [string, number][] = [];
  for (const { id } of await flows.live()) {
    const version = await flows.alias(id, "live");
    if (version !== null) versions.push([id, version]);
  }
  for (const { strategy, version } of await campaigns.all()) if (version > 0) versions.push([strategy, version]);
  const hosts: string[] = [];
  for (const [id, version] of versions) {
    const flow = await flows.version(id, version).catch((error: unknown) => void log(`flow ${id}: ${String(error)}`));
    if (flow) hosts.push(...hostsOfFlow(flow), ...Object.values((await inlinedFlows(flows, flow)).flows).flatMap(hostsOfFlow));
  }
  return hosts;
}

const hostsOfFlow = ({ nodes, inputs }: Flow): string[] => hostsIn(JSON.stringify([nodes, inputs]));

/** Hosts of literal URLs in a text. */
function hostsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/([^\s"'\\/?#{}<>]+)/gi)].flatMap(([, host = ""]) => {
    const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, "") ?? "";
    return name === "" ? [] : [name];
  });
}
