import { Textarea } from "@mantine/core";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { FieldFrame } from "./FieldFrame.tsx";
import { InsertName } from "./InsertName.tsx";

/** Text with {{ expressions }}. */
export function TemplateField({ field, value, onChange, node, path, compact }: FieldProps) {
  const error = useIssue(node, pathText(path));
  const text = typeof value === "string" ? value : "";
  return (
    <FieldFrame field={field} error={error} {...(compact ? { compact } : {})} right={<InsertName onPick={(name) => onChange(`${text}{{ ${name} }}`)} />}>
      {(id) => (
        <Textarea
          id={id}
          value={text}
          autosize
          minRows={field.multiline ? 3 : 1}
          maxRows={10}
          error={Boolean(error)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  );
}
