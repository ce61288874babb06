import { Select } from "@mantine/core";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";

type Props = {
  label: string;
  description?: string | undefined;
  required?: boolean;
  options: NonNullable<FlowVariable["options"]>;
  value: Value | undefined;
  onChange(value: Value): void;
};

const none = "";

/** An input with a list of choices, including "none" unless it is required. A value that is not in the list is shown unchanged. */
export function ChoiceInput({ label, description, required, options, value, onChange }: Props) {
  const { say, t } = useWords();
  const empty = value === undefined || value === null || value === "";
  const known = options.map((option) => ({ value: String(option.value), label: say(option.title, String(option.value)) }));
  const stray = !empty && !known.some((option) => option.value === String(value));
  const data = [
    ...(required ? [] : [{ value: none, label: t("library.none") }]),
    ...known.filter((option) => option.value !== none),
    ...(stray ? [{ value: String(value), label: String(value) }] : []),
  ];
  const numeric = options.every((option) => typeof option.value === "number");
  return (
    <Select
      label={label}
      description={description}
      required={required === true}
      data={data}
      value={empty ? (required ? null : none) : String(value)}
      allowDeselect={false}
      onChange={(next) => onChange(options.find((option) => String(option.value) === next)?.value ?? (numeric ? null : none))}
    />
  );
}
