import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconChevronDown, IconChevronUp } from "../ui/icons.ts";
import { useKept } from "../ui/use-kept.ts";
import classes from "./flow.module.css";

export const drawerTabs = ["problems", "phone", "tests", "code", "machine", "history"] as const;
export type DrawerTab = (typeof drawerTabs)[number];

/** The bottom drawer: its height is remembered; a click on the open tab closes it. */
export function Drawer({ tab, onTab, children }: { tab: DrawerTab | null; onTab(tab: DrawerTab | null): void; children: ReactNode }) {
  const { t } = useWords();
  const [height, setHeight] = useKept("drawer.height", 320);
  const shown = Math.min(height, Math.max(160, innerHeight - 300));
  const resize = (event: React.PointerEvent<HTMLDivElement>) => {
    const grip = event.currentTarget;
    const from = event.clientY;
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = (move) => setHeight(Math.round(Math.max(140, Math.min(innerHeight - 260, shown + from - move.clientY))));
    grip.onpointerup = () => (grip.onpointermove = grip.onpointerup = null);
  };
  return (
    <section className={classes.drawer} style={{ height: tab ? shown : 34 }} aria-label={t("drawer.title")}>
      {tab && <div className={classes.grip} onPointerDown={resize} role="separator" aria-orientation="horizontal" aria-label={t("drawer.resize")} />}
      <div className={classes.tabs}>
        <div className={classes.tabList} role="tablist" aria-label={t("drawer.title")}>
          {drawerTabs.map((each) => (
            <UnstyledButton key={each} className={classes.tab} role="tab" aria-selected={tab === each} onClick={() => onTab(tab === each ? null : each)}>
              {t(`drawer.${each}`)}
              {each === "problems" && <ProblemCount />}
            </UnstyledButton>
          ))}
        </div>
        <span className={classes.spacer} />
        <IconButton size={24} label={t(tab ? "drawer.close" : "drawer.open")} {...(tab ? { keys: "Esc" } : {})} onClick={() => onTab(tab ? null : "problems")}>
          {tab ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </IconButton>
      </div>
      {tab && (
        <div className={classes.drawerBody} role="tabpanel" aria-label={t(`drawer.${tab}`)}>
          {children}
        </div>
      )}
    </section>
  );
}

function ProblemCount() {
  const issues = useFlow((state) => state.issues);
  const errors = issues.filter((issue) => issue.severity === "error").length;
  const warnings = issues.filter((issue) => issue.severity === "warning").length;
  if (errors + warnings === 0) return null;
  return (
    <>
      {errors > 0 && (
        <span className={classes.count} data-severity="error">
          {errors}
        </span>
      )}
      {warnings > 0 && (
        <span className={classes.count} data-severity="warning">
          {warnings}
        </span>
      )}
    </>
  );
}
