import { Button, Group, Progress, Text } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { referencesOf } from "../../flows/compile/references.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { coverageOf } from "../../flows/simulate/coverage.ts";
import { api, type FlowDetails } from "../api/index.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconBooks, IconTestPipe } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Empty } from "../ui/Screen.tsx";
import { FoundPaths, keyOf } from "./FoundPaths.tsx";
import { plainGiven } from "./plain-given.ts";
import { Places } from "./Places.tsx";
import { callersPerRun, RandomCallers } from "./RandomCallers.tsx";
import type { SearchQuestion } from "./search-worker.ts";
import { TestRow } from "./TestRow.tsx";
import { TestsBar } from "./TestsBar.tsx";
import { useSearch } from "./use-search.ts";
import { useTestRun } from "./use-test-run.ts";
import { useTests } from "./use-tests.ts";

type Props = { details: FlowDetails; onCoverage(visited: ReadonlySet<string> | null): void; onPick(node: string): void };
type Look = { look: "paths" } | { look: "callers"; callers: number; seed: number } | { look: "tests" };

/** The tests of the flow, run in a worker against the draft; the canvas shows coverage. */
export function TestsPanel({ details, onCoverage, onPick }: Props) {
  const { t, say } = useWords();
  const flow = useFlow((state) => state.whole);
  const { tests, ground, loading, add, remove, takeFromTemplate } = useTests(details);
  const paths = useSearch();
  const callers = useSearch();
  const run = useTestRun();
  const added = useMemo(() => new Set(tests.map(({ conversation }) => keyOf(conversation))), [tests]);
  const begin = (look: Look) => {
    const world = async () => ({
      flow,
      flows: await otherFlowsOf(flow),
      conversations: tests.map((test) => test.conversation),
      plain: plainGiven(ground),
    });
    const ask = async () => {
      const question: SearchQuestion = { ...(await world()), ...look };
      if (question.look === "tests") run.start(question);
      else (question.look === "paths" ? paths : callers).start(question);
    };
    void attempt(ask, undefined, t("tests.cannotSearch"));
  };
  const coverage = useCoverage(flow, run, onCoverage);
  useEffect(() => {
    if (run.state !== "idle") begin({ look: "tests" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once run, they are run again whenever a test comes or goes
  }, [tests]);
  const passed = run.runs.filter((each) => each?.passed).length;
  return (
    <div>
      <TestsBar
        busy={{ loading, tests: run.state === "running", paths: paths.state === "running", callers: callers.state === "running" }}
        tests={tests}
        flow={flow}
        onRun={() => begin({ look: "tests" })}
        onCancel={run.cancel}
        onPaths={() => begin({ look: "paths" })}
        onCallers={() => begin({ look: "callers", callers: callersPerRun, seed: 1 })}
        onAdd={add}
      >
        {coverage && (
          <Text fz="sm" data-testid="coverage" data-exits={Math.round(coverage.exits * 100)}>
            {t("tests.summary", { passed, all: run.total, nodes: Math.round(coverage.nodes * 100), exits: Math.round(coverage.exits * 100) })}
          </Text>
        )}
        {run.state !== "idle" && run.state !== "done" && (
          <Text fz="sm" c="dimmed" role="status" data-testid="tests-state" data-state={run.state}>
            {run.state === "failed" ? t("tests.searchFailed", { reason: run.error }) : t(`tests.run.${run.state}`, { done: run.done, all: run.total })}
          </Text>
        )}
      </TestsBar>
      {run.state === "running" && <Progress animated size="xs" radius={0} value={run.total > 0 ? (100 * run.done) / run.total : 100} />}
      {paths.state !== "idle" && <FoundPaths search={paths} flow={flow} added={added} onAdd={add} onPick={onPick} />}
      {callers.state !== "idle" && (
        <RandomCallers search={callers} flow={flow} onAgain={(seed) => begin({ look: "callers", callers: callersPerRun, seed })} onPick={onPick} />
      )}
      {coverage && <Places title={t("tests.uncovered")} places={coverage.uncovered} flow={flow} onPick={onPick} />}
      {tests.length === 0 && !loading && (
        <Empty icon={<IconTestPipe size={28} />} title={t("tests.empty")}>
          {t("tests.emptyHelp")}
        </Empty>
      )}
      {details.template && !loading && !tests.some((test) => test.origin === "template") && (
        <Group p="xs">
          <Button variant="default" leftSection={<IconBooks size={14} />} onClick={takeFromTemplate}>
            {t("tests.takeFromTemplate")}
          </Button>
        </Group>
      )}
      {tests.map((test, index) => (
        <TestRow
          key={test.id}
          flow={flow}
          title={say(test.conversation.title)}
          template={test.origin === "template"}
          run={run.runs[index] ?? null}
          onPick={onPick}
          onRemove={() => remove(test.id)}
        />
      ))}
    </div>
  );
}

const otherFlowsOf = async (flow: Flow): Promise<Record<string, Flow>> => (referencesOf(flow).length > 0 ? api.inlined(flow) : {});

/** What the tests have visited, once they have been run or stopped; the canvas shows it. */
function useCoverage(flow: Flow, { state, runs }: ReturnType<typeof useTestRun>, onCoverage: Props["onCoverage"]) {
  const visited = useMemo(
    () => (state === "done" || state === "cancelled" ? new Set(runs.flatMap((each) => [...(each?.visited ?? [])])) : null),
    [state, runs],
  );
  useEffect(() => {
    onCoverage(visited);
    return () => onCoverage(null);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the runs change
  }, [visited]);
  return useMemo(() => (visited ? coverageOf(flow, visited) : null), [flow, visited]);
}
