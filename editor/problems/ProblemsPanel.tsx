import { Text, UnstyledButton } from "@mantine/core";
import type { Issue } from "../../flows/schema/issue.ts";
import { titleOf } from "../document/node-facts.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from "../ui/icons.ts";
import { Empty } from "../ui/Screen.tsx";
import { ErrorText } from "../inspector/fields/FieldFrame.tsx";
import classes from "../flow/flow.module.css";

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle };

/** Problems grouped by weight; a click goes to the node and its field. */
export function ProblemsPanel({ onGo }: { onGo(issue: Issue): void }) {
  const { t, language } = useWords();
  const issues = useFlow((state) => state.issues);
  const flow = useFlow((state) => state.whole);
  if (issues.length === 0)
    return (
      <Empty icon={<IconCircleCheck size={28} />} title={t("problems.none")}>
        {t("problems.noneHelp")}
      </Empty>
    );
  return (
    <div className={classes.problems}>
      {(["error", "warning", "info"] as const).map((severity) => {
        const own = issues.filter((issue) => issue.severity === severity);
        if (own.length === 0) return null;
        const Icon = icons[severity];
        return (
          <section key={severity} aria-label={t(`problems.${severity}`)}>
            <div className={classes.problemGroup}>
              {t(`problems.${severity}`)} · {own.length}
            </div>
            {own.map((issue, index) => (
              <UnstyledButton
                key={`${issue.code}${issue.node}${issue.path}${index}`}
                className={classes.problem}
                data-severity={severity}
                data-code={issue.code}
                onClick={() => onGo(issue)}
              >
                <Icon size={15} />
                <span>
                  {issue.node && (
                    <Text span fw={600} fz="sm">
                      {titleOf(flow, issue.node, language)}:{" "}
                    </Text>
                  )}
                  <ErrorText text={issue.message[language]} />
                </span>
              </UnstyledButton>
            ))}
          </section>
        );
      })}
    </div>
  );
}
