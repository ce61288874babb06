import type { CallDeps } from "../calls/call-registry.ts";
import { CannotStart } from "../calls/cannot-start.ts";
import type { CampaignRow } from "../ports/store.ts";
import { plainOutbound, type Outbound } from "./judge-call.ts";
import { lastingCampaigns } from "./lasting-campaigns.ts";
import { linesOf, RunningCampaign } from "./run-campaign.ts";
import { refuseShutContacts } from "./shut-contacts.ts";
import { flowName, TrunkWatch } from "./trunk-watch.ts";

export type Campaigns = {
  /** Starts or resumes. Throws `CannotStart` with the reason if it cannot run. */
  start(id: string): Promise<void>;
  /** Stops dialling; calls in progress continue to their end. */
  pause(id: string): Promise<void>;
  linesInUse(id: string): number;
  /** Campaigns that were running when the process stopped go on. */
  resumeAll(): Promise<void>;
  stop(): void;
};

export function campaigns(house: CallDeps, outbound: Outbound = plainOutbound): Campaigns {
  const deps: CallDeps = { ...house, store: { ...house.store, campaigns: lastingCampaigns(house.store.campaigns, house.kept) } };
  const running = new Map<string, RunningCampaign>();
  const busy = new Set<string>();
  const trunks = new TrunkWatch();

  async function run(id: string): Promise<void> {
    const campaign = await deps.store.campaigns.find(id);
    if (!campaign) throw new CannotStart("такого обзвона нет", "campaign not found");
    if (running.has(id)) return;
    const { version, machine } = await ready(campaign, deps);
    const change = { state: "running" as const, version, startedAt: campaign.startedAt ?? deps.clock.now(), pauseReason: null };
    await deps.store.campaigns.update(id, change);
    const started = new RunningCampaign({ ...campaign, ...change }, machine, deps, busy, () => void running.delete(id), outbound, trunks);
    running.set(id, started);
    started.begin();
  }

  return {
    async start(id) {
      const campaign = running.has(id) ? null : await deps.store.campaigns.find(id);
      if (campaign) await refuseShutContacts(campaign, deps, outbound);
      if (campaign?.pauseReason) trunks.forget(campaign.pauseReason.flow ? flowName(campaign.pauseReason.flow) : campaign.pauseReason.trunk);
      await run(id);
    },
    async pause(id) {
      running.get(id)?.stop();
      running.delete(id);
      await deps.store.campaigns.update(id, { state: "paused", pauseReason: null });
    },
    linesInUse: (id) => linesOf(id, busy),
    async resumeAll() {
      for (const campaign of await deps.store.campaigns.all()) {
        if (campaign.state !== "running") continue;
        await run(campaign.id).catch((error: unknown) => deps.log(`campaign ${campaign.id}: ${String(error)}`));
      }
    },
    stop() {
      for (const campaign of running.values()) campaign.stop();
      running.clear();
    },
  };
}

/** The version of the strategy that a campaign plays. Throws `CannotStart` when the campaign lacks what it needs to dial. */
async function ready(campaign: CampaignRow, deps: CallDeps) {
  if (campaign.consent.trim() === "")
    throw new CannotStart(
      "сначала запишите основание согласия: без него звонить нельзя",
      "write down the basis of consent first: without it nobody may be called",
    );
  haveTrunk(campaign, deps);
  const version = campaign.version || (await deps.store.flows.alias(campaign.strategy, "live"));
  const compiled = version ? await deps.machines.get(campaign.strategy, version) : null;
  if (!compiled || !version) throw new CannotStart(`сначала опубликуйте стратегию «${campaign.strategy}»`, `publish the strategy "${campaign.strategy}" first`);
  if (compiled.flow.kind !== "strategy")
    throw new CannotStart(`«${campaign.strategy}» — не стратегия обзвона`, `"${campaign.strategy}" is not a campaign strategy`);
  return { version, machine: compiled.machine };
}

function haveTrunk({ trunk: named }: CampaignRow, { telephony, defaultTrunk }: CallDeps): void {
  const configured = telephony.trunks().map(({ trunk }) => trunk);
  if (named && !configured.includes(named))
    throw new CannotStart(
      `транка «${named}» нет: настроены ${configured.join(", ") || "никакие"}`,
      `there is no trunk "${named}": ${configured.join(", ") || "none"} configured`,
    );
  if (!named && !defaultTrunk)
    throw new CannotStart(
      "сначала настройте транк: исходящие звонки идут только через настроенные транки",
      "configure a trunk first: outgoing calls go to configured trunks only",
    );
}
