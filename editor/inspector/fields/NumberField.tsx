import { NumberInput } from "@mantine/core";
import { useWords } from "../../i18n/index.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import { useIssue } from "../use-issue.ts";

export function NumberField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { say, t } = useWords();
  const error = useIssue(node, pathText(path));
  const unit = field.unit ? t(`unit.${field.unit}`) : "";
  return (
    <NumberInput
      label={say(field.title)}
      description={compact ? undefined : say(field.help)}
      value={typeof value === "number" ? value : ""}
      error={error}
      maw={compact ? 120 : 200}
      {...(field.min === undefined ? {} : { min: field.min })}
      {...(field.max === undefined || field.max > 1e12 ? {} : { max: field.max })}
      clampBehavior="blur"
      suffix={unit ? ` ${unit}` : ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}
