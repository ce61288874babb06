import { MultiSelect, Select } from "@mantine/core";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";

export function ChoiceField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, t } = useWords();
  const error = useIssue(node, pathText(path));
  const data = (field.options ?? []).map((option) => {
    const type = option.title.ru === option.value ? t(`type.${option.value}`) : "";
    return { value: option.value, label: type && !type.startsWith("type.") ? type : say(option.title) };
  });
  if (field.many) {
    const chosen = Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
    return (
      <MultiSelect label={say(field.title)} description={compact ? undefined : say(field.help)} data={data} value={chosen} error={error} onChange={onChange} />
    );
  }
  return (
    <Select
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      data={data}
      value={typeof value === "string" ? value : null}
      allowDeselect={false}
      error={error}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
