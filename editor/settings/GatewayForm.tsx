import { Button, Divider, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type Channel, type Gateway } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { attempt, notifyError } from "../ui/notify.ts";
import { SecretInput } from "./ConnectorForm.tsx";
import { messageReason } from "./message-reason.ts";

type Props = { channel: Channel; gateway: Gateway | null; onTried(): void; onClose(): void };

/** The gateway of one channel, and a test message. */
export function GatewayForm({ channel, gateway, onTried, onClose }: Props) {
  const { t } = useWords();
  const [url, setUrl] = useState(gateway?.url ?? "");
  const [method, setMethod] = useState<Gateway["method"]>(gateway?.method ?? "POST");
  const [body, setBody] = useState(gateway?.body ?? "");
  const [authorization, setAuthorization] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [saved, setSaved] = useState(gateway !== null);
  const save = () => {
    const change = { url: url.trim(), method, body, ...(authorization === null ? {} : { authorization }), ...(secret === null ? {} : { secret }) };
    return attempt(() => dataApi.putGateway(channel, change), t("gateways.saved")).then((good) => good && setSaved(true));
  };
  return (
    <Modal opened onClose={onClose} title={`${t("gateways.one")}: ${t(`messages.channel.${channel}`)}`} size={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t("gateways.url")}
            description={t("gateways.urlHelp")}
            placeholder="https://sms.example/send?to={to}&text={text}"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <SegmentedControl
            w={160}
            value={method}
            onChange={(next) => setMethod(next === "GET" ? "GET" : "POST")}
            data={["GET", "POST"]}
            aria-label={t("gateways.method")}
          />
          {method === "POST" && (
            <>
              <Textarea
                label={t("gateways.body")}
                description={t("gateways.bodyHelp")}
                autosize
                minRows={3}
                maxRows={8}
                placeholder={'{"phone": "{to}", "message": "{text}"}'}
                value={body}
                onChange={(event) => setBody(event.currentTarget.value)}
                styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
              />
              <SecretInput
                label={t("connectors.secret")}
                help={t("connectors.secretHelp")}
                kept={gateway?.hasSecret === true}
                value={secret}
                onChange={setSecret}
              />
            </>
          )}
          <SecretInput
            label={t("gateways.authorization")}
            help={t("gateways.authorizationHelp")}
            kept={gateway?.hasAuthorization === true}
            value={authorization}
            onChange={setAuthorization}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.close")}
            </Button>
            <Button type="submit" disabled={url.trim() === ""}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
      <Divider my="md" />
      <Trial channel={channel} ready={saved} onTried={onTried} />
    </Modal>
  );
}

function Trial({ channel, ready, onTried }: { channel: Channel; ready: boolean; onTried(): void }) {
  const { t } = useWords();
  const [to, setTo] = useState("");
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ good: boolean; text: string } | null>(null);
  const send = async () => {
    setBusy(true);
    try {
      const { state, error } = await dataApi.tryGateway(channel, { to: to.trim(), text: t("gateways.trialText") });
      setAnswer({ good: state === "sent", text: error ? messageReason(error, t) : t(`messages.state.${state}`) });
      onTried();
    } catch (error) {
      notifyError(error);
    }
    setBusy(false);
  };
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t("gateways.trial")}
          description={t("gateways.trialHelp")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          flex={1}
        />
        <Button variant="default" loading={busy} disabled={!ready} onClick={() => void send()}>
          {t("gateways.send")}
        </Button>
      </Group>
      {answer && (
        <Text fz="sm" mt={6} c={answer.good ? "var(--ok)" : "var(--bad)"} role="status">
          {answer.text}
        </Text>
      )}
    </>
  );
}
