import { Switch } from "@mantine/core";
import { useWords } from "../../i18n/index.ts";
import type { FieldProps } from "../field-view.ts";

export function FlagField({ field, value, onChange, compact }: FieldProps) {
  const { say } = useWords();
  return (
    <Switch
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
