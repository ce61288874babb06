import { Textarea } from "@mantine/core";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { FieldFrame } from "./FieldFrame.tsx";
import { InsertName } from "./InsertName.tsx";

export function ExpressionField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { t } = useWords();
  const error = useIssue(node, pathText(path));
  const text = typeof value === "string" ? value : "";
  const send = (next: string) => onChange(next === "" && !field.required ? undefined : next);
  return (
    <FieldFrame field={field} error={error} {...(compact ? { compact } : {})} right={<InsertName onPick={(name) => send(text ? `${text} ${name}` : name)} />}>
      {(id) => (
        <Textarea
          id={id}
          value={text}
          autosize
          minRows={1}
          maxRows={8}
          spellCheck={false}
          error={Boolean(error)}
          placeholder={field.type === "bool" ? t("inspector.boolExample") : ""}
          onChange={(event) => send(event.currentTarget.value)}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
        />
      )}
    </FieldFrame>
  );
}
