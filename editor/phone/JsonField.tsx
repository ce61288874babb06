import { Textarea, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import classes from "./phone.module.css";

type Props = {
  label: string;
  help?: string;
  value: Value;
  /** Where a value does not fit, "" for the whole of it; null when it does. */
  problem(value: Value): string | null;
  onChange(value: Value): void;
  /** Given when the value differs from what the installation has. */
  onReset?: (() => void) | undefined;
};

/** A value as JSON. While the text is invalid, it shows the place and keeps the previous value. */
export function JsonField({ label, help, value, problem, onChange, onReset }: Props) {
  const { t } = useWords();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const read = (next: string) => {
    setText(next);
    const parsed = parsedOf(next);
    if ("broken" in parsed) return setError(t("phone.json.broken", { what: parsed.broken }));
    const place = problem(parsed.value);
    if (place !== null) return setError(place === "" ? t("phone.json.wrong") : t("phone.json.wrongAt", { place }));
    setError(null);
    onChange(parsed.value);
  };
  const reset = () => {
    setText(null);
    setError(null);
    onReset?.();
  };
  return (
    <div>
      <Textarea
        label={label}
        description={help}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.json! }}
        value={text ?? JSON.stringify(value, null, 1)}
        error={error}
        onChange={(event) => read(event.currentTarget.value)}
        onBlur={() => error === null && setText(null)}
      />
      {(onReset || error !== null) && (
        <UnstyledButton className={classes.reset} onClick={reset}>
          {t(onReset ? "phone.data.asStored" : "phone.json.undo")}
        </UnstyledButton>
      )}
    </div>
  );
}

function parsedOf(text: string): { value: Value } | { broken: string } {
  try {
    return { value: JSON.parse(text) as Value };
  } catch (error) {
    return { broken: error instanceof Error ? placeIn(error.message, text) : "" };
  }
}

/** Browsers tell the place as "position 12" or "line 2 column 5"; people want the line. */
function placeIn(message: string, text: string): string {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line) return line;
  const position = /position (\d+)/.exec(message)?.[1];
  return String(text.slice(0, position ? Number(position) : text.length).split("\n").length);
}
