import { Group, Select, Text, UnstyledButton } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { FlowChange } from "../../flows/diff/change.ts";
import { diffFlows } from "../../flows/diff/diff-flows.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { api, type FlowDetails } from "../api/index.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { Failed } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { cardOf, firstSides, grouped, marksOf, sideOf, type Side } from "./compare.ts";
import classes from "./versions.module.css";

export type Marks = ReturnType<typeof marksOf>;
type Props = { details: FlowDetails; onMarks(marks: Marks | null): void; onPick(node: string): void };

/** The differences between two versions, or a version and the draft; a click shows the node, and the canvas marks all of them. */
export function ComparePanel({ details, onMarks, onPick }: Props) {
  const { t, language } = useWords();
  const { versions, live } = details;
  const draft = useFlow((state) => state.whole);
  const [sides, setSides] = useState(() => firstSides(versions, live) ?? { from: "draft" as Side, to: "draft" as Side });
  const before = useSide(details.document.id, sides.from, draft);
  const after = useSide(details.document.id, sides.to, draft);
  const diff = useMemo(() => (before.flow && after.flow ? diffFlows(before.flow, after.flow) : null), [before.flow, after.flow]);
  useEffect(() => onMarks(diff && marksOf(draft, diff)), [draft, diff, onMarks]);
  useEffect(() => () => onMarks(null), [onMarks]);

  const choices = [
    { value: "draft", label: t("compare.draft") },
    ...versions
      .toSorted((a, b) => b.version - a.version)
      .map((row) => ({ value: String(row.version), label: t(row.version === live ? "compare.live" : "compare.version", { version: row.version }) })),
  ];
  const choice = (name: "from" | "to") => (
    <Select
      label={t(`compare.${name}`)}
      data={choices}
      value={String(sides[name])}
      allowDeselect={false}
      w={190}
      onChange={(value) => setSides({ ...sides, [name]: sideOf(value) })}
    />
  );
  const failed = before.error ?? after.error;
  return (
    <section className={classes.compare} aria-label={t("compare.title")}>
      <Group gap="sm" align="flex-end" className={classes.bar!}>
        {choice("from")}
        {choice("to")}
        {diff && (
          <Text fz="sm" c="dimmed" role="status">
            {diff.isEmpty ? t("compare.same") : t("compare.count", { count: diff.changes.length })}
          </Text>
        )}
      </Group>
      {failed !== null && <Failed error={failed} />}
      {diff &&
        grouped(diff).map(({ group, changes }) => (
          <section key={group} aria-label={t(`compare.group.${group}`)}>
            <div className={classes.group}>{t(`compare.group.${group}`)}</div>
            {changes.map((change) => (
              <ChangeLine key={`${change.kind} ${change.place}`} change={change} card={cardOf(draft, change)} text={change.message[language]} onPick={onPick} />
            ))}
          </section>
        ))}
      {diff && diff.moved.length > 0 && (
        <div className={classes.moved}>{t("compare.moved", { nodes: diff.moved.map((change) => change.node).join(", ") })}</div>
      )}
    </section>
  );
}

const signs = { "+": "+", "-": "−", "~": "~" };

function ChangeLine({ change, card, text, onPick }: { change: FlowChange; card: string | null; text: string; onPick(node: string): void }) {
  return (
    <UnstyledButton className={classes.change} data-mark={change.mark} data-kind={change.kind} disabled={card === null} onClick={() => card && onPick(card)}>
      <span className={classes.sign} aria-hidden>
        {signs[change.mark]}
      </span>
      <span>{text}</span>
    </UnstyledButton>
  );
}

/** The document of a side: the current draft, or a published version from the server. */
function useSide(id: string, side: Side, draft: Flow): { flow: Flow | null; error: unknown } {
  const loaded = useLoad<{ side: Side; flow: Flow | null }>(async () => ({ side, flow: side === "draft" ? null : await api.version(id, side) }), [id, side]);
  if (side === "draft") return { flow: draft, error: null };
  return { flow: loaded.data?.side === side ? loaded.data.flow : null, error: loaded.error };
}
