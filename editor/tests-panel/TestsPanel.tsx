import { Button, FileButton, Group, Text } from "@mantine/core";
import { useContext, useEffect, useMemo, useState } from "react";
import { referencesOf } from "../../flows/compile/references.ts";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { coverageOf } from "../../flows/simulate/coverage.ts";
import { runConversation, type ConversationRun } from "../../flows/simulate/run-conversation.ts";
import { api, type FlowDetails } from "../api/index.ts";
import { SurroundingsContext } from "../document/surroundings-context.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { askedWorld } from "../phone/asked-world.ts";
import { otherFlows } from "../phone/other-flows.ts";
import { loadStoredData } from "../phone/load-stored-data.ts";
import { IconPlayerPlay, IconRoute, IconTestPipe, IconUpload, IconUsersGroup } from "../ui/icons.ts";
import { attempt, notifyError } from "../ui/notify.ts";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { FoundPaths, keyOf } from "./FoundPaths.tsx";
import { keepTests, ownTests } from "./own-tests.ts";
import { plainGiven, type Ground } from "./plain-given.ts";
import { Places } from "./Places.tsx";
import { callersPerRun, RandomCallers } from "./RandomCallers.tsx";
import type { SearchQuestion } from "./search-worker.ts";
import { templateTests } from "./template-tests.ts";
import { TestRow } from "./TestRow.tsx";
import classes from "./tests.module.css";
import { useSearch } from "./use-search.ts";

type Test = { conversation: Conversation; own: number | null };
type Props = { details: FlowDetails; onCoverage(visited: ReadonlySet<string> | null): void; onPick(node: string): void };

/** Conversations of the template and of this browser, run here against the draft; coverage goes to the canvas. */
export function TestsPanel({ details, onCoverage, onPick }: Props) {
  const { t, say } = useWords();
  const flow = useFlow((state) => state.whole);
  const { tests, own, ground, loading, change } = useTests(details);
  const { runs, coverage, run } = useRuns(tests, onCoverage);
  const paths = useSearch();
  const callers = useSearch();
  const added = useMemo(() => new Set(own.map(keyOf)), [own]);
  const ask = (look: { look: "paths" } | { look: "callers"; callers: number; seed: number }) =>
    void attempt(
      async () => {
        const flows = referencesOf(flow).length > 0 ? await api.inlined(flow) : {};
        const question: SearchQuestion = { flow, flows, conversations: tests.map((test) => test.conversation), plain: plainGiven(ground), ...look };
        (look.look === "paths" ? paths : callers).start(question);
      },
      undefined,
      t("tests.cannotSearch"),
    );
  const askCallers = (seed: number) => ask({ look: "callers", callers: callersPerRun, seed });
  const add = (more: readonly Conversation[]) => change([...own, ...more]);
  const load = (file: File | null) =>
    void file
      ?.text()
      .then((text) => {
        const parsed = parseConversation(JSON.parse(text));
        if ("error" in parsed) throw new Error(parsed.error);
        add([parsed.conversation]);
      })
      .catch((error: unknown) => notifyError(error, t("tests.badFile")));
  return (
    <div>
      <Group className={classes.bar!} gap="sm">
        <Button leftSection={<IconPlayerPlay size={14} />} disabled={tests.length === 0} onClick={() => void run()}>
          {t("tests.run")}
        </Button>
        <Button variant="default" leftSection={<IconRoute size={14} />} disabled={loading || paths.state === "running"} onClick={() => ask({ look: "paths" })}>
          {t("tests.findPaths")}
        </Button>
        <Button variant="default" leftSection={<IconUsersGroup size={14} />} disabled={loading || callers.state === "running"} onClick={() => askCallers(1)}>
          {t("tests.callers")}
        </Button>
        <FileButton accept="application/json,.json" onChange={load}>
          {(props) => (
            <Button variant="default" leftSection={<IconUpload size={14} />} {...props}>
              {t("tests.upload")}
            </Button>
          )}
        </FileButton>
        {coverage && (
          <Text fz="sm" data-testid="coverage" data-exits={Math.round(coverage.exits * 100)}>
            {t("tests.summary", {
              passed: runs.filter((each) => each?.passed).length,
              all: runs.length,
              nodes: Math.round(coverage.nodes * 100),
              exits: Math.round(coverage.exits * 100),
            })}
          </Text>
        )}
      </Group>
      {paths.state !== "idle" && <FoundPaths search={paths} flow={flow} added={added} onAdd={add} onPick={onPick} />}
      {callers.state !== "idle" && <RandomCallers search={callers} flow={flow} onAgain={askCallers} onPick={onPick} />}
      {coverage && <Places title={t("tests.uncovered")} places={coverage.uncovered} flow={flow} onPick={onPick} />}
      {tests.length === 0 && !loading && (
        <Empty icon={<IconTestPipe size={28} />} title={t("tests.empty")}>
          {t("tests.emptyHelp")}
        </Empty>
      )}
      {tests.map((test, index) => (
        <TestRow
          key={index}
          flow={flow}
          title={say(test.conversation.title)}
          template={test.own === null}
          run={runs[index] ?? null}
          onPick={onPick}
          onRemove={test.own === null ? null : () => change(own.filter((_test, at) => at !== test.own))}
        />
      ))}
    </div>
  );
}

/** The tests of the open flow, and what they stand on: this installation's data, the template's demo data over it. */
function useTests(details: FlowDetails) {
  const flow = useFlow((state) => state.whole);
  const { calendarsByName } = useContext(SurroundingsContext);
  const [own, setOwn] = useState(() => ownTests(flow.id));
  const loaded = useLoad(async (): Promise<{ tests: Conversation[]; ground: Ground }> => {
    const ground: Ground = { calendars: calendarsByName, ...(await loadStoredData(askedWorld(flow, await otherFlows(flow).catch(() => undefined)))) };
    return details.template ? templateTests(details.template, ground) : { tests: [], ground };
  }, [details.template, flow.id, calendarsByName]);
  const tests = useMemo<Test[]>(
    () => [
      ...(loaded.data?.tests ?? []).map((conversation) => ({ conversation, own: null })),
      ...own.map((conversation, index) => ({ conversation, own: index })),
    ],
    [loaded.data, own],
  );
  const change = (next: readonly Conversation[]) => {
    try {
      keepTests(flow.id, next);
      setOwn([...next]);
    } catch (error) {
      notifyError(error);
    }
  };
  return { tests, own, ground: loaded.data?.ground ?? {}, loading: loaded.loading, change };
}

/** Runs of the tests; once run, they are run again whenever a test comes or goes. */
function useRuns(tests: readonly Test[], onCoverage: Props["onCoverage"]) {
  const flow = useFlow((state) => state.whole);
  const [runs, setRuns] = useState<(ConversationRun | null)[]>([]);
  const run = async () => {
    const find = await otherFlows(flow).catch(() => () => null);
    setRuns(tests.map((test) => guardedRun(() => runConversation(flow, test.conversation, { find }))));
  };
  useEffect(() => {
    if (runs.length > 0) void run();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the tests change
  }, [tests]);
  const visited = useMemo(() => new Set(runs.flatMap((each) => [...(each?.visited ?? [])])), [runs]);
  useEffect(() => {
    onCoverage(runs.length > 0 ? visited : null);
    return () => onCoverage(null);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the runs change
  }, [visited]);
  return { runs, run, coverage: runs.length > 0 ? coverageOf(flow, visited) : null };
}

function guardedRun(run: () => ConversationRun): ConversationRun | null {
  try {
    return run();
  } catch (error) {
    notifyError(error);
    return null;
  }
}
