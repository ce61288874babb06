import { Tooltip, UnstyledButton } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import classes from "./problems.module.css";
import { bandOf, useScore } from "./use-score.ts";

/** The flow score, 0 to 100, coloured by its band; a click shows the deductions. */
export function ScoreBadge({ onOpen }: { onOpen(): void }) {
  const { t } = useWords();
  const { score } = useScore();
  return (
    <Tooltip label={t("problems.scoreHelp")}>
      <UnstyledButton className={classes.badge} data-band={bandOf(score)} data-testid="score" aria-label={t("problems.scoreOf", { score })} onClick={onOpen}>
        {score}
      </UnstyledButton>
    </Tooltip>
  );
}
