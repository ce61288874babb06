import { Group, Select, Textarea } from "@mantine/core";
import { audiences, consents, purposes } from "../../flows/strategy/calling-rule.ts";
import type { CampaignFields } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";

type Props = { fields: CampaignFields; set(change: Partial<CampaignFields>): void };

/** Purpose, audience and consent level. Each choice explains its effect. */
export function ConsentFields({ fields, set }: Props) {
  const { t } = useWords();
  return (
    <>
      <Group grow align="flex-start">
        <Select
          required
          label={t("campaigns.purpose")}
          data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={fields.purpose}
          allowDeselect={false}
          onChange={(purpose) => set({ purpose: purpose ?? "survey", audience: audienceFor(purpose, fields.audience) })}
          inputWrapperOrder={order}
          description={fields.purpose === "advertising" ? t("campaigns.advertisingHelp") : undefined}
        />
        <Select
          label={t("campaigns.audience")}
          data={audiences.map((value) => ({ value, label: t(`audience.${value}`) }))}
          value={fields.audience}
          allowDeselect={false}
          onChange={(audience) => set({ audience: audience ?? "consumer" })}
          inputWrapperOrder={order}
          description={t(`audience.${fields.audience}.help`)}
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
      <Select
        label={t("campaigns.consentKind")}
        data={consents.map((value) => ({ value, label: t(`consent.${value}`) }))}
        value={fields.consentKind}
        allowDeselect={false}
        onChange={(consentKind) => set({ consentKind: consentKind ?? "given" })}
        inputWrapperOrder={order}
        description={t(`consent.${fields.consentKind}.help`)}
      />
    </>
  );
}

/** What a choice costs stands under it. */
const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];

/** A debt is collected from debtors; with another purpose they are people again. */
function audienceFor(purpose: string | null, before: string): string {
  if (purpose === "debt") return "debtor";
  return before === "debtor" ? "consumer" : before;
}
