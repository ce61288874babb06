import { Button, Menu, Text, UnstyledButton } from "@mantine/core";
import type { Fix, Issue } from "../../flows/schema/issue.ts";
import { titleOf } from "../document/node-facts.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { ErrorText } from "../inspector/fields/FieldFrame.tsx";
import { IconAlertTriangle, IconChevronDown, IconCircleX, IconInfoCircle } from "../ui/icons.ts";
import classes from "./problems.module.css";

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle };

/** One problem: a click goes to its place, a button for each fix. */
export function ProblemRow({ issue, onGo, onFix }: { issue: Issue; onGo(issue: Issue): void; onFix(fix: Fix): void }) {
  const { language } = useWords();
  const flow = useFlow((state) => state.whole);
  const Icon = icons[issue.severity];
  return (
    <div className={classes.row}>
      <UnstyledButton className={classes.problem} data-problem data-severity={issue.severity} data-code={issue.code} onClick={() => onGo(issue)}>
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
      <Fixes fixes={issue.fixes ?? []} onFix={onFix} />
    </div>
  );
}

/** One fix is a button, several are a menu. */
function Fixes({ fixes, onFix }: { fixes: readonly Fix[]; onFix(fix: Fix): void }) {
  const { t, language } = useWords();
  const [only] = fixes;
  if (!only) return null;
  if (fixes.length === 1)
    return (
      <Button size="compact-xs" variant="light" title={only.title[language]} onClick={() => onFix(only)}>
        {t("problems.fix")}
        <span className={classes.fixTitle}>{only.title[language]}</span>
      </Button>
    );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="light" rightSection={<IconChevronDown size={12} />}>
          {t("problems.choose")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {fixes.map((fix) => (
          <Menu.Item key={fix.title.en} onClick={() => onFix(fix)}>
            {fix.title[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
