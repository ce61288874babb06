import { Button, FileButton, Group } from "@mantine/core";
import type { ReactNode } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { useWords } from "../i18n/index.ts";
import { downloadText } from "../ui/download.ts";
import { IconDownload, IconPlayerPlay, IconPlayerStop, IconRoute, IconUpload, IconUsersGroup } from "../ui/icons.ts";
import { notifyError } from "../ui/notify.ts";
import classes from "./tests.module.css";
import type { Test } from "./use-tests.ts";

type Props = {
  busy: { loading: boolean; tests: boolean; paths: boolean; callers: boolean };
  tests: readonly Test[];
  flow: Flow;
  onRun(): void;
  onCancel(): void;
  onPaths(): void;
  onCallers(): void;
  onAdd(conversations: Conversation[]): void;
  children: ReactNode;
};

/** Actions for the tests of a flow: run, search, import, export. */
export function TestsBar({ busy, tests, flow, onRun, onCancel, onPaths, onCallers, onAdd, children }: Props) {
  const { t } = useWords();
  const load = (file: File | null) =>
    void file
      ?.text()
      .then((text) => onAdd(conversationsIn(JSON.parse(text))))
      .catch((error: unknown) => notifyError(error, t("tests.badFile")));
  const save = () => {
    const all = tests.map((test) => test.conversation);
    downloadText(`${flow.id}.tests.json`, `${JSON.stringify(all, null, 2)}\n`, "application/json");
  };
  return (
    <Group className={classes.bar!} gap="sm">
      {busy.tests ? (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={onCancel}>
          {t("tests.stop")}
        </Button>
      ) : (
        <Button leftSection={<IconPlayerPlay size={14} />} disabled={tests.length === 0} onClick={onRun}>
          {t("tests.run")}
        </Button>
      )}
      <Button variant="default" leftSection={<IconRoute size={14} />} disabled={busy.loading || busy.paths} onClick={onPaths}>
        {t("tests.findPaths")}
      </Button>
      <Button variant="default" leftSection={<IconUsersGroup size={14} />} disabled={busy.loading || busy.callers} onClick={onCallers}>
        {t("tests.callers")}
      </Button>
      <FileButton accept="application/json,.json" onChange={load}>
        {(props) => (
          <Button variant="default" leftSection={<IconUpload size={14} />} {...props}>
            {t("tests.upload")}
          </Button>
        )}
      </FileButton>
      <Button variant="default" leftSection={<IconDownload size={14} />} disabled={tests.length === 0} onClick={save}>
        {t("tests.download")}
      </Button>
      {children}
    </Group>
  );
}

/** One conversation, or a list of them. Throws with the place of what cannot be read. */
function conversationsIn(value: unknown): Conversation[] {
  return (Array.isArray(value) ? value : [value]).map((item, index) => {
    const parsed = parseConversation(item);
    if ("error" in parsed) throw new Error(Array.isArray(value) ? `${index + 1}: ${parsed.error}` : parsed.error);
    return parsed.conversation;
  });
}
