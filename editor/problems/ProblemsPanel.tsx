import { Button } from "@mantine/core";
import { useContext, type KeyboardEvent } from "react";
import type { Issue } from "../../flows/schema/issue.ts";
import { replaceDocument } from "../document/edits/replace-document.ts";
import { SurroundingsContext } from "../document/surroundings-context.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconCircleCheck } from "../ui/icons.ts";
import { Empty } from "../ui/Screen.tsx";
import { fixEdit } from "./fix-edit.ts";
import { mendNotes } from "./mend-notes.ts";
import { ProblemRow } from "./ProblemRow.tsx";
import classes from "./problems.module.css";
import { ScoreReasons } from "./ScoreReasons.tsx";

/** More of one severity than this is not read anyway. */
const shown = 200;

/** Problems grouped by severity; a click goes to the node and its field, a button fixes it. Arrow keys move through the list. */
export function ProblemsPanel({ onGo }: { onGo(issue: Issue): void }) {
  const { t } = useWords();
  const store = useFlowStore();
  const around = useContext(SurroundingsContext);
  const issues = useFlow((state) => state.issues);
  if (issues.length === 0)
    return (
      <Empty icon={<IconCircleCheck size={28} />} title={t("problems.none")}>
        {t("problems.noneHelp")}
      </Empty>
    );
  const fixable = issues.filter((issue) => issue.severity === "info" && issue.fixes?.length === 1);
  return (
    <div className={classes.panel} onKeyDown={walk}>
      <ScoreReasons most={5} />
      {(["error", "warning", "info"] as const).map((severity) => {
        const own = issues.filter((issue) => issue.severity === severity);
        if (own.length === 0) return null;
        return (
          <section key={severity} aria-label={t(`problems.${severity}`)}>
            <div className={classes.group}>
              {t(`problems.${severity}`)} · {own.length}
              {severity === "info" && fixable.length > 0 && (
                <Button size="compact-xs" variant="default" onClick={() => store.edit(replaceDocument(mendNotes(store.get().whole, around)))}>
                  {t("problems.fixSafe", { count: fixable.length })}
                </Button>
              )}
            </div>
            {own.slice(0, shown).map((issue, index) => (
              <ProblemRow key={`${issue.code}${issue.node}${issue.path}${index}`} issue={issue} onGo={onGo} onFix={(fix) => store.edit(fixEdit([fix]))} />
            ))}
            {own.length > shown && <div className={classes.group}>{t("problems.more", { count: own.length - shown })}</div>}
          </section>
        );
      })}
    </div>
  );
}

/** Arrow up and down move between problems; Enter, as on any button, goes there. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!turn) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-problem]")];
  const now = rows.findIndex((row) => row === document.activeElement || row.parentElement?.contains(document.activeElement));
  rows[Math.max(0, Math.min(rows.length - 1, now + turn))]?.focus();
  event.preventDefault();
}
