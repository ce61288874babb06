import { Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { dataApi, type Channel } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { attempt } from "../ui/notify.ts";
import { Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { GatewayForm } from "./GatewayForm.tsx";
import classes from "./settings.module.css";

const channels: readonly Channel[] = ["sms", "email", "messenger", "webhook"];

/** One HTTP gateway a channel. */
export function Gateways({ onTried }: { onTried(): void }) {
  const { t } = useWords();
  const gateways = useLoad(() => dataApi.gateways(), []);
  const [form, setForm] = useState<Channel | null>(null);
  const remove = (channel: Channel) => void attempt(() => dataApi.removeGateway(channel)).then(gateways.reload);
  return (
    <div className={classes.panel}>
      <Title order={2} mb={4}>
        {t("gateways.title")}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm" maw={720}>
        {t("gateways.help")}
      </Text>
      <Loading of={gateways}>
        {(all) => (
          <Table>
            <Table.Tbody>
              {channels.map((channel) => (
                <Table.Tr key={channel}>
                  <Table.Td w={220}>{t(`messages.channel.${channel}`)}</Table.Td>
                  <Table.Td className={classes.cell}>
                    {all[channel] ? (
                      <Text span ff="monospace" fz="sm">
                        {all[channel].method} {all[channel].url}
                      </Text>
                    ) : (
                      <Text span fz="sm" c="dimmed">
                        {t("gateways.none")}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button size="compact-sm" variant="default" onClick={() => setForm(channel)}>
                        {t(all[channel] ? "gateways.change" : "gateways.set")}
                      </Button>
                      {all[channel] && (
                        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => remove(channel)}>
                          {t("common.remove")}
                        </Button>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loading>
      {form && gateways.data && (
        <GatewayForm
          channel={form}
          gateway={gateways.data[form]}
          onTried={onTried}
          onClose={() => {
            setForm(null);
            gateways.reload();
          }}
        />
      )}
    </div>
  );
}
