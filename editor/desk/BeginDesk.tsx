import { Group, Stack, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Value } from "../../flows/schema/values.ts";
import { ApiError } from "../api/client.ts";
import { api, type DeskRun, type DeskScript } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconForms, IconHeadset, IconPlayerPlay } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useKept } from "../ui/use-kept.ts";
import { useLoad } from "../ui/use-load.ts";
import classes from "./desk.module.css";
import { isTyping } from "./desk-keys.ts";
import { handedOver, KnownForm } from "./KnownForm.tsx";

/** Before a conversation: unfinished runs, and the published scripts with a digit each. */
export function BeginDesk() {
  const { t, say } = useWords();
  const desk = useLoad(async () => ({ scripts: await api.scripts(), runs: await api.runs() }), []);
  const [operator, setOperator] = useKept("desk.operator", "");
  const [caller, setCaller] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const [known, setKnown] = useState<DeskScript | null>(null);
  const begin = (script: DeskScript, inputs: Record<string, Value> = {}) =>
    attempt(
      async () => {
        const run = await api.startRun({ flow: script.flow, inputs, operator: operator.trim(), caller: caller.trim() }).catch((failure: unknown) => {
          if (!(failure instanceof ApiError && failure.code === "bad-caller")) throw failure;
          setRefused(failure.message);
          return null;
        });
        if (run) navigate(pathOf("desk", run.id));
      },
      undefined,
      t("desk.cannotBegin"),
    );
  const data = desk.data;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (known || isTyping(event.target) || event.ctrlKey || event.metaKey || !data) return;
      const script = /^[1-9]$/.test(event.key) ? data.scripts[Number(event.key) - 1] : undefined;
      const run = event.key === "Enter" && document.activeElement === document.body ? ownCards(data.runs, operator)[0] : undefined;
      if (script) void begin(script);
      else if (run) navigate(pathOf("desk", run.id));
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  return (
    <Screen title={t("nav.desk")} hint={t("desk.hint")}>
      <Loading
        of={desk}
        empty={({ scripts, runs }) =>
          scripts.length + runs.length === 0 && (
            <Empty icon={<IconHeadset size={32} />} title={t("desk.empty")}>
              {t("desk.emptyHelp")}
            </Empty>
          )
        }
      >
        {({ scripts, runs }) => (
          <Stack maw={760} gap="lg">
            <Group grow maw={520}>
              <TextInput label={t("desk.operator")} value={operator} onChange={(event) => setOperator(event.currentTarget.value)} />
              <TextInput
                label={t("desk.caller")}
                placeholder="+7 900 000-00-00"
                type="tel"
                value={caller}
                error={refused}
                onChange={(event) => {
                  setCaller(event.currentTarget.value);
                  setRefused(null);
                }}
              />
            </Group>
            <Cards title={t("desk.unfinished")} runs={ownCards(runs, operator)} first />
            <Cards title={t("desk.others")} runs={runs.filter((run) => !ownCards(runs, operator).includes(run))} />
            <section>
              <Title order={3} mb={6}>
                {t("desk.scripts")}
              </Title>
              {scripts.map((script, index) => (
                <div key={script.flow} className={classes.scriptRow}>
                  <UnstyledButton className={classes.script} onClick={() => void begin(script)}>
                    {index < 9 && <kbd>{index + 1}</kbd>}
                    <span>{say(script.title, script.flow)}</span>
                    <Text fz="xs" c="dimmed">
                      {t("desk.version", { version: script.version })}
                    </Text>
                  </UnstyledButton>
                  {handedOver(script).length > 0 && (
                    <IconButton size={32} label={t("desk.known")} onClick={() => setKnown(script)}>
                      <IconForms size={16} />
                    </IconButton>
                  )}
                </div>
              ))}
            </section>
            {known && <KnownForm script={known} onClose={() => setKnown(null)} onBegin={(inputs) => void begin(known, inputs)} />}
          </Stack>
        )}
      </Loading>
    </Screen>
  );
}

/** Cards of the current operator; without a name, the cards without an operator. */
const ownCards = (runs: readonly DeskRun[], operator: string): DeskRun[] => runs.filter((run) => (run.operator ?? "") === operator.trim());

function Cards({ title, runs, first = false }: { title: string; runs: readonly DeskRun[]; first?: boolean }) {
  const { say, moment, t } = useWords();
  if (runs.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={6}>
        {title}
      </Title>
      {runs.map((run, index) => (
        <UnstyledButton key={run.id} className={classes.script} data-resume onClick={() => navigate(pathOf("desk", run.id))}>
          {first && index === 0 ? <kbd>Enter</kbd> : <IconPlayerPlay size={16} />}
          <span>{say(run.title, run.flow)}</span>
          <Text fz="xs" c="dimmed">
            {moment(run.startedAt)}
            {run.caller ? ` · ${run.caller}` : ""}
            {run.operator ? ` · ${run.operator}` : ""}
            {run.hungup ? ` · ${t("desk.gone")}` : ""}
          </Text>
        </UnstyledButton>
      ))}
    </section>
  );
}
