import type { CallDeps } from "../calls/call-registry.ts";
import { CannotStart } from "../calls/cannot-start.ts";
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
    if (campaign.consent.trim() === "")
      throw new CannotStart("сначала запишите основание согласия: без него звонить нельзя", "enter the consent basis first: nobody may be called without it");
    const version = campaign.version || (await deps.store.flows.alias(campaign.strategy, "live"));
    const compiled = version ? await deps.machines.get(campaign.strategy, version) : null;
    if (!compiled || !version) throw new CannotStart(`сначала опубликуйте стратегию «${campaign.strategy}»`, `publish strategy "${campaign.strategy}" first`);
    if (!campaign.trunk && !deps.defaultTrunk)
      throw new CannotStart(
        "сначала настройте транк: исходящие звонки идут только через настроенные транки",
        "configure a trunk first: outbound calls need a trunk",
      );
    const change = { state: "running" as const, version, startedAt: campaign.startedAt ?? deps.clock.now(), pauseReason: null };
    await deps.store.campaigns.update(id, change);
    const started = new RunningCampaign({ ...campaign, ...change }, compiled.machine, deps, busy, () => void running.delete(id), outbound, trunks);
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
