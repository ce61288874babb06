import { Button, FileButton, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { flowKinds, type FlowKind } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconFileImport, IconFilePlus } from "../ui/icons.ts";
import { notifyError } from "../ui/notify.ts";
import { navigate, pathOf } from "../ui/router.ts";
import { blankFlow, idOf } from "./blank-flow.ts";

/** Blank, and from a JSON file. */
export function BeginButtons() {
  const { t, language } = useWords();
  const [asking, setAsking] = useState(false);
  const open = async (file: File | null) => {
    if (!file) return;
    try {
      const parsed = parseFlow(await file.text());
      if (!parsed.flow)
        throw new Error(parsed.issues[0] ? `${parsed.issues[0].path ?? ""} ${parsed.issues[0].message[language]}`.trim() : t("code.unreadable"));
      const { id } = await api.createFlow(parsed.flow);
      navigate(pathOf("flows", id));
    } catch (error) {
      notifyError(error, t("begin.badFile"));
    }
  };
  return (
    <Group gap="sm" wrap="nowrap">
      <FileButton accept="application/json,.json" onChange={(file) => void open(file)}>
        {(props) => (
          <Button variant="default" leftSection={<IconFileImport size={15} />} {...props}>
            {t("begin.fromFile")}
          </Button>
        )}
      </FileButton>
      <Button leftSection={<IconFilePlus size={15} />} onClick={() => setAsking(true)}>
        {t("begin.new")}
      </Button>
      {asking && <NewFlowDialog onClose={() => setAsking(false)} />}
    </Group>
  );
}

function NewFlowDialog({ onClose }: { onClose(): void }) {
  const { t, language } = useWords();
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<FlowKind>("ivr");
  const [busy, setBusy] = useState(false);
  const create = async () => {
    setBusy(true);
    try {
      const { id } = await api.createFlow(blankFlow(idOf(title), kind, title.trim(), language));
      navigate(pathOf("flows", id));
    } catch (error) {
      notifyError(error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("begin.new")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t("begin.title")}
            placeholder={t("begin.titlePlaceholder")}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <SegmentedControl
            data={flowKinds.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
            value={kind}
            onChange={(value) => setKind(value as FlowKind)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={title.trim() === ""}>
              {t("common.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
