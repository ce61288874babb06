import { Autocomplete } from "@mantine/core";
import { useContext, useEffect, useState } from "react";
import { idPattern } from "../../../flows/schema/ids.ts";
import { addPart } from "../../document/edits/parts.ts";
import { setOutcomes } from "../../document/edits/set-outcomes.ts";
import { SurroundingsContext } from "../../document/surroundings-context.ts";
import { useFlow, useFlowStore } from "../../document/use-flow.ts";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { useNodeEdit } from "../use-node-edit.ts";

/** A symbol of the environment: a list, a calendar, a trunk, a flow; or an outcome of this flow, declared when typed. */
export function SymbolField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, t } = useWords();
  const store = useFlowStore();
  const edit = useNodeEdit(node);
  const around = useContext(SurroundingsContext);
  const outcomes = useFlow((state) => state.flow.outcomes);
  const parts = useFlow((state) => state.whole.parts);
  const error = useIssue(node, pathText(path));
  const text = typeof value === "string" ? value : "";
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  const known: Record<string, string[]> = {
    list: around.lists ?? [],
    calendar: around.calendars ?? [],
    trunk: around.trunks ?? [],
    flow: (around.flows ?? []).map((flow) => flow.id),
    part: Object.keys(parts),
    table: around.tables ?? [],
    switch: around.switches ?? [],
    connector: around.connectors ?? [],
    outcome: outcomes,
    service: [],
  };
  const problem = draft !== "" && !idPattern.test(draft) ? t("inspector.badId") : null;
  const commit = (next: string) => {
    if (next === text || (next !== "" && !idPattern.test(next))) return;
    const { flow } = store.get();
    const declare = field.symbol === "outcome" && next !== "" && !flow.outcomes.includes(next) ? [setOutcomes([...flow.outcomes, next])] : [];
    // A part that is named for the first time is made: its canvas opens from the button below.
    if (field.symbol === "part" && next !== "" && !(next in parts)) store.edit(addPart(next));
    if (declare.length > 0) edit.set(path, next, declare);
    else onChange(next || undefined);
  };
  return (
    <Autocomplete
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      limit={100}
      data={known[field.symbol ?? ""] ?? []}
      value={draft}
      error={problem ?? error}
      size="xs"
      filter={({ options }) => options}
      onChange={setDraft}
      onOptionSubmit={commit}
      onBlur={() => commit(draft)}
      onKeyDown={(event) => event.key === "Enter" && commit(draft)}
    />
  );
}
