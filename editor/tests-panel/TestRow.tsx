import { Text, UnstyledButton } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { titleAt } from "../phone/node-at.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconCircleCheck, IconCircleX, IconTestPipe, IconX } from "../ui/icons.ts";
import type { TestRun } from "./search-worker.ts";
import classes from "./tests.module.css";

/** One test: its origin, its result, its failures. */
export function TestRow({
  flow,
  title,
  template,
  run,
  onRemove,
  onPick,
}: {
  flow: Flow;
  title: string;
  template: boolean;
  run: TestRun | null;
  onRemove(): void;
  onPick(node: string): void;
}) {
  const { t, language } = useWords();
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
            {run.path.map((node, index) => (
              <UnstyledButton key={index} className={classes.place} onClick={() => onPick(node)}>
                {titleAt(flow, node, language)}
              </UnstyledButton>
            ))}
          </Text>
        )}
      </div>
      <IconButton size={22} label={t("common.remove")} onClick={onRemove}>
        <IconX size={14} />
      </IconButton>
    </div>
  );
}
