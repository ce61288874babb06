import { NumberInput } from "@mantine/core";
import { useWords } from "../../i18n/index.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { IconCode, IconDialpad } from "../../ui/icons.ts";
import { pathText, type FieldProps } from "../field-view.ts";
import classes from "../inspector.module.css";
import { useIssue } from "../use-issue.ts";
import { ExpressionField } from "./ExpressionField.tsx";

/** A number; a tunable one can be an expression, for example from an input. */
export function NumberField(props: FieldProps) {
  const { field, value, onChange } = props;
  const { t } = useWords();
  if (!field.tunable) return <PlainNumber {...props} />;
  const written = typeof value === "string";
  return (
    <div className={classes.tunable}>
      {written ? <ExpressionField {...props} field={{ ...field, kind: "expression", type: "double", required: true }} /> : <PlainNumber {...props} />}
      <IconButton
        size={24}
        label={t(written ? "inspector.asNumber" : "inspector.asExpression")}
        pressed={written}
        onClick={() => onChange(written ? field.default : "inputs.")}
      >
        {written ? <IconDialpad size={14} /> : <IconCode size={14} />}
      </IconButton>
    </div>
  );
}

function PlainNumber({ field, value, onChange, node, path, compact }: FieldProps) {
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
