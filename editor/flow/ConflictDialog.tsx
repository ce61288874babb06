import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Conflict } from "../document/autosave.ts";
import { useWords } from "../i18n/index.ts";
import { downloadText } from "../ui/download.ts";

/** Someone else saved in the meantime: the user chooses, and the other version is downloaded. */
export function ConflictDialog({ mine, conflict, onResolve }: { mine: Flow; conflict: Conflict; onResolve(keep: "mine" | "theirs"): void }) {
  const { t } = useWords();
  const copy = (flow: Flow, name: string) => downloadText(`${flow.id}.${name}.json`, JSON.stringify(flow, null, 2), "application/json");
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} title={t("conflict.title")} closeOnEscape={false} closeOnClickOutside={false}>
      <Stack>
        <Text>{t("conflict.text")}</Text>
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              copy(mine, "mine");
              onResolve("theirs");
            }}
          >
            {t("conflict.theirs")}
          </Button>
          <Button
            onClick={() => {
              copy(conflict.document, "theirs");
              onResolve("mine");
            }}
          >
            {t("conflict.mine")}
          </Button>
        </Group>
        <Text fz="xs" c="dimmed">
          {t("conflict.copy")}
        </Text>
      </Stack>
    </Modal>
  );
}
