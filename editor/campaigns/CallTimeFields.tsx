import { Autocomplete, Chip, Group, Radio, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { knownZone } from "../../flows/schema/calendar.ts";
import type { CampaignFields } from "../api/index.ts";
import { useWords, type Translate } from "../i18n/index.ts";
import { ClockInput } from "../ui/ClockInput.tsx";
import { mobileHours } from "./mobile-hours.ts";

export const zones = [
  "Europe/Kaliningrad",
  "Europe/Moscow",
  "Europe/Samara",
  "Asia/Yekaterinburg",
  "Asia/Omsk",
  "Asia/Novosibirsk",
  "Asia/Krasnoyarsk",
  "Asia/Irkutsk",
  "Asia/Yakutsk",
  "Asia/Vladivostok",
  "Asia/Magadan",
  "Asia/Kamchatka",
  "Asia/Almaty",
  "UTC",
];

type Props = { fields: CampaignFields; set(change: Partial<CampaignFields>): void };

/** Window, weekdays, zone, and the zone of contacts without one, with the remaining hours. */
export function CallTimeFields({ fields, set }: Props) {
  const { t } = useWords();
  return (
    <>
      <Group align="flex-end" gap="sm">
        <ClockInput required label={t("campaigns.windowFrom")} value={fields.windowFrom} onChange={(windowFrom) => set({ windowFrom })} />
        <ClockInput required label={t("campaigns.windowTo")} value={fields.windowTo} onChange={(windowTo) => set({ windowTo })} />
        <Chip.Group multiple value={fields.days.map(String)} onChange={(days) => set({ days: days.map(Number).sort() })}>
          <Group gap={4} mb={2}>
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <Chip key={day} size="xs" value={String(day)}>
                {t(`day.${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Group>
      <Autocomplete
        size="xs"
        maw={300}
        label={t("campaigns.zone")}
        data={zones}
        value={fields.zone}
        error={knownZone(fields.zone) ? undefined : t("campaigns.zoneUnknown")}
        onChange={(zone) => set({ zone })}
      />
      <Radio.Group
        label={t("campaigns.zoneOf")}
        value={fields.zoneOf}
        onChange={(value) => set({ zoneOf: value === "campaign" ? "campaign" : "number" })}
        size="xs"
      >
        <Stack gap="sm" mt={6}>
          <div>
            <Radio size="xs" value="number" label={t("campaigns.zoneOf.number")} description={t("campaigns.zoneOf.numberHelp")} />
            <HoursLeft fields={fields} />
          </div>
          <Radio size="xs" value="campaign" label={t("campaigns.zoneOf.campaign", { zone: fields.zone })} description={t("campaigns.zoneOf.campaignHelp")} />
        </Stack>
      </Radio.Group>
    </>
  );
}

/** What the window leaves to a Russian mobile of which nobody knows the region. */
function HoursLeft({ fields: { zone, zoneOf, windowFrom, windowTo } }: { fields: CampaignFields }) {
  const { t } = useWords();
  const left = useMemo(
    () => (knownZone(zone) && windowFrom < windowTo ? mobileHours(Date.now(), zone, windowFrom, windowTo) : null),
    [zone, windowFrom, windowTo],
  );
  if (!left) return null;
  const span = left.spans.map(({ from, to }) => `${from}–${to}`).join(", ");
  const words = { time: duration(left.minutes, t), span, zone };
  return (
    <Text fz="xs" ml={24} mt={2} c={zoneOf === "number" && left.minutes < 180 ? "var(--warn)" : "dimmed"} data-testid="hours-left">
      {left.minutes === 0 ? t("campaigns.noHoursLeft") : t("campaigns.hoursLeft", words)}
    </Text>
  );
}

function duration(minutes: number, t: Translate): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [...(hours > 0 ? [t("campaigns.hours", { hours })] : []), ...(rest > 0 ? [t("campaigns.minutes", { minutes: rest })] : [])];
  return parts.join(" ");
}
