import type { CallDeps } from "../calls/call-registry.ts";
import type { CampaignRow } from "../ports/store.ts";
import { opensSometime } from "./calling-rules/opens-sometime.ts";
import { numberZones } from "./calling-rules/zones/number-zones.ts";
import { zoneOf, type Outbound } from "./judge-call.ts";

const looked = 500;

/**
 * Why a campaign should not start: among its first contacts are some whom its window never lets call, because their numbers may be in
 * too many zones at once. Null when there are none. Started, it would refuse each of them for good.
 */
export async function shutContacts(campaign: CampaignRow, deps: CallDeps, { ranges }: Outbound): Promise<string | null> {
  const { windowFrom: from, windowTo: to, days } = campaign;
  const at = deps.clock.now();
  const { contacts } = await deps.store.campaigns.contacts(campaign.id, { limit: looked, offset: 0 });
  const shut = contacts.flatMap((contact) => {
    if (contact.state === "done") return [];
    const zones = numberZones({ number: contact.phone, own: zoneOf(campaign, contact), country: deps.country, ranges, at });
    return opensSometime(at, zones, { from, to, days }) ? [] : [{ phone: contact.phone, zones: zones.length }];
  });
  const first = shut[0];
  if (!first) return null;
  const place = first.zones > 1 ? `${first.phone} may be in ${first.zones} time zones, and there is no time of day that is ${from}–${to} in all of them` : "";
  return `the calling window ${from}–${to} never opens for ${shut.length} of the first ${contacts.length} contacts${place && `: ${place}`}. Widen the window, give contacts their time zone, load the number ranges, or set zoneOf to "campaign"`;
}
