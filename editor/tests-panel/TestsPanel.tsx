import { Button, FileButton, Group, Text, UnstyledButton } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { coverageOf } from "../../flows/simulate/coverage.ts";
import { runConversation, type ConversationRun } from "../../flows/simulate/run-conversation.ts";
import { api, type FlowDetails } from "../api/index.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconCircleCheck, IconCircleX, IconPlayerPlay, IconTestPipe, IconUpload, IconX } from "../ui/icons.ts";
import { notifyError } from "../ui/notify.ts";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./tests.module.css";
import { addTest, keepTests, ownTests } from "./own-tests.ts";

type Test = { conversation: Conversation; own: number | null };

/** Conversations of the template and of this browser, run here against the draft; coverage goes to the canvas. */
export function TestsPanel({
  details,
  onCoverage,
  onPick,
}: {
  details: FlowDetails;
  onCoverage(visited: ReadonlySet<string> | null): void;
  onPick(node: string): void;
}) {
  const { t, say } = useWords();
  const flow = useFlow((state) => state.whole);
  const [turn, setTurn] = useState(0);
  const [runs, setRuns] = useState<(ConversationRun | null)[]>([]);
  const template = useLoad(async () => (details.template ? soundTests((await api.template(details.template)).conversations) : []), [details.template]);
  const tests = useMemo<Test[]>(
    () => [
      ...(template.data ?? []).map((conversation) => ({ conversation, own: null })),
      ...ownTests(flow.id).map((conversation, own) => ({ conversation, own })),
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `turn` stands for the kept tests
    [template.data, flow.id, turn],
  );
  const run = () => setRuns(tests.map((test) => guardedRun(() => runConversation(flow, test.conversation))));
  useEffect(() => setRuns([]), [tests]);
  const visited = useMemo(() => new Set(runs.flatMap((each) => [...(each?.visited ?? [])])), [runs]);
  useEffect(() => {
    onCoverage(runs.length > 0 ? visited : null);
    return () => onCoverage(null);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the runs change
  }, [visited]);
  const coverage = runs.length > 0 ? coverageOf(flow, visited) : null;
  const load = (file: File | null) =>
    void file
      ?.text()
      .then((text) => {
        const parsed = parseConversation(JSON.parse(text));
        if ("error" in parsed) throw new Error(parsed.error);
        addTest(flow.id, parsed.conversation);
        setTurn((before) => before + 1);
      })
      .catch((error: unknown) => notifyError(error, t("tests.badFile")));
  return (
    <div>
      <Group className={classes.bar!} gap="sm">
        <Button leftSection={<IconPlayerPlay size={14} />} disabled={tests.length === 0} onClick={run}>
          {t("tests.run")}
        </Button>
        <FileButton accept="application/json,.json" onChange={load}>
          {(props) => (
            <Button variant="default" leftSection={<IconUpload size={14} />} {...props}>
              {t("tests.upload")}
            </Button>
          )}
        </FileButton>
        {coverage && (
          <Text fz="sm">
            {t("tests.summary", {
              passed: runs.filter((each) => each?.passed).length,
              all: runs.length,
              nodes: Math.round(coverage.nodes * 100),
              exits: Math.round(coverage.exits * 100),
            })}
          </Text>
        )}
      </Group>
      {tests.length === 0 && !template.loading && (
        <Empty icon={<IconTestPipe size={28} />} title={t("tests.empty")}>
          {t("tests.emptyHelp")}
        </Empty>
      )}
      {tests.map((test, index) => (
        <TestRow
          key={index}
          title={say(test.conversation.title)}
          template={test.own === null}
          run={runs[index] ?? null}
          onPick={onPick}
          onRemove={
            test.own === null
              ? null
              : () => {
                  keepTests(
                    flow.id,
                    ownTests(flow.id).filter((_test, at) => at !== test.own),
                  );
                  setTurn(turn + 1);
                }
          }
        />
      ))}
      {coverage && coverage.uncovered.length > 0 && (
        <div className={classes.uncovered}>
          {t("tests.uncovered")}{" "}
          {coverage.uncovered.slice(0, 24).map((item) => (
            <UnstyledButton key={item} className={classes.place} onClick={() => onPick(item.split(":")[0]!)}>
              {item}
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  );
}

/** Conversations as their schema reads them, with the defaults filled in. */
const soundTests = (all: readonly unknown[]): Conversation[] =>
  all.flatMap((item) => {
    const parsed = parseConversation(item);
    return "conversation" in parsed ? [parsed.conversation] : [];
  });

function guardedRun(run: () => ConversationRun): ConversationRun | null {
  try {
    return run();
  } catch (error) {
    notifyError(error);
    return null;
  }
}

function TestRow({
  title,
  template,
  run,
  onRemove,
  onPick,
}: {
  title: string;
  template: boolean;
  run: ConversationRun | null;
  onRemove: (() => void) | null;
  onPick(node: string): void;
}) {
  const { t } = useWords();
  return (
    <div className={classes.test} data-passed={run ? run.passed : undefined}>
      {!run ? <IconTestPipe size={16} /> : run.passed ? <IconCircleCheck size={16} /> : <IconCircleX size={16} />}
      <div className={classes.testText}>
        <span>{title}</span>{" "}
        <Text span fz="xs" c="dimmed">
          {t(template ? "tests.ofTemplate" : "tests.own")}
          {run && ` · ${t(run.passed ? "tests.passed" : "tests.failed")}`}
        </Text>
        {run?.failures.map((failure, index) => (
          <Text key={index} fz="xs" c="var(--bad)" ff="monospace">
            {failure}
          </Text>
        ))}
        {run && !run.passed && (
          <Text fz="xs" c="dimmed">
            {run.result.path.map((visit, index) => (
              <UnstyledButton key={index} className={classes.place} onClick={() => onPick(visit.node)}>
                {visit.node}
              </UnstyledButton>
            ))}
          </Text>
        )}
      </div>
      {onRemove && (
        <IconButton size={22} label={t("common.remove")} onClick={onRemove}>
          <IconX size={14} />
        </IconButton>
      )}
    </div>
  );
}
