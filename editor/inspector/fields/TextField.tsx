import { TextInput, Textarea } from "@mantine/core";
import { idPattern } from "../../../flows/schema/ids.ts";
import { labelText, type Label } from "../../../flows/schema/values.ts";
import { useWords } from "../../i18n/index.ts";
import { ownText, withOwn } from "../../ui/own-text.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";
import { DraftInput } from "./DraftInput.tsx";

/** Names of exits (an answer, a case) take effect when they are complete, so that edges follow them. */
const namesExit = (props: FieldProps): boolean =>
  props.field.required && props.field.default === undefined && (props.field.name === "exit" || props.field.name === "value");

export function TextField(props: FieldProps) {
  const { say, t, language } = useWords();
  const { field, value, onChange, node, path } = props;
  const error = useIssue(node, pathText(path));
  const label = value as Label | undefined;
  const text = ownText(label, language);
  const changed = (next: string) => onChange(field.localized ? withOwn(label, language, next) : next);
  if (namesExit(props))
    return (
      <DraftInput
        label={say(field.title)}
        value={text}
        onCommit={onChange}
        check={(draft) => (idPattern.test(draft) ? null : t("inspector.badId"))}
        error={error}
      />
    );
  const shared = {
    label: say(field.title),
    description: props.compact ? undefined : say(field.help),
    value: text,
    placeholder: text ? undefined : labelText(label, language),
    error,
    onChange: (event: { currentTarget: { value: string } }) => changed(event.currentTarget.value),
  };
  return field.multiline ? <Textarea {...shared} autosize minRows={2} maxRows={10} /> : <TextInput {...shared} />;
}
