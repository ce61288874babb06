import { useWords } from "../i18n/index.ts";
import classes from "./problems.module.css";
import { bandOf, useScore } from "./use-score.ts";

/** The score with its deductions: points and the first message of each rule. */
export function ScoreReasons({ most = 100 }: { most?: number }) {
  const { t, language } = useWords();
  const { score, reasons } = useScore();
  return (
    <section className={classes.score} aria-label={t("problems.score")}>
      <span className={classes.badge} data-band={bandOf(score)}>
        {score}
      </span>
      {reasons.length === 0 ? (
        <span className={classes.perfect}>{t("problems.scoreFull")}</span>
      ) : (
        <ul className={classes.reasons}>
          {reasons.slice(0, most).map(({ code, points, message }) => (
            <li key={code}>
              <b>−{points}</b> {message[language]}
            </li>
          ))}
          {reasons.length > most && <li>{t("problems.moreReasons", { count: reasons.length - most })}</li>}
        </ul>
      )}
    </section>
  );
}
