import { Badge, Button, Progress, Table } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { useFlowTitles } from "../ui/FlowSelect.tsx";
import { IconPhoneOutgoing, IconPlus } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { CampaignForm } from "./CampaignForm.tsx";
import { CampaignPage } from "./CampaignPage.tsx";

export default function CampaignsScreen({ id }: { id: string | null }) {
  return id ? <CampaignPage key={id} id={id} /> : <CampaignList />;
}

export const stateColors: Record<string, string> = { running: "green", paused: "yellow", finished: "gray", draft: "gray" };

function CampaignList() {
  const { t, moment } = useWords();
  const campaigns = useLoad(() => api.campaigns(), []);
  const titles = useFlowTitles((campaigns.data ?? []).map((row) => row.strategy));
  const [creating, setCreating] = useState(false);
  return (
    <Screen
      title={t("nav.campaigns")}
      hint={t("campaigns.hint")}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
          {t("campaigns.new")}
        </Button>
      }
    >
      <Loading
        of={campaigns}
        empty={(rows) =>
          rows.length === 0 && (
            <Empty icon={<IconPhoneOutgoing size={32} />} title={t("campaigns.empty")}>
              {t("campaigns.emptyHelp")}
            </Empty>
          )
        }
      >
        {(rows) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("campaigns.title")}</Table.Th>
                <Table.Th>{t("campaigns.state")}</Table.Th>
                <Table.Th>{t("campaigns.strategy")}</Table.Th>
                <Table.Th ta="right">{t("campaigns.contacts")}</Table.Th>
                <Table.Th w={180}>{t("campaigns.done")}</Table.Th>
                <Table.Th>{t("campaigns.created")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>
                    <a {...linkTo(pathOf("campaigns", row.id))}>{row.title}</a>
                  </Table.Td>
                  <Table.Td>
                    <Badge tt="none" variant="light" color={stateColors[row.state]!}>
                      {t(`campaigns.is.${row.state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{titles.get(row.strategy) ?? row.strategy}</Table.Td>
                  <Table.Td ta="right">{row.contacts}</Table.Td>
                  <Table.Td>
                    <Progress value={row.contacts === 0 ? 0 : (row.done / row.contacts) * 100} aria-label={`${row.done} / ${row.contacts}`} />
                  </Table.Td>
                  <Table.Td>{moment(row.createdAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loading>
      {creating && (
        <CampaignForm
          title={t("campaigns.new")}
          submit={t("common.create")}
          onClose={() => setCreating(false)}
          onSubmit={(fields) => attempt(async () => navigate(pathOf("campaigns", (await api.createCampaign(fields)).id)))}
        />
      )}
    </Screen>
  );
}
