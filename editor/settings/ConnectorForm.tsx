import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type Connector, type ConnectorKind } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { idOf } from "../library/blank-flow.ts";
import { attempt } from "../ui/notify.ts";

type Props = { connector: Connector | null; taken: readonly string[]; onClose(): void; onSaved(): void };

export function ConnectorForm({ connector, taken, onClose, onSaved }: Props) {
  const { t, say, language } = useWords();
  const [title, setTitle] = useState(say(connector?.title));
  const [kind, setKind] = useState<ConnectorKind>(connector?.kind ?? "webhook");
  const [url, setUrl] = useState(connector?.url ?? "");
  const [secret, setSecret] = useState<string | null>(null);
  const save = () => {
    const body = { title: { ...connector?.title, [language]: title.trim() }, kind, url: url.trim(), ...(secret === null ? {} : { secret }) };
    void attempt(() => dataApi.putConnector(connector?.name ?? idOf(title, [...taken, "demo"]), body)).then((good) => good && onSaved());
  };
  return (
    <Modal opened onClose={onClose} title={t(connector ? "connectors.edit" : "connectors.new")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <TextInput data-autofocus required label={t("connectors.title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          <Select
            label={t("connectors.kind")}
            allowDeselect={false}
            data={(["webhook", "demo"] as const).map((value) => ({ value, label: t(`connectors.kind.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(value === "demo" ? "demo" : "webhook")}
          />
          {kind === "webhook" && (
            <>
              <TextInput
                required
                label={t("connectors.url")}
                description={t("connectors.urlHelp")}
                placeholder="https://crm.example/sufler"
                value={url}
                onChange={(event) => setUrl(event.currentTarget.value)}
              />
              <SecretInput
                label={t("connectors.secret")}
                help={t("connectors.secretHelp")}
                kept={connector?.hasSecret === true}
                value={secret}
                onChange={setSecret}
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={title.trim() === "" || (kind === "webhook" && url.trim() === "")}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A secret is written, never read: null leaves what is kept, an empty one removes it. */
export function SecretInput(props: { label: string; help: string; kept: boolean; value: string | null; onChange(value: string | null): void }) {
  const { t } = useWords();
  const { label, help, kept, value, onChange } = props;
  return (
    <PasswordInput
      size="xs"
      label={label}
      description={help}
      autoComplete="off"
      placeholder={kept && value === null ? t("secret.kept") : ""}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionWidth={kept ? 90 : 30}
      {...(kept
        ? {
            rightSection: (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(value === "" ? null : "")}>
                {value === "" ? t("secret.keep") : t("common.remove")}
              </Button>
            ),
          }
        : {})}
    />
  );
}
