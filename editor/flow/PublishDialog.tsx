import { Alert, Autocomplete, Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Issue } from "../../flows/schema/issue.ts";
import { ApiError } from "../api/client.ts";
import { api, type FlowDetails } from "../api/index.ts";
import { titleOf } from "../document/node-facts.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { ScoreReasons } from "../problems/ScoreReasons.tsx";
import { IconCircleX } from "../ui/icons.ts";
import { notifyDone, notifyError } from "../ui/notify.ts";
import { useLoad } from "../ui/use-load.ts";
import classes from "./flow.module.css";

type Props = { details: FlowDetails; flush(): Promise<void>; onClose(): void; onGo(issue: Issue): void; onDone(): void };

/** Publishing: errors block it and are listed; a note and a number to bind. */
export function PublishDialog({ details, flush, onClose, onGo, onDone }: Props) {
  const { t, language } = useWords();
  const store = useFlowStore();
  const issues = useFlow((state) => state.issues);
  const flow = useFlow((state) => state.whole);
  const [refused, setRefused] = useState<readonly Issue[]>([]);
  const [note, setNote] = useState("");
  const [number, setNumber] = useState(details.numbers[0]?.number ?? "");
  const [busy, setBusy] = useState(false);
  const health = useLoad(() => api.health(), []);
  const numbers = useLoad(() => api.numbers(), []);
  const own = issues.filter((issue) => issue.severity === "error");
  const errors = own.length > 0 ? own : refused;
  const offered = [...new Set([health.data?.demoNumber, ...(numbers.data ?? []).map((row) => row.number)].filter((item): item is string => Boolean(item)))];
  const taken = numbers.data?.find((row) => row.number === number && row.flow !== flow.id);

  const publish = async () => {
    setBusy(true);
    try {
      await flush();
      const answer = await api.publish(flow.id, {
        revision: store.get().revision,
        ...(note ? { note } : {}),
        ...(number.trim() ? { number: number.trim() } : {}),
        ...(taken ? { numberFrom: taken.flow } : {}),
      });
      notifyDone(number.trim() ? t("publish.doneNumber", { version: answer.version, number }) : t("publish.done", { version: answer.version }));
      onDone();
    } catch (error) {
      if (error instanceof ApiError && error.body.issues?.length) setRefused(error.body.issues);
      else notifyError(error, t("publish.failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("publish.title")} size="md">
      <Stack>
        {errors.length > 0 && (
          <Alert color="red" icon={<IconCircleX size={16} />} title={t("publish.blocked", { count: errors.length })}>
            {errors.slice(0, 8).map((issue, index) => (
              <UnstyledButton key={index} className={classes.problem} data-severity="error" onClick={() => onGo(issue)}>
                <IconCircleX size={14} />
                <span>
                  {issue.node && flow.nodes[issue.node] && <b>{titleOf(flow, issue.node, language)}: </b>}
                  {issue.message[language].split("\n")[0]}
                </span>
              </UnstyledButton>
            ))}
            {errors.length > 8 && <Text fz="xs">{t("publish.moreErrors", { count: errors.length - 8 })}</Text>}
          </Alert>
        )}
        <ScoreReasons most={3} />
        <TextInput
          label={t("publish.note")}
          placeholder={t("publish.notePlaceholder")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        {flow.kind === "ivr" && (
          <Autocomplete label={t("publish.number")} description={t("publish.numberHelp")} data={offered} value={number} onChange={setNumber} size="xs" />
        )}
        {taken && (
          <Text fz="xs" c="var(--warn)">
            {t("publish.taken", { flow: taken.flow })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button loading={busy} disabled={errors.length > 0} onClick={() => void publish()}>
            {t("flow.publish")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
