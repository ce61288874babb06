import type { OperatorCard } from "../../flows/nodes/screen-pop/card.ts";
import { useWords } from "../i18n/index.ts";
import classes from "./ClientCard.module.css";

/** The customer card: a few lines, then lists with the newest items first. The same on the desk and in the simulator. */
export function ClientCard({ card: { title, url, lines, blocks } }: { card: OperatorCard }) {
  const { t } = useWords();
  return (
    <section className={classes.card} aria-label={t("card.title")}>
      <h2>{title || t("card.title")}</h2>
      <dl>
        {lines.map(({ label, text }, index) => (
          <div key={index}>
            {label && <dt>{label}</dt>}
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {blocks.map((block, index) => (
        <section key={index} data-block>
          <h3>{block.title}</h3>
          {block.rows.length === 0 && <p className={classes.none}>{t("card.none")}</p>}
          <ul>
            {block.rows.map((row, place) => (
              <li key={place}>{row}</li>
            ))}
          </ul>
          {block.more > 0 && <p className={classes.none}>{t("card.more", { count: block.more })}</p>}
        </section>
      ))}
      {url && (
        <a href={url} target="_blank" rel="noreferrer">
          {t("card.open")}
        </a>
      )}
    </section>
  );
}
