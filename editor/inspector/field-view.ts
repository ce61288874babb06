import type { FormField } from "../../flows/schema/fields.ts";
import type { ConfigPath } from "../document/edits/set-config.ts";

/** Props of every field component: its description, its value and a change handler. */
export type FieldProps = {
  field: FormField;
  value: unknown;
  onChange(value: unknown): void;
  node: string;
  path: ConfigPath;
  /** Inside a list item: smaller, labels as placeholders where that is clear. */
  compact?: boolean;
};

export const pathText = (path: ConfigPath): string => `config.${path.join(".")}`;
