import { namePattern } from "../../../flows/schema/ids.ts";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { DraftInput } from "./DraftInput.tsx";

/** A name of a variable, usable in expressions as `vars.<name>`. */
export function NameField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, t } = useWords();
  const error = useIssue(node, pathText(path));
  const check = (draft: string) => (namePattern.test(draft) || (draft === "" && !field.required) ? null : t("inspector.badName"));
  return (
    <DraftInput
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      value={typeof value === "string" ? value : ""}
      onCommit={(draft) => onChange(draft || undefined)}
      check={check}
      error={error}
      mono
    />
  );
}
