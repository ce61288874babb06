import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { knownZone } from "../../flows/schema/calendar.ts";
import { api, type CampaignFields } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { FlowSelect } from "../ui/FlowSelect.tsx";
import { useLoad } from "../ui/use-load.ts";
import { CallTimeFields } from "./CallTimeFields.tsx";
import { ConsentFields } from "./ConsentFields.tsx";
import { goodRetry, RetryFields } from "./RetryFields.tsx";

/** From ten to eight there would be no minute left for a Russian mobile of unknown region; from nine there is an hour. */
const blank: CampaignFields = {
  title: "",
  strategy: "",
  purpose: "survey",
  consent: "",
  lines: 2,
  windowFrom: "09:00",
  windowTo: "20:00",
  days: [1, 2, 3, 4, 5],
  zone: "Europe/Moscow",
  trunk: "",
  audience: "consumer",
  consentKind: "given",
  zoneOf: "number",
  retry: {},
};

type Props = { title: string; submit: string; initial?: CampaignFields; onClose(): void; onSubmit(fields: CampaignFields): Promise<boolean> };

/** The calling passport of a campaign: without a consent basis it does not start. */
export function CampaignForm({ title, submit, initial = blank, onClose, onSubmit }: Props) {
  const { t } = useWords();
  const [fields, setFields] = useState<CampaignFields>(initial);
  const [busy, setBusy] = useState(false);
  const settings = useLoad(() => api.settings(), []);
  const set = (change: Partial<CampaignFields>) => setFields((before) => ({ ...before, ...change }));
  const named = fields.title.trim() !== "" && fields.strategy !== "" && fields.consent.trim() !== "";
  const timed = fields.days.length > 0 && fields.windowFrom < fields.windowTo && knownZone(fields.zone);
  const complete = named && timed && goodRetry(fields.retry);
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
          <FlowSelect
            required
            label={t("campaigns.strategy")}
            kind="strategy"
            live={1}
            value={fields.strategy || null}
            onChange={(strategy) => set({ strategy: strategy ?? "" })}
            empty={t("campaigns.noStrategy")}
          />
          <Group grow align="flex-start">
            <NumberInput
              required
              label={t("campaigns.lines")}
              min={1}
              max={1000}
              value={fields.lines}
              onChange={(value) => set({ lines: typeof value === "number" ? value : 1 })}
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
          <ConsentFields fields={fields} set={set} />
          <CallTimeFields fields={fields} set={set} />
          <RetryFields retry={fields.retry} onChange={(retry) => set({ retry })} />
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
