import type { CallDeps } from "../calls/call-registry.ts";
import type { CampaignRow } from "../ports/store.ts";
import { CannotStart } from "../calls/cannot-start.ts";
import { opensSometime } from "./calling-rules/opens-sometime.ts";
import { numberZones } from "./calling-rules/zones/number-zones.ts";
import { zoneOf, type Outbound } from "./judge-call.ts";

const looked = 500;

/**
 * Throws `CannotStart` when among the first contacts of a campaign are some whom its window never lets call, because their
 * numbers may be in too many zones at once. Started, it would refuse each of them for good.
 */
export async function refuseShutContacts(campaign: CampaignRow, deps: CallDeps, { ranges }: Outbound): Promise<void> {
  const { windowFrom: from, windowTo: to, days } = campaign;
  const at = deps.clock.now();
  const { contacts } = await deps.store.campaigns.contacts(campaign.id, { limit: looked, offset: 0 });
  const shut = contacts.flatMap((contact) => {
    if (contact.state === "done") return [];
    const zones = numberZones({ number: contact.phone, own: zoneOf(campaign, contact), country: deps.country, ranges, at });
    return opensSometime(at, zones, { from, to, days }) ? [] : [{ phone: contact.phone, zones: zones.length }];
  });
  if (shut.length > 0) throw refusal(`${from}–${to}`, contacts.length, shut);
}

function refusal(window: string, all: number, shut: readonly { phone: string; zones: number }[]): CannotStart {
  const many = shut.find(({ zones }) => zones > 1);
  const inRussian = many ? `: номер ${many.phone} может быть в любом из ${many.zones} поясов, и нет времени, когда во всех них ${window}` : "";
  const inEnglish = many ? `: ${many.phone} may be in ${many.zones} time zones, and no time of day falls within ${window} in all of them` : "";
  return new CannotStart(
    `окно ${window} никогда не откроется для ${shut.length} из первых ${all} контактов${inRussian}. Расширьте окно, укажите контактам часовой пояс, загрузите диапазоны номеров или выберите в обзвоне, что все контакты живут в его поясе`,
    `the calling window ${window} never opens for ${shut.length} of the first ${all} contacts${inEnglish}. Widen the window, set the time zone of the contacts, load the number ranges, or set the campaign to use its time zone for all contacts`,
  );
}
