import { Badge, Button, Group, Tabs } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { address } from "../api/client.ts";
import { api, type CampaignDetails, type CampaignFields } from "../api/index.ts";
import { follow } from "../api/live.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconArrowLeft, IconDownload, IconEdit, IconPlayerPause, IconPlayerPlay, IconUpload } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { navigate } from "../ui/router.ts";
import { Loading, Screen } from "../ui/Screen.tsx";
import { useLoad, type Loaded } from "../ui/use-load.ts";
import { AttemptsTable } from "./AttemptsTable.tsx";
import { CampaignForm } from "./CampaignForm.tsx";
import { stateColors } from "./CampaignsScreen.tsx";
import classes from "./campaigns.module.css";
import { ContactsTable } from "./ContactsTable.tsx";
import { BadRows } from "./BadRows.tsx";
import { ImportWizard } from "./ImportWizard.tsx";
import { Overview } from "./Overview.tsx";

export function CampaignPage({ id }: { id: string }) {
  const loaded = useLoad(() => api.campaign(id), [id]);
  return <Loading of={loaded}>{(data) => <Page details={data} loaded={loaded} />}</Loading>;
}

function Page({ details, loaded }: { details: CampaignDetails; loaded: Loaded<CampaignDetails> }) {
  const { t } = useWords();
  const { campaign } = details;
  const [dialog, setDialog] = useState<"edit" | "import" | null>(null);
  const [turn, setTurn] = useState(0);
  const refresh = () => {
    loaded.reload();
    setTurn((before) => before + 1);
  };
  useCampaignLive(campaign.id, refresh);
  const running = campaign.state === "running";
  const act = (work: () => Promise<unknown>) => void attempt(work, undefined, t("campaigns.cannot")).then(refresh);
  return (
    <Screen
      title={
        <Group gap={8} wrap="nowrap">
          <IconButton label={t("campaigns.toList")} onClick={() => navigate("/campaigns")}>
            <IconArrowLeft size={16} />
          </IconButton>
          <span>{campaign.title}</span>
          <Badge tt="none" variant="light" color={stateColors[campaign.state]!}>
            {t(`campaigns.is.${campaign.state}`)}
          </Badge>
        </Group>
      }
      actions={
        <>
          <Button variant="default" leftSection={<IconUpload size={15} />} onClick={() => setDialog("import")}>
            {t("campaigns.import")}
          </Button>
          <Button variant="default" leftSection={<IconEdit size={15} />} disabled={running} onClick={() => setDialog("edit")}>
            {t("campaigns.edit")}
          </Button>
          <Button variant="default" component="a" leftSection={<IconDownload size={15} />} href={address(`/campaigns/${campaign.id}/results.csv`)} download>
            CSV
          </Button>
          {running ? (
            <Button color="gray" leftSection={<IconPlayerPause size={15} />} onClick={() => act(() => api.pauseCampaign(campaign.id))}>
              {t("campaigns.pause")}
            </Button>
          ) : (
            <Button leftSection={<IconPlayerPlay size={15} />} onClick={() => act(() => api.startCampaign(campaign.id))}>
              {t("campaigns.start")}
            </Button>
          )}
        </>
      }
    >
      <Overview details={details} />
      <Tabs defaultValue="contacts" className={classes.tabs!}>
        <Tabs.List>
          <Tabs.Tab value="contacts">{t("campaigns.contacts")}</Tabs.Tab>
          <Tabs.Tab value="attempts">{t("campaigns.attempts")}</Tabs.Tab>
          <Tabs.Tab value="errors">{t("campaigns.badRows")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="contacts" pt="sm">
          <ContactsTable id={campaign.id} turn={turn} />
        </Tabs.Panel>
        <Tabs.Panel value="attempts" pt="sm">
          <AttemptsTable id={campaign.id} turn={turn} />
        </Tabs.Panel>
        <Tabs.Panel value="errors" pt="sm">
          <BadRows id={campaign.id} turn={turn} />
        </Tabs.Panel>
      </Tabs>
      {dialog === "edit" && (
        <CampaignForm
          title={t("campaigns.edit")}
          submit={t("common.save")}
          initial={pick(campaign)}
          onClose={() => setDialog(null)}
          onSubmit={async (fields) => {
            const good = await attempt(() => api.updateCampaign(campaign.id, fields));
            refresh();
            return good;
          }}
        />
      )}
      {dialog === "import" && (
        <ImportWizard
          id={campaign.id}
          onClose={() => {
            setDialog(null);
            refresh();
          }}
        />
      )}
    </Screen>
  );
}

/** What the form may change; the state of the campaign stays out. */
function pick(campaign: CampaignDetails["campaign"]): CampaignFields {
  const { title, strategy, purpose, consent, lines, windowFrom, windowTo, days, zone, trunk, audience, consentKind, zoneOf, retry } = campaign;
  return { title, strategy, purpose, consent, lines, windowFrom, windowTo, days, zone, trunk, audience, consentKind, zoneOf, retry };
}

/** Counts change while it runs: at most once a second. */
function useCampaignLive(id: string, refresh: () => void) {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        latest.current();
      }, 1000);
    };
    const stop = follow({}, { event: (event) => event.type === "campaign" && event.campaign === id && soon(), reset: soon });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [id]);
}
