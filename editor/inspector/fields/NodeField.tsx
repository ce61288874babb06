import { Select } from "@mantine/core";
import { titleOf } from "../../document/node-facts.ts";
import { useFlow } from "../../document/use-flow.ts";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";

/** A node of the same graph, by its title. */
export function NodeField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, language } = useWords();
  const flow = useFlow((state) => state.flow);
  const error = useIssue(node, pathText(path));
  const data = Object.keys(flow.nodes)
    .filter((id) => id !== node)
    .map((id) => ({ value: id, label: `${titleOf(flow, id, language)} · ${id}` }));
  return (
    <Select
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      data={data}
      value={typeof value === "string" ? value : null}
      searchable
      size="xs"
      error={error}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
