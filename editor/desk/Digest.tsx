import { Text } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import type { Localized, Value } from "../../flows/schema/values.ts";
import type { DeskRun } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { ClientCard } from "../ui/ClientCard.tsx";
import classes from "./desk.module.css";

const mostResults = 7;

/** Known data of this call: data given before, the customer card, answers of this conversation. */
export function Digest({ run }: { run: DeskRun }) {
  const { t, say } = useWords();
  const told = run.told ?? [];
  const inWords = (value: Value, words: Localized | null) =>
    words ? say(words) : typeof value === "boolean" ? t(value ? "desk.yes" : "desk.no") : show(value);
  const before = new Map(told.map(({ name, value }) => [name, value]));
  const rows = (run.known ?? []).filter(({ name, value }) => value !== null && value !== "" && before.get(name) !== value).slice(-mostResults);
  return (
    <aside className={classes.digest} aria-label={t("desk.digest")}>
      {told.length > 0 && <Facts title={t("desk.told")} rows={told.map(({ name, title, value, words }) => [say(title, name), inWords(value, words)])} titled />}
      {run.card && <ClientCard card={run.card} />}
      {(rows.length > 0 || (!run.card && told.length === 0)) && (
        <Facts
          title={t("desk.digest")}
          rows={rows.map(({ name, title, value, words }) => [say(title, name), inWords(value, words)])}
          none={t("desk.noDigest")}
          titled
        />
      )}
    </aside>
  );
}

function Facts({ title, rows, none, titled }: { title: string; rows: readonly (readonly [name: string, value: string])[]; none?: string; titled?: boolean }) {
  return (
    <section className={classes.facts}>
      <h2>{title}</h2>
      {rows.length === 0 && (
        <Text fz="xs" c="dimmed">
          {none}
        </Text>
      )}
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt data-titled={titled}>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
