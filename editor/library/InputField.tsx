import { NumberInput, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import { readValue } from "../inspector/read-value.ts";
import { ChoiceInput } from "./ChoiceInput.tsx";

type Props = { name: string; variable: FlowVariable; value: Value | undefined; onChange(value: Value): void };

/**
 * One input of a flow as a form field, by its type. The default stands in the field as its value; a field that is emptied
 * is empty: "", null or an empty list, never the default.
 */
export function InputField({ name, variable, value, onChange }: Props) {
  const { say } = useWords();
  const chosen = value === undefined ? variable.default : value;
  const shared = { label: say(variable.title, name), description: say(variable.help) || undefined, required: variable.required === true };
  if (variable.options && variable.options.length > 0) return <ChoiceInput {...shared} options={variable.options} value={chosen} onChange={onChange} />;
  if (variable.type === "boolean")
    return (
      <Switch label={shared.label} description={shared.description} checked={chosen === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  if (variable.type === "number" || variable.type === "money")
    return (
      <NumberInput
        {...shared}
        {...(variable.min === undefined ? {} : { min: variable.min })}
        {...(variable.max === undefined ? {} : { max: variable.max })}
        clampBehavior="blur"
        value={typeof chosen === "number" ? chosen : ""}
        onChange={(next) => onChange(typeof next === "number" ? next : null)}
      />
    );
  if (variable.type === "list") return <TagsInput {...shared} value={Array.isArray(chosen) ? chosen.map(show) : []} onChange={(items) => onChange(items)} />;
  if (variable.type === "map")
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        defaultValue={chosen === undefined || chosen === null ? "" : JSON.stringify(chosen)}
        onBlur={(event) => onChange(event.currentTarget.value.trim() === "" ? null : readValue("map", event.currentTarget.value))}
      />
    );
  const kind = { date: "date", time: "time", datetime: "datetime-local", phone: "tel", string: "text" }[variable.type];
  return (
    <TextInput
      {...shared}
      {...(kind ? { type: kind } : {})}
      value={chosen === undefined || chosen === null ? "" : show(chosen)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
