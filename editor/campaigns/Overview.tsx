import { Alert } from "@mantine/core";
import type { CampaignDetails } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { useFlowTitles } from "../ui/FlowSelect.tsx";
import classes from "./campaigns.module.css";

/** Key figures: lines in use, progress, outcomes of contacts. */
export function Overview({ details }: { details: CampaignDetails }) {
  const { t, number, moment } = useWords();
  const { campaign, counts, outcomes, linesInUse } = details;
  const titles = useFlowTitles([campaign.strategy]);
  const total = counts.new + counts.waiting + counts.active + counts.done;
  const most = Math.max(1, ...outcomes.map((item) => item.count));
  const figures = [
    ["lines", `${linesInUse} / ${campaign.lines}`],
    ["new", number(counts.new)],
    ["waiting", number(counts.waiting)],
    ["active", number(counts.active)],
    ["done", `${number(counts.done)} / ${number(total)}`],
  ] as const;
  return (
    <div className={classes.overview}>
      {campaign.state === "paused" && campaign.pauseReason && (
        <Alert color="orange" title={t(campaign.pauseReason.flow ? "campaigns.pausedBy.flowTitle" : "campaigns.pausedBy.title", campaign.pauseReason)}>
          {t(campaign.pauseReason.flow ? "campaigns.pausedBy.flowText" : "campaigns.pausedBy.text", {
            failures: number(campaign.pauseReason.failures),
            last: campaign.pauseReason.last,
            at: moment(campaign.pauseReason.at),
          })}
        </Alert>
      )}
      <div className={classes.figures}>
        {figures.map(([name, value]) => (
          <div key={name} className={classes.figure}>
            <span>{value}</span>
            <small>{t(`campaigns.count.${name}`)}</small>
          </div>
        ))}
      </div>
      <div className={classes.about}>
        {[
          titles.get(campaign.strategy) ?? campaign.strategy,
          t(`purpose.${campaign.purpose}`),
          `${campaign.windowFrom}–${campaign.windowTo}, ${campaign.days.map((day) => t(`day.${day}`)).join(" ")}`,
          campaign.zone,
        ].join(" · ")}
      </div>
      {outcomes.length > 0 && (
        <ul className={classes.bars} aria-label={t("campaigns.outcomes")}>
          {outcomes.map((item) => (
            <li key={item.outcome}>
              <span className={classes.barName}>{item.outcome || "—"}</span>
              <span className={classes.track}>
                <span className={classes.fill} style={{ width: `${(item.count / most) * 100}%` }} />
              </span>
              <span className={classes.barCount}>{number(item.count)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
