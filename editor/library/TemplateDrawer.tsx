import { Button, Divider, Drawer, Group, Stack, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { api, type Template, type TemplateDetails } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { inLanguage } from "../inspector/NodeHelp.tsx";
import { Markdown } from "../ui/Markdown.tsx";
import { notifyError } from "../ui/notify.ts";
import { navigate, pathOf } from "../ui/router.ts";
import { Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { InputField } from "./InputField.tsx";
import { TalkOutline } from "./TalkOutline.tsx";

/** A template: what it does, what to fill in, its tests; one button creates a flow from it. */
export function TemplateDrawer({ template, onClose }: { template: Template; onClose(): void }) {
  const { say } = useWords();
  const details = useLoad(() => api.template(template.slug), [template.slug]);
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={say(template.title, template.slug)}>
      <Loading of={details}>{(data) => <Details template={template} details={data} />}</Loading>
    </Drawer>
  );
}

function Details({ template, details }: { template: Template; details: TemplateDetails }) {
  const { t, say, language } = useWords();
  const [title, setTitle] = useState(say(template.title));
  const [inputs, setInputs] = useState<Record<string, Value>>({ ...details.demo.inputs });
  const [busy, setBusy] = useState(false);
  const fields = Object.entries(details.document.inputs).filter(([, variable]) => variable.handover !== true);
  const clone = async () => {
    setBusy(true);
    try {
      const { id } = await api.cloneTemplate(template.slug, {
        ...(title.trim() === say(template.title) ? {} : { title: { [language]: title.trim() } }),
        inputs,
      });
      navigate(pathOf("flows", id));
    } catch (error) {
      notifyError(error, t("library.cloneFailed"));
      setBusy(false);
    }
  };
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void clone();
        }}
      >
        <Stack gap="sm">
          <TextInput label={t("library.title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          {fields.map(([name, variable]) => (
            <InputField
              key={name}
              name={name}
              variable={variable as FlowVariable}
              value={inputs[name]}
              onChange={(value) => setInputs((before) => ({ ...before, [name]: value }))}
            />
          ))}
          <Group justify="flex-end">
            <Button type="submit" size="sm" loading={busy}>
              {t("library.clone")}
            </Button>
          </Group>
        </Stack>
      </form>
      <Divider />
      {details.readme && <Markdown text={inLanguage(details.readme, language)} />}
      {details.conversations.length > 0 && (
        <>
          <Title order={3}>{t("library.conversations")}</Title>
          <Stack gap={6}>
            {details.conversations.map((conversation, index) => (
              <TalkOutline key={index} flow={details.document} conversation={conversation} />
            ))}
          </Stack>
        </>
      )}
    </Stack>
  );
}
