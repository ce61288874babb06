import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { DraftInput } from "./DraftInput.tsx";

export function DigitsField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, t } = useWords();
  const needed = field.default === undefined && field.required;
  const check = (draft: string) => (/^[0-9*#]{0,4}$/.test(draft) && !(needed && draft === "") ? null : t("inspector.badDigits"));
  const error = useIssue(node, pathText(path));
  return (
    <DraftInput
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      value={typeof value === "string" ? value : ""}
      onCommit={onChange}
      check={check}
      error={error}
      mono
      {...(compact ? { width: 76 } : {})}
    />
  );
}
