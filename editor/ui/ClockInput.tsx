import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

/** "9" → "09:00", "930" → "09:30", "18.15" → "18:15"; null when it is no time of day. */
export function readClock(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? "0")];
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

type Props = { value: string; onChange(value: string): void; label?: string; ariaLabel?: string; required?: boolean };

/** A 24-hour time input, whatever the browser locale. */
export function ClockInput({ value, onChange, label, ariaLabel, required }: Props) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const read = readClock(draft);
  return (
    <TextInput
      w={64}
      inputMode="numeric"
      placeholder="09:00"
      value={draft}
      error={read === null}
      {...(label ? { label } : {})}
      {...(ariaLabel ? { "aria-label": ariaLabel } : {})}
      {...(required ? { required } : {})}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        if (/^\d\d:\d\d$/.test(event.currentTarget.value) && readClock(event.currentTarget.value)) onChange(event.currentTarget.value);
      }}
      onBlur={() => (read ? (setDraft(read), onChange(read)) : setDraft(value))}
    />
  );
}
