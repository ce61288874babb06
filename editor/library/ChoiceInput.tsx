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
  /** What counts when nothing is chosen. */
  initial?: Value | undefined;
  onChange(value: Value | undefined): void;
};

/** A setting with a list of choices. A value that is not on the list is shown as it is, so that nothing is lost unseen. */
export function ChoiceInput({ label, description, required, options, value, initial, onChange }: Props) {
  const { say } = useWords();
  const chosen = value ?? initial;
  const known = options.map((option) => ({ value: String(option.value), label: say(option.title, String(option.value)) }));
  const stray = chosen === undefined || chosen === null || known.some((option) => option.value === String(chosen));
  return (
    <Select
      label={label}
      description={description}
      required={required === true}
      data={stray ? known : [...known, { value: String(chosen), label: String(chosen) }]}
      value={chosen === undefined || chosen === null ? null : String(chosen)}
      allowDeselect={false}
      onChange={(next) => onChange(options.find((option) => String(option.value) === next)?.value)}
    />
  );
}
