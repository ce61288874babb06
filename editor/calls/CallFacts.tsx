import type { CallRow } from "../api/index.ts";
import { minutes, useWords } from "../i18n/index.ts";
import classes from "./calls.module.css";
import { Ended } from "./CallTable.tsx";

/** Facts of a call except its results. Q.850 and SIP are separate. */
export function CallFacts({ call }: { call: CallRow }) {
  const { t, moment } = useWords();
  const rows: [string, React.ReactNode][] = [
    [t("calls.when"), moment(call.startedAt)],
    [t("calls.direction"), t(`direction.${call.direction}`)],
    [t("calls.caller"), <code key="caller">{call.caller || t("calls.hidden")}</code>],
    [t("calls.dialled"), <code key="dialled">{call.dialled || "—"}</code>],
    [t("calls.flow"), `${call.flow} · ${t("desk.version", { version: call.version })}`],
    [t("calls.length"), call.endedAt ? minutes(call.endedAt - call.startedAt) : "…"],
    [t("calls.answered"), call.answeredAt ? t("calls.afterS", { seconds: Math.round((call.answeredAt - call.startedAt) / 100) / 10 }) : "—"],
    [t("calls.ended"), <Ended key="ended" call={call} />],
    [t("calls.outcome"), call.outcome ?? "—"],
    ...(call.disposition ? [[t("calls.disposition"), call.disposition] as [string, string]] : []),
    ...(call.operator ? [[t("desk.operator"), call.operator] as [string, string]] : []),
    ["Q.850", call.q850 === null ? "—" : cause(call.q850, t)],
    ["SIP", call.sipStatus ?? "—"],
    [
      "Call-ID",
      <code key="id" className={classes.long}>
        {call.sipCallId || "—"}
      </code>,
    ],
  ];
  return (
    <dl className={classes.list}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function cause(code: number, t: (key: string) => string): string {
  const known = t(`q850.${code}`);
  return known === `q850.${code}` ? String(code) : `${code} · ${known}`;
}
