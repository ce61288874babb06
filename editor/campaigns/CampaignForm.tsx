import { Autocomplete, Button, Chip, Group, Modal, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, type CampaignFields } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { ClockInput } from "../ui/ClockInput.tsx";
import { useLoad } from "../ui/use-load.ts";

export const purposes = ["information", "survey", "reminder", "debt", "advertising"] as const;
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

const blank: CampaignFields = {
  title: "",
  strategy: "",
  purpose: "survey",
  consent: "",
  lines: 2,
  windowFrom: "10:00",
  windowTo: "20:00",
  days: [1, 2, 3, 4, 5],
  zone: "Europe/Moscow",
  trunk: "",
};

type Props = { title: string; submit: string; initial?: CampaignFields; onClose(): void; onSubmit(fields: CampaignFields): Promise<boolean> };

/** The passport of a campaign: without a consent basis it does not begin. */
export function CampaignForm({ title, submit, initial = blank, onClose, onSubmit }: Props) {
  const { t, say } = useWords();
  const [fields, setFields] = useState<CampaignFields>(initial);
  const [busy, setBusy] = useState(false);
  const flows = useLoad(() => api.flows(), []);
  const settings = useLoad(() => api.settings(), []);
  const set = (change: Partial<CampaignFields>) => setFields((before) => ({ ...before, ...change }));
  const strategies = (flows.data ?? [])
    .filter((flow) => flow.kind === "strategy" && flow.live !== null)
    .map((flow) => ({ value: flow.id, label: say(flow.title, flow.id) }));
  const complete =
    fields.title.trim() !== "" && fields.strategy !== "" && fields.consent.trim() !== "" && fields.days.length > 0 && fields.windowFrom < fields.windowTo;
  const send = async () => {
    setBusy(true);
    if (await onSubmit(fields)) onClose();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t("campaigns.title")}
            value={fields.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Select
            required
            label={t("campaigns.strategy")}
            data={strategies}
            value={fields.strategy || null}
            onChange={(strategy) => set({ strategy: strategy ?? "" })}
            description={flows.data && strategies.length === 0 ? t("campaigns.noStrategy") : undefined}
          />
          <Group grow align="flex-start">
            <Select
              required
              label={t("campaigns.purpose")}
              data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
              value={fields.purpose}
              allowDeselect={false}
              onChange={(purpose) => set({ purpose: purpose ?? "survey" })}
            />
            <NumberInput
              required
              label={t("campaigns.lines")}
              min={1}
              max={1000}
              value={fields.lines}
              onChange={(value) => set({ lines: typeof value === "number" ? value : 1 })}
            />
          </Group>
          <Textarea
            required
            label={t("campaigns.consent")}
            description={t("campaigns.consentHelp")}
            autosize
            minRows={2}
            value={fields.consent}
            onChange={(event) => set({ consent: event.currentTarget.value })}
          />
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
          <Group grow align="flex-start">
            <Autocomplete
              size="xs"
              label={t("campaigns.zone")}
              description={t("campaigns.zoneHelp")}
              data={zones}
              value={fields.zone}
              onChange={(zone) => set({ zone })}
            />
            <Select
              label={t("campaigns.trunk")}
              data={[
                { value: "", label: t("campaigns.defaultTrunk") },
                ...(settings.data?.trunks ?? []).map((trunk) => ({ value: trunk.trunk, label: trunk.trunk })),
              ]}
              value={fields.trunk}
              onChange={(trunk) => set({ trunk: trunk ?? "" })}
            />
          </Group>
          {!fields.consent.trim() && (
            <Text fz="xs" c="dimmed">
              {t("campaigns.needsConsent")}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={!complete}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
