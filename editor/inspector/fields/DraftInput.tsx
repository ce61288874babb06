import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

type Props = {
  label?: string;
  /** For screen readers, where no label is shown. */
  name?: string;
  value: string;
  onCommit(value: string): void;
  check?(draft: string): string | null;
  error?: string | null | undefined;
  description?: string | undefined;
  mono?: boolean;
  width?: number;
  placeholder?: string;
  autoFocus?: boolean;
};

/** A text that takes effect on Enter or on leaving, when it is sound; Esc brings the old one back. */
export function DraftInput({ label, name, value, onCommit, check = () => null, error, description, mono, width, placeholder, autoFocus }: Props) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const problem = draft === value ? null : check(draft);
  const commit = () => {
    if (draft !== value && !problem) onCommit(draft);
  };
  return (
    <TextInput
      {...(label ? { label } : { "aria-label": name })}
      description={description}
      value={draft}
      error={problem ?? error}
      {...(placeholder ? { placeholder } : {})}
      {...(width ? { w: width } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      styles={mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : {}}
      spellCheck={!mono}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape" && draft !== value) {
          event.stopPropagation();
          setDraft(value);
        }
      }}
    />
  );
}
