import { Button, Group, Loader, Table, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Exploration } from "../../flows/simulate/explore.ts";
import { useWords } from "../i18n/index.ts";
import { titleAt } from "../phone/node-at.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconRefresh, IconX } from "../ui/icons.ts";
import { Places } from "./Places.tsx";
import { SearchFailed } from "./SearchFailed.tsx";
import classes from "./tests.module.css";
import type { Search } from "./use-search.ts";

export const callersPerRun = 200;
type Props = { search: Search; flow: Flow; onAgain(seed: number): void; onPick(node: string): void };

/** Report on random callers: endings, outcomes, the longest waits, places never reached. */
export function RandomCallers({ search, flow, onAgain, onPick }: Props) {
  const { t } = useWords();
  const { callers: report, state, question } = search;
  const seed = question?.look === "callers" ? question.seed : 1;
  if (state === "failed") return <SearchFailed search={search} />;
  return (
    <section className={classes.search} aria-label={t("tests.callers")}>
      <Group className={classes.searchHead!} gap="sm">
        <Text fz="sm" fw={600} role="status" data-testid="callers-state" data-state={state}>
          {t("tests.callersTitle", { callers: callersPerRun, seed })}
        </Text>
        {state === "running" && <Loader size={14} />}
        <span className={classes.gap} />
        {state === "running" ? (
          <Button variant="default" onClick={search.cancel}>
            {t("common.cancel")}
          </Button>
        ) : (
          <>
            <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => onAgain(seed + 1)}>
              {t("tests.otherCallers")}
            </Button>
            <IconButton size={22} label={t("common.close")} onClick={search.close}>
              <IconX size={14} />
            </IconButton>
          </>
        )}
      </Group>
      {state === "cancelled" && <p className={classes.searchNote}>{t("tests.cancelled")}</p>}
      {report && <Report report={report} flow={flow} onPick={onPick} />}
    </section>
  );
}

function Report({ report, flow, onPick }: { report: Exploration; flow: Flow; onPick(node: string): void }) {
  const { t, language, number } = useWords();
  const { longestWait: wait, faults, coverage } = report;
  const node = (path: string) => (
    <UnstyledButton className={classes.place} onClick={() => onPick(path)}>
      {titleAt(flow, path, language)}
    </UnstyledButton>
  );
  const ends = Object.fromEntries(Object.entries(report.ended).map(([how, count]) => [t(`ended.${how}`), count]));
  const outcomes = Object.fromEntries(Object.entries(report.outcomes).map(([name, count]) => [name === "(none)" ? t("tests.noOutcome") : name, count]));
  const broken = Object.entries(faults);
  return (
    <>
      <Table className={classes.report!} verticalSpacing={4} horizontalSpacing="md" fz="sm" withRowBorders={false}>
        <Table.Tbody>
          <Row title={t("tests.report.ends")}>
            <Shares counts={ends} all={report.callers} />
          </Row>
          <Row title={t("tests.report.outcomes")}>
            <Shares counts={outcomes} all={report.callers} />
          </Row>
          <Row title={t("tests.report.wait")}>
            {t("tests.seconds", { seconds: number(wait.seconds) })} {wait.node && node(wait.node)}
          </Row>
          <Row title={t("tests.report.length")}>
            {t("tests.lengths", { mean: number(report.seconds.mean), p95: number(report.seconds.p95), longest: number(report.seconds.longest) })}
          </Row>
          {broken.length > 0 && (
            <Row title={t("tests.report.faults")}>
              {broken.slice(0, 8).map(([fault, count]) => {
                const cut = fault.lastIndexOf(": ");
                return (
                  <span key={fault} className={classes.share}>
                    {node(fault.slice(0, cut))} {fault.slice(cut + 2)} · {count}
                  </span>
                );
              })}
            </Row>
          )}
        </Table.Tbody>
      </Table>
      {coverage.uncovered.length === 0 ? (
        <p className={classes.searchNote}>{t("tests.allSeen")}</p>
      ) : (
        <Places title={t("tests.neverSeen")} places={coverage.uncovered} flow={flow} onPick={onPick} />
      )}
    </>
  );
}

const Row = ({ title, children }: { title: string; children: ReactNode }) => (
  <Table.Tr>
    <Table.Th scope="row">{title}</Table.Th>
    <Table.Td>{children}</Table.Td>
  </Table.Tr>
);

function Shares({ counts, all }: { counts: Record<string, number>; all: number }) {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => (
      <span key={name} className={classes.share}>
        {name} <b>{Math.round((count / all) * 100)} %</b> <small>{count}</small>
      </span>
    ));
}
