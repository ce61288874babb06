import { NumberInput, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import { readValue } from "../inspector/read-value.ts";
import { ChoiceInput } from "./ChoiceInput.tsx";

type Props = { name: string; variable: FlowVariable; value: Value | undefined; onChange(value: Value | undefined): void };

/** One input of a flow as a form field, by its type. */
export function InputField({ name, variable, value, onChange }: Props) {
  const { say } = useWords();
  const shared = {
    label: say(variable.title, name),
    description: say(variable.help) || undefined,
    required: variable.required === true && variable.default === undefined,
  };
  const hint = variable.default === undefined ? "" : show(variable.default);
  if (variable.options && variable.options.length > 0)
    return <ChoiceInput {...shared} options={variable.options} value={value} initial={variable.default} onChange={onChange} />;
  if (variable.type === "boolean")
    return (
      <Switch
        label={shared.label}
        description={shared.description}
        checked={(value ?? variable.default) === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (variable.type === "number" || variable.type === "money")
    return (
      <NumberInput
        {...shared}
        placeholder={hint}
        {...(variable.min === undefined ? {} : { min: variable.min })}
        {...(variable.max === undefined ? {} : { max: variable.max })}
        clampBehavior="blur"
        value={typeof value === "number" ? value : ""}
        onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
      />
    );
  if (variable.type === "list")
    return <TagsInput {...shared} value={Array.isArray(value) ? value.map(show) : []} placeholder={hint} onChange={(items) => onChange(items)} />;
  if (variable.type === "map")
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        placeholder={hint}
        defaultValue={value === undefined ? "" : JSON.stringify(value)}
        onBlur={(event) => onChange(event.currentTarget.value ? readValue("map", event.currentTarget.value) : undefined)}
      />
    );
  const kind = { date: "date", time: "time", datetime: "datetime-local", phone: "tel", string: "text" }[variable.type];
  const text = value === undefined || value === null ? "" : show(value);
  return (
    <TextInput
      {...shared}
      {...(kind ? { type: kind } : {})}
      placeholder={hint}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
