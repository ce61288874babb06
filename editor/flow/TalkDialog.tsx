import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { replaceDocument } from "../document/edits/replace-document.ts";
import { useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { talkToFlow } from "./talk-to-flow.ts";

/** Converts a written conversation to the first draft of a flow. */
export function TalkDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const store = useFlowStore();
  const [text, setText] = useState("");
  const make = () => {
    const { flow, language } = store.get();
    store.edit(replaceDocument(talkToFlow(flow, text, language)));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("begin.talk")} size="lg">
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("begin.talkRules")}
        </Text>
        <Textarea
          data-autofocus
          autosize
          minRows={10}
          maxRows={20}
          value={text}
          placeholder={t("begin.talkExample")}
          aria-label={t("begin.talk")}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button disabled={text.trim() === ""} onClick={make}>
            {t("begin.make")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
