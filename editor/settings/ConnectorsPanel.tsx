import { Badge, Button, Group, Table, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import { dataApi, type Connector } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconLink, IconPlus, IconTrash } from "../ui/icons.ts";
import { attempt, notifyError } from "../ui/notify.ts";
import { RowsTable } from "../ui/RowsTable.tsx";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { ConnectorForm } from "./ConnectorForm.tsx";
import classes from "./settings.module.css";

/** CRM connectors by the names that flows use. */
export function ConnectorsPanel() {
  const { t, say } = useWords();
  const connectors = useLoad(() => dataApi.connectors(), []);
  const [form, setForm] = useState<Connector | "new" | null>(null);
  const remove = (row: Connector) =>
    modals.openConfirmModal({
      title: t("connectors.removeTitle", { title: say(row.title, row.name) }),
      children: t("connectors.removeText"),
      labels: { confirm: t("common.delete"), cancel: t("common.cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void attempt(() => dataApi.removeConnector(row.name)).then(connectors.reload),
    });
  return (
    <div className={classes.panel}>
      <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap">
        <Text fz="sm" c="dimmed" maw={640}>
          {t("connectors.help")}
        </Text>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setForm("new")}>
          {t("connectors.new")}
        </Button>
      </Group>
      <RowsTable
        of={connectors}
        empty={
          <Empty icon={<IconLink size={28} />} title={t("connectors.empty")}>
            {t("connectors.emptyHelp")}
          </Empty>
        }
        head={[t("connectors.title"), t("connectors.url"), t("connectors.try"), { w: 40 }]}
      >
        {(row) => (
          <Table.Tr key={row.name}>
            <Table.Td>
              <button type="button" className={classes.open} onClick={() => setForm(row)}>
                {say(row.title, row.name)}
              </button>
              <Text fz="xs" c="dimmed">
                {row.name}
              </Text>
            </Table.Td>
            <Table.Td className={classes.cell}>
              {row.kind === "demo" ? t("connectors.kind.demo") : row.url}
              {row.hasSecret && (
                <Badge ml={8} size="xs" variant="default">
                  {t("connectors.signed")}
                </Badge>
              )}
            </Table.Td>
            <Table.Td>
              <TryOut name={row.name} />
            </Table.Td>
            <Table.Td>
              <IconButton size={24} label={t("connectors.remove", { title: say(row.title, row.name) })} onClick={() => remove(row)}>
                <IconTrash size={14} />
              </IconButton>
            </Table.Td>
          </Table.Tr>
        )}
      </RowsTable>
      {form && (
        <ConnectorForm
          connector={form === "new" ? null : form}
          taken={(connectors.data ?? []).map((row) => row.name)}
          onClose={() => setForm(null)}
          onSaved={() => {
            setForm(null);
            connectors.reload();
          }}
        />
      )}
    </div>
  );
}

/** Looks a number up through the connector and shows what came back. */
function TryOut({ name }: { name: string }) {
  const { t } = useWords();
  const [phone, setPhone] = useState("+79990000001");
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ good: boolean; text: string } | null>(null);
  const look = async () => {
    setBusy(true);
    try {
      const reply = await dataApi.tryConnector(name, phone);
      if ("code" in reply) setAnswer({ good: false, text: reply.message });
      else if (reply.exit === "timeout") setAnswer({ good: false, text: t("connectors.timeout") });
      else setAnswer({ good: true, text: JSON.stringify(reply.value ?? null).slice(0, 300) });
    } catch (error) {
      notifyError(error);
    }
    setBusy(false);
  };
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <TextInput size="xs" w={150} aria-label={t("connectors.phone")} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} />
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => void look()}>
          {t("connectors.look")}
        </Button>
      </Group>
      {answer && (
        <Text fz="xs" ff="monospace" mt={4} maw={420} c={answer.good ? "var(--ok)" : "var(--bad)"} className={classes.answer}>
          {answer.text}
        </Text>
      )}
    </>
  );
}
